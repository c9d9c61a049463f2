package io.github.facelock.api.face;

import java.util.Locale;

/** A colour that the whole screen shows for a moment, so that the skin in front of it follows. */
public enum IlluminationColour {
  /** #ff0000. */
  RED(0xff0000),
  /** #00ff00. */
  GREEN(0x00ff00),
  /** #0000ff. */
  BLUE(0x0000ff);

  private final int rgb;

  IlluminationColour(int rgb) {
    this.rgb = rgb;
  }

  /**
   * Tells the colour.
   *
   * @return 24 bits: red, green, blue (sRGB)
   */
  public int rgb() {
    return rgb;
  }

  /**
   * The stable name that goes over the wire.
   *
   * @return lower case, for example {@code red}
   */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
