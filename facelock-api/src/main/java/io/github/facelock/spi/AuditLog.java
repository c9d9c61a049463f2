package io.github.facelock.spi;

/**
 * Takes the audit trail. Thread-safe. An event is durable, as far as the log promises durability,
 * when {@code append} returns; a login is not granted if it cannot be written.
 */
@FunctionalInterface
public interface AuditLog {

  /**
   * Appends an event.
   *
   * @param event what happened
   * @throws io.github.facelock.api.FaceLockException.Store if it cannot be written
   */
  void append(AuditEvent event);
}
