package io.github.facelock.core.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.face.IlluminationColour;
import io.github.facelock.api.face.LivenessAction;
import io.github.facelock.api.face.LivenessChallenge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Skin follows the colours that the server drew, late and weakly; nothing else does. */
class ColourResponseTest {

  private static final int MS = 500;
  private static final int COLOURS = 8;
  private static final double LEAST = LivenessThresholds.ofDefaults().colours();

  private static LivenessChallenge challenge(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    IlluminationColour[] all = IlluminationColour.values();
    List<IlluminationColour> drawn = new ArrayList<>();
    while (drawn.size() < COLOURS) {
      IlluminationColour next = all[random.nextInt(all.length)];
      if (drawn.isEmpty() || drawn.get(drawn.size() - 1) != next) {
        drawn.add(next);
      }
    }
    return new LivenessChallenge(
        "n",
        List.of(LivenessAction.TURN_LEFT, LivenessAction.LOOK_UP),
        drawn,
        Duration.ofMillis(MS),
        Duration.ofSeconds(30));
  }

  /** Skin under a display that adds a share of the light, seen late, in a room that changes. */
  private static List<FrameSignals> skin(
      LivenessChallenge shown, double share, int late, double drift, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<FrameSignals> frames = new ArrayList<>();
    List<FrameSignals> base = Tracks.head(seed).hold(COLOURS * 5 + 4, 0, 0, 1).frames();
    for (FrameSignals f : base) {
      int index = (int) Math.min(COLOURS - 1, Math.max(0, f.ms() - late) / MS);
      int rgb = shown.colours().get(index).rgb();
      double[] skin = {150, 110, 90};
      for (int c = 0; c < 3; c++) {
        double display = (rgb >> (16 - 8 * c) & 0xff) / 255.0;
        skin[c] *= 1 + share * display + (c == 0 ? drift * f.ms() / 1000 : 0);
        skin[c] *= 1 + 0.002 * random.nextGaussian();
      }
      frames.add(
          new FrameSignals(
              f.ms(),
              f.shape(),
              f.yaw(),
              f.pitch(),
              f.boxHeight(),
              f.openness(),
              f.glare(),
              skin[0],
              skin[1],
              skin[2],
              f.likeness(),
              f.identity(),
              f.reference(),
              f.repeats()));
    }
    return frames;
  }

  @Test
  void skinFollowsAtAnyDelayThatCamerasAndDisplaysHave() {
    for (int late : new int[] {0, 90, 200, 380}) {
      for (int seed = 1; seed <= 20; seed++) {
        LivenessChallenge asked = challenge(seed);
        assertThat(ColourResponse.correlation(skin(asked, 0.05, late, 0, seed), asked))
            .as("%d ms late, %d", late, seed)
            .isGreaterThan(0.8);
      }
    }
  }

  @Test
  void theDriftOfARoomsLightIsNoColour() {
    LivenessChallenge asked = challenge(1);
    assertThat(ColourResponse.correlation(skin(asked, 0.05, 90, 0.01, 1), asked))
        .isGreaterThan(LEAST);
    assertThat(ColourResponse.correlation(skin(asked, 0, 90, 0.03, 1), asked)).isLessThan(LEAST);
  }

  @Test
  void whoWasFilmedUnderOtherColoursOrNoneRarelyFits() {
    int others = 0;
    int none = 0;
    int tries = 400;
    for (int i = 0; i < tries; i++) {
      LivenessChallenge asked = challenge(i);
      LivenessChallenge filmed = challenge(10_000 + i);
      others += ColourResponse.correlation(skin(filmed, 0.05, 90, 0, i), asked) >= LEAST ? 1 : 0;
      none += ColourResponse.correlation(skin(asked, 0, 90, 0, i), asked) >= LEAST ? 1 : 0;
    }
    System.out.printf("colours: %d of %d others fit, %d without%n", others, tries, none);
    // Sequences that agree for most of the time, at the best of eleven delays: measured 4.5 %.
    assertThat(others).isLessThanOrEqualTo(tries * 6 / 100);
    assertThat(none).isZero();
  }

  @Test
  void tooFewFramesOrNoChangeGiveNothing() {
    LivenessChallenge asked = challenge(1);
    List<FrameSignals> all = skin(asked, 0.05, 0, 0, 1);
    assertThat(ColourResponse.correlation(all.subList(0, 7), asked)).isZero();
    assertThat(ColourResponse.correlation(List.of(), asked)).isZero();
    List<FrameSignals> same = new ArrayList<>();
    Tracks.head(1).hold(40, 0, 0, 1).frames().forEach(same::add);
    assertThat(ColourResponse.correlation(same, asked)).isBetween(-1e-9, 1e-9);
  }
}
