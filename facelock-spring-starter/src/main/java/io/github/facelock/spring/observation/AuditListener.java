package io.github.facelock.spring.observation;

import io.github.facelock.spi.AuditEvent;

/**
 * Hears of every event of this node after it was written to the audit trail. Beans of this type are
 * called in the thread of the login: be quick, and throw nothing.
 */
@FunctionalInterface
public interface AuditListener {

  /**
   * Hears of an event.
   *
   * @param event what was written; it may name a person
   */
  void appended(AuditEvent event);
}
