package io.github.facelock.api.face;

import java.util.Locale;

/**
 * What a person can do so that the next capture can be judged. The names are stable: clients
 * translate them, {@link #code()} is what goes over the wire. One message is given at a time, the
 * most useful one.
 */
public enum Guidance {
  /** The picture cannot be read: not an image, damaged, or larger than the limits. */
  UNREADABLE_PICTURE,
  /** Too few pictures, or pictures that do not belong together. */
  UNUSABLE_CAPTURE,
  /** No face was found. */
  NO_FACE,
  /** More than one face was found. */
  SEVERAL_FACES,
  /** The face is too small: come closer. */
  TOO_FAR,
  /** The face is too large: move back. */
  TOO_CLOSE,
  /** The face is cut off or at the edge: move to the middle. */
  OFF_CENTRE,
  /** The head is turned to a side, up or down: look at the camera. */
  TURNED,
  /** The head leans to a side: hold it upright. */
  TILTED,
  /** Too little light. */
  TOO_DARK,
  /** Too much light. */
  TOO_BRIGHT,
  /** Light from one side only. */
  UNEVEN_LIGHT,
  /** Blurred: hold still, clean the lens. */
  BLURRED,
  /** The eyes cannot be seen. */
  EYES_HIDDEN,
  /** The mouth cannot be seen. */
  MOUTH_COVERED,
  /** The person must do what was asked for again. */
  REPEAT_CHALLENGE,
  /** The pictures do not all show the same person. */
  DIFFERENT_PEOPLE,
  /** Turn the head further to one's own left. */
  TURN_LEFT,
  /** Turn the head further to one's own right. */
  TURN_RIGHT,
  /** Raise the chin further. */
  LOOK_UP,
  /** Lower the chin further. */
  LOOK_DOWN,
  /** Move the head further towards the camera. */
  COME_CLOSER,
  /** Close both eyes for a moment. */
  BLINK,
  /** Look straight at the camera and do not move. */
  HOLD_STILL,
  /** Turned too far, or something else is asked now: look at the camera again. */
  BACK_TO_CENTRE,
  /** The movement was too fast to be seen. */
  MOVE_SLOWER,
  /** This action is done: go on with the next. */
  WELL_DONE,
  /** No challenge is left that this person can do: choose another factor. */
  CHOOSE_ANOTHER_FACTOR;

  /**
   * The stable code.
   *
   * @return lower case with hyphens, for example {@code too-dark}
   */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
