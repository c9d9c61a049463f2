package io.github.facelock.test;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.AuditLog;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An audit trail that keeps its events in a list. Thread-safe.
 *
 * <pre>{@code
 * RecordingAuditLog audit = new RecordingAuditLog();
 * // ... a login ...
 * assertThat(audit.events(AuditEvent.Type.GRANTED)).hasSize(1);
 * }</pre>
 */
public final class RecordingAuditLog implements AuditLog {

  private final List<AuditEvent> events = new CopyOnWriteArrayList<>();
  private volatile boolean refusing;

  /** Makes an empty log that accepts. */
  public RecordingAuditLog() {}

  @Override
  public void append(AuditEvent event) {
    Objects.requireNonNull(event, "event");
    if (refusing) {
      throw new FaceLockException.Store(
          "The audit log refuses every event because the test asked for it; call accept()");
    }
    events.add(event);
  }

  /** Fails from now on, like a full disk. */
  public void refuse() {
    refusing = true;
  }

  /** Takes events again. */
  public void accept() {
    refusing = false;
  }

  /**
   * Shows what happened.
   *
   * @return a copy, in the order of writing
   */
  public List<AuditEvent> events() {
    return List.copyOf(events);
  }

  /**
   * Shows what happened of one type.
   *
   * @param type the type
   * @return a copy, in the order of writing
   */
  public List<AuditEvent> events(AuditEvent.Type type) {
    return events.stream().filter(event -> event.type() == type).toList();
  }
}
