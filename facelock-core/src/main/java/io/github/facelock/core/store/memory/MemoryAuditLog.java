package io.github.facelock.core.store.memory;

import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.AuditLog;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;

/**
 * The last events of the audit trail in memory; the oldest are dropped. Durable only as long as the
 * process, so it is for trying out and for tests. Thread-safe.
 */
public final class MemoryAuditLog implements AuditLog {

  /** Room for this many events. */
  public static final int DEFAULT_MAXIMUM = 10_000;

  private final ArrayDeque<AuditEvent> events = new ArrayDeque<>();
  private final int maximum;

  /** Makes a log with the default room. */
  public MemoryAuditLog() {
    this(DEFAULT_MAXIMUM);
  }

  /**
   * Makes a log.
   *
   * @param maximum the number of events that are kept, at least 1
   * @throws IllegalArgumentException if the number is smaller
   */
  public MemoryAuditLog(int maximum) {
    if (maximum < 1) {
      throw new IllegalArgumentException("An audit log needs room for one event");
    }
    this.maximum = maximum;
  }

  @Override
  public void append(AuditEvent event) {
    Objects.requireNonNull(event, "event");
    synchronized (events) {
      if (events.size() == maximum) {
        events.removeFirst();
      }
      events.addLast(event);
    }
  }

  /**
   * Shows what is kept.
   *
   * @return the events, oldest first; a copy
   */
  public List<AuditEvent> events() {
    synchronized (events) {
      return List.copyOf(events);
    }
  }
}
