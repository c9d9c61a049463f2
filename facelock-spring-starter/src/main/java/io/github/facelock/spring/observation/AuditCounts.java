package io.github.facelock.spring.observation;

import io.github.facelock.spi.AuditEvent;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts events by their type since the start of this node. Thread-safe. */
public final class AuditCounts implements AuditListener {

  private final Map<AuditEvent.Type, LongAdder> counts = new EnumMap<>(AuditEvent.Type.class);

  /** Begins with nothing. */
  public AuditCounts() {
    for (AuditEvent.Type type : AuditEvent.Type.values()) {
      counts.put(type, new LongAdder());
    }
  }

  @Override
  public void appended(AuditEvent event) {
    LongAdder count = counts.get(event.type());
    if (count != null) {
      count.increment();
    }
  }

  /**
   * Tells the counts.
   *
   * @return by type; types that did not happen are left out
   */
  public Map<AuditEvent.Type, Long> counts() {
    Map<AuditEvent.Type, Long> told = new EnumMap<>(AuditEvent.Type.class);
    counts.forEach(
        (type, count) -> {
          if (count.sum() > 0) {
            told.put(type, count.sum());
          }
        });
    return told;
  }
}
