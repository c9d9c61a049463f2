package io.github.facelock.api.face;

import java.util.Locale;
import java.util.Optional;

/**
 * What a person is asked to do in front of the camera. Left and right are the person's own,
 * whichever way the client mirrors its preview; frames are sent unmirrored. Between two actions the
 * person may, and after a turn should, look at the camera again.
 */
public enum LivenessAction {
  /** Look straight at the camera, without moving, for about a second. */
  HOLD_STILL,
  /** Turn the head to one's own left by about 30°: the nose points to the picture's right. */
  TURN_LEFT,
  /** Turn the head to one's own right by about 30°: the nose points to the picture's left. */
  TURN_RIGHT,
  /** Raise the chin by about 20°. */
  LOOK_UP,
  /** Lower the chin by about 20°. */
  LOOK_DOWN,
  /** Move the head towards the camera until the face is about a half larger. */
  COME_CLOSER,
  /** Close both eyes for about half a second. */
  BLINK;

  /**
   * The stable name that goes over the wire.
   *
   * @return lower case with hyphens, for example {@code turn-left}
   */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Finds an action.
   *
   * @param code what {@link #code()} gave
   * @return the action, if there is one of that name
   */
  public static Optional<LivenessAction> ofCode(String code) {
    for (LivenessAction action : values()) {
      if (action.code().equals(code)) {
        return Optional.of(action);
      }
    }
    return Optional.empty();
  }

  /**
   * Tells whether people do this only when they are asked. Only such actions make a challenge hard
   * to guess: everybody blinks and sits still unasked. A clip that shows one of them without being
   * asked for it is refused.
   *
   * @return whether the action counts for the order
   */
  public boolean deliberate() {
    return this != HOLD_STILL && this != BLINK;
  }
}
