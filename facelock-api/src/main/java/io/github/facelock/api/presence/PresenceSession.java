package io.github.facelock.api.presence;

import io.github.facelock.api.SubjectId;
import io.github.facelock.api.face.Capture;

/**
 * The presence of one person since a login. Thread-safe: frames may come from one thread and ticks
 * from another. Nothing is stored.
 */
public interface PresenceSession extends AutoCloseable {

  /**
   * Tells who must be there.
   *
   * @return the subject
   */
  SubjectId subject();

  /**
   * Tells whether the session goes on.
   *
   * @return {@code false} once it ended, for whatever reason
   */
  boolean isActive();

  /**
   * Shows what the camera sees now. Returns at once if it is not yet time for a look, or another
   * thread is looking.
   *
   * @param capture one frame or a few of one moment
   */
  void see(Capture capture);

  /**
   * Lets time pass when no frame comes: a camera that was covered or unplugged shows nobody. To be
   * called about once a second.
   */
  void tick();

  /** Ends the session. Ending it twice is harmless. */
  @Override
  void close();
}
