package io.github.facelock.core.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.face.LivenessAction;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Height of the eyes over that of the open ones, and what the eye estimator says. */
class BlinksTest {

  private static final double OPEN_ASPECT = .29;

  /** What was seen of real people (first three) and of simulated ones. */
  static Stream<Arguments> closedEyes() {
    return Stream.of(
        Arguments.of(.82, .00),
        Arguments.of(.87, .12),
        Arguments.of(.55, .00),
        Arguments.of(.76, .24),
        Arguments.of(.77, .35));
  }

  @ParameterizedTest
  @MethodSource("closedEyes")
  void eyesThatBothSeeClosedAreABlink(double height, double openness) {
    assertThat(blinks(.97, List.of(height, height), openness)).isTrue();
    assertThat(blinks(.97, List.of(height), openness)).isTrue();
  }

  @Test
  void oneOfTheTwoIsNoBlinkWhereTheEstimatorKnowsThePerson() {
    // A turned head and a look down narrow the eyes to the landmarks alone.
    assertThat(blinks(.97, List.of(.70, .68, .64), .99)).isFalse();
    // Glasses that glare close them to the estimator alone.
    assertThat(blinks(.97, List.of(.97, 1.05), .01)).isFalse();
  }

  @Test
  void landmarksDecideAloneWhereTheEstimatorTakesOpenEyesForClosed() {
    assertThat(blinks(.02, List.of(.67, .69), .00)).isTrue();
    assertThat(blinks(.02, List.of(.89, .93), .00)).isFalse();
    assertThat(blinks(.02, List.of(.76), .00)).isFalse();
  }

  @Test
  void aClipDoesNotBeginOrEndWithABlink() {
    List<FrameSignals> frames = eyes(.97, List.of(.7, .7), .0);
    Baseline baseline = baseline(frames);
    int closed = frames.size() / 2 - 1;
    assertThat(Blinks.between(frames, baseline, closed, frames.size())).isFalse();
    assertThat(Blinks.between(frames, baseline, 0, closed + 2)).isFalse();
    assertThat(Blinks.between(frames, baseline, 0, frames.size())).isTrue();
    assertThat(Blinks.between(frames, baseline, 3, 3)).isFalse();
  }

  private static boolean blinks(double open, List<Double> heights, double openness) {
    List<FrameSignals> frames = eyes(open, heights, openness);
    return Blinks.between(frames, baseline(frames), 0, frames.size());
  }

  private static Baseline baseline(List<FrameSignals> frames) {
    return Baseline.of(frames).orElseThrow();
  }

  /** Ten frames with open eyes, some others, ten again. */
  private static List<FrameSignals> eyes(double open, List<Double> heights, double openness) {
    List<FrameSignals> still = Tracks.head(1).perform(List.of(LivenessAction.HOLD_STILL)).frames();
    List<FrameSignals> frames = new ArrayList<>();
    for (int i = 0; i < 20 + heights.size(); i++) {
      boolean other = i >= 10 && i < 10 + heights.size();
      double height = other ? heights.get(i - 10) : 1;
      frames.add(withEyes(still.get(0), i * 100L, height * OPEN_ASPECT, other ? openness : open));
    }
    return frames;
  }

  private static FrameSignals withEyes(FrameSignals f, long ms, double aspect, double openness) {
    FaceShape s = f.shape();
    FaceShape shape =
        new FaceShape(
            s.centreX(),
            s.centreY(),
            s.size(),
            s.roll(),
            s.noseLine(),
            s.noseAlong(),
            s.outlineLine(),
            s.breadth(),
            s.inner(),
            aspect);
    return new FrameSignals(
        ms,
        shape,
        f.yaw(),
        f.pitch(),
        f.boxHeight(),
        openness,
        f.glare(),
        f.red(),
        f.green(),
        f.blue(),
        f.likeness(),
        f.identity(),
        f.reference(),
        0);
  }
}
