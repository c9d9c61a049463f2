package io.github.facelock.core.image;

import java.util.Objects;

/**
 * How a network wants its pixels: {@code (value − mean) · scale}, where a value runs from 0 to 255.
 * Immutable.
 */
public final class TensorFormat {

  /** Which channels there are, and their order. */
  public enum Colour {
    /** Red, green, blue. */
    RGB(3, 0),
    /** Blue, green, red. */
    BGR(3, 2),
    /** One channel of luma: .299 red + .587 green + .114 blue (ITU-R BT.601). */
    GREY(1, 0);

    private final int channels;
    private final int first;

    Colour(int channels, int first) {
      this.channels = channels;
      this.first = first;
    }

    /**
     * Tells the number of channels.
     *
     * @return 1 or 3
     */
    public int channels() {
      return channels;
    }

    /** Which byte of an RGB pixel the first channel takes; the second always takes byte 1. */
    int first() {
      return first;
    }

    /** Which byte of an RGB pixel the third channel takes. */
    int third() {
      return 2 - first;
    }
  }

  /** In which order the values of a tensor follow each other. */
  public enum Layout {
    /** All of one channel, then the next (NCHW). */
    PLANAR,
    /** All channels of one pixel, then the next pixel (NHWC). */
    INTERLEAVED
  }

  private final Colour colour;
  private final Layout layout;
  private final float[] mean;
  private final float[] scale;

  private TensorFormat(Colour colour, Layout layout, float[] mean, float[] scale) {
    this.colour = Objects.requireNonNull(colour, "colour");
    this.layout = Objects.requireNonNull(layout, "layout");
    this.mean = mean.clone();
    this.scale = scale.clone();
    if (mean.length != colour.channels() || scale.length != colour.channels()) {
      throw new IllegalArgumentException(
          "%s needs %d means and scales".formatted(colour, colour.channels()));
    }
  }

  /**
   * Makes a format with a mean and a scale for each channel.
   *
   * @param colour the channels
   * @param layout their order
   * @param mean one for each channel, in the order of the channels
   * @param scale one for each channel, in the order of the channels
   * @return the format
   * @throws IllegalArgumentException if the numbers do not fit
   */
  public static TensorFormat of(Colour colour, Layout layout, float[] mean, float[] scale) {
    return new TensorFormat(colour, layout, mean, scale);
  }

  /**
   * Makes a format with the same mean and scale for all channels.
   *
   * @param colour the channels
   * @param layout their order
   * @param mean of every channel
   * @param scale of every channel
   * @return the format
   */
  public static TensorFormat of(Colour colour, Layout layout, float mean, float scale) {
    float[] means = new float[colour.channels()];
    float[] scales = new float[colour.channels()];
    java.util.Arrays.fill(means, mean);
    java.util.Arrays.fill(scales, scale);
    return new TensorFormat(colour, layout, means, scales);
  }

  /**
   * Tells the channels.
   *
   * @return the channels and their order
   */
  public Colour colour() {
    return colour;
  }

  /**
   * Tells the order of the values.
   *
   * @return planar or interleaved
   */
  public Layout layout() {
    return layout;
  }

  float mean(int channel) {
    return mean[channel];
  }

  float scale(int channel) {
    return scale[channel];
  }
}
