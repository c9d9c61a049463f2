package io.github.facelock.core.liveness;

import io.github.facelock.api.face.IlluminationColour;
import io.github.facelock.api.face.LivenessChallenge;
import java.util.List;

/**
 * How well the skin's colour follows the colours that the server drew. Of each frame the share of
 * each channel in red + green + blue is taken, which a change of brightness leaves as it is; its
 * course is correlated (Pearson) with the course of the colours, over all three channels, at the
 * best delay of display and camera up to {@value #MAX_DELAY_MS} ms. The slow drift of light and
 * white balance is taken out by a straight line.
 *
 * <p>Skin in front of a real screen follows with .8 and more, if the screen adds a few per cent of
 * the light. A recording that was made under other colours, or under none, reaches what chance
 * gives. A printed photograph reflects as skin does: against it stands the head's depth.
 */
final class ColourResponse {

  static final long MAX_DELAY_MS = 400;

  private static final long DELAY_STEP_MS = 40;
  private static final int LEAST_FRAMES = 8;

  private ColourResponse() {}

  /**
   * Correlates.
   *
   * @return −1 to 1; 0 if there are too few frames or nothing changes
   */
  static double correlation(List<FrameSignals> frames, LivenessChallenge challenge) {
    long end = challenge.colourTime().toMillis() * challenge.colours().size();
    double best = 0;
    for (long delay = 0; delay <= MAX_DELAY_MS; delay += DELAY_STEP_MS) {
      long late = delay;
      List<FrameSignals> lit =
          frames.stream().filter(f -> f.ms() >= late && f.ms() < end + late).toList();
      if (lit.size() >= LEAST_FRAMES) {
        best = Math.max(best, correlation(lit, challenge, delay));
      }
    }
    return best;
  }

  private static double correlation(
      List<FrameSignals> lit, LivenessChallenge challenge, long delay) {
    double products = 0;
    double squaresSeen = 0;
    double squaresShown = 0;
    for (int channel = 0; channel < 3; channel++) {
      double[] seen = new double[lit.size()];
      double[] shown = new double[lit.size()];
      for (int i = 0; i < seen.length; i++) {
        seen[i] = share(lit.get(i), channel);
        shown[i] = shown(challenge, lit.get(i).ms() - delay, channel);
      }
      straighten(seen);
      straighten(shown);
      for (int i = 0; i < seen.length; i++) {
        products += seen[i] * shown[i];
        squaresSeen += seen[i] * seen[i];
        squaresShown += shown[i] * shown[i];
      }
    }
    return squaresSeen <= 0 || squaresShown <= 0
        ? 0
        : products / Math.sqrt(squaresSeen * squaresShown);
  }

  private static double share(FrameSignals frame, int channel) {
    double value = channel == 0 ? frame.red() : channel == 1 ? frame.green() : frame.blue();
    return value / Math.max(1, frame.red() + frame.green() + frame.blue());
  }

  private static double shown(LivenessChallenge challenge, long ms, int channel) {
    int index = (int) Math.min(ms / challenge.colourTime().toMillis(), Integer.MAX_VALUE);
    IlluminationColour colour =
        challenge.colours().get(Math.max(0, Math.min(challenge.colours().size() - 1, index)));
    return (colour.rgb() >> (16 - 8 * channel) & 0xff) / 255.0;
  }

  /** Takes out the mean and the straight line through the values. */
  private static void straighten(double[] values) {
    double mean = 0;
    double slope = 0;
    double squares = 0;
    double middle = (values.length - 1) / 2.0;
    for (int i = 0; i < values.length; i++) {
      mean += values[i] / values.length;
    }
    for (int i = 0; i < values.length; i++) {
      slope += (i - middle) * (values[i] - mean);
      squares += (i - middle) * (i - middle);
    }
    for (int i = 0; i < values.length; i++) {
      values[i] -= mean + slope / squares * (i - middle);
    }
  }
}
