package io.github.facelock.api.presence;

import io.github.facelock.api.SubjectId;

/**
 * Watches whether the person who logged in is still there: for kiosks, control rooms and doors.
 * Thread-safe.
 *
 * <p>A look tells the subject from others, not a person from a picture: liveness was proved at the
 * login. A sign of presence never logs anybody in.
 */
public interface Presence {

  /**
   * Begins to watch, right after a login.
   *
   * @param subject who was granted
   * @param rules how closely
   * @param listener is told when the session ends
   * @return the session, to be fed with frames
   * @throws IllegalStateException if no policy asks for a face, so that there is no face pipeline
   */
  PresenceSession watch(SubjectId subject, PresenceRules rules, PresenceListener listener);
}
