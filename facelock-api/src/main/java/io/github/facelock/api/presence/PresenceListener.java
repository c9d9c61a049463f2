package io.github.facelock.api.presence;

import io.github.facelock.api.SubjectId;

/** Is told when a session of presence ends: locks the screen, closes the door. */
@FunctionalInterface
public interface PresenceListener {

  /**
   * Called once for each session, from the thread that noticed, outside all locks.
   *
   * @param subject who was logged in
   * @param end why it ended
   */
  void ended(SubjectId subject, PresenceEnd end);
}
