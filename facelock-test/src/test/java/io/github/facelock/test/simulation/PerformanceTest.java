package io.github.facelock.test.simulation;

import static io.github.facelock.api.face.LivenessAction.BLINK;
import static io.github.facelock.api.face.LivenessAction.COME_CLOSER;
import static io.github.facelock.api.face.LivenessAction.HOLD_STILL;
import static io.github.facelock.api.face.LivenessAction.LOOK_DOWN;
import static io.github.facelock.api.face.LivenessAction.LOOK_UP;
import static io.github.facelock.api.face.LivenessAction.TURN_LEFT;
import static io.github.facelock.api.face.LivenessAction.TURN_RIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.facelock.api.face.IlluminationColour;
import io.github.facelock.api.face.LivenessChallenge;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PerformanceTest {

  private static final Performance.Manner CALM = new Performance.Manner(30, 20, 1.6, 500, 1, 0);
  private static final Handling.Grip GRIP = new Handling.Grip(50, 30, 10, 40, 1.6, 480, 1);

  @Test
  void theActionsComeInTheirOrder() {
    Performance two = Performance.of(List.of(TURN_LEFT, TURN_RIGHT), CALM, 1);
    double left = timeOf(two, p -> -p.yaw());
    double right = timeOf(two, HeadPlace::yaw);
    assertThat(left).isLessThan(right);
    assertThat(two.motion().at(left).yaw()).isCloseTo(-30, within(0.5));
    assertThat(two.motion().at(right).yaw()).isCloseTo(30, within(0.5));
  }

  @Test
  void eachActionIsWhatItIsCalled() {
    Performance up = Performance.of(List.of(LOOK_UP, COME_CLOSER), CALM, 1);
    assertThat(up.motion().at(timeOf(up, HeadPlace::pitch)).pitch()).isCloseTo(20, within(0.5));
    double nearest = up.motion().at(timeOf(up, p -> -p.distance())).distance();
    assertThat(nearest).isCloseTo(500 / 1.6, within(1.0));
    Performance down = Performance.of(List.of(LOOK_DOWN, BLINK), CALM, 1);
    assertThat(down.motion().at(timeOf(down, p -> -p.pitch())).pitch()).isCloseTo(-20, within(0.5));
    assertThat(down.motion().at(timeOf(down, HeadPlace::eyesClosed)).eyesClosed()).isEqualTo(1);
  }

  @Test
  void itBeginsAndEndsStraightAhead() {
    Performance answer = Performance.of(List.of(TURN_LEFT, HOLD_STILL, BLINK), CALM, 1);
    for (double time : new double[] {0, 0.5, answer.seconds() - 0.3, answer.seconds()}) {
      HeadPlace place = answer.motion().at(time);
      assertThat(place.yaw()).isZero();
      assertThat(place.pitch()).isZero();
      assertThat(place.distance()).isEqualTo(500);
    }
  }

  @Test
  void fourSlowActionsFitIntoTheLongestClip() {
    Performance.Manner slow = new Performance.Manner(30, 20, 1.6, 500, 0.8, 1);
    Performance answer =
        Performance.of(List.of(TURN_LEFT, LOOK_UP, COME_CLOSER, TURN_RIGHT), slow, 1);
    assertThat(answer.seconds())
        .isLessThan(LivenessChallenge.MAX_CLIP.toMillis() / 1000.0)
        .isGreaterThan(LivenessChallenge.MIN_CLIP.toMillis() / 1000.0);
  }

  @Test
  void aLivingHeadIsNeverStillAndNeverJumps() {
    SplittableRandom random = new SplittableRandom(3);
    Performance answer =
        Performance.of(List.of(HOLD_STILL, TURN_LEFT), Performance.Manner.usual(random), 9);
    HeadPlace last = answer.motion().at(0);
    for (double time = 0.05; time < answer.seconds(); time += 0.05) {
      HeadPlace place = answer.motion().at(time);
      assertThat(place).isNotEqualTo(last);
      assertThat(Math.abs(place.yaw() - last.yaw())).isLessThan(6);
      last = place;
    }
  }

  @Test
  void theHandSweepsThroughEveryAngle() {
    Handling handling = Handling.of(challenge(), GRIP, 1);
    double most = 0;
    double before = 0;
    for (double time = 0; time < handling.seconds(); time += 0.02) {
      SheetPlace place = handling.motion().at(time);
      most = Math.max(most, place.yaw());
      assertThat(Math.abs(place.yaw() - before)).isLessThan(5);
      before = place.yaw();
    }
    assertThat(most).isBetween(48.0, 52.0);
  }

  @Test
  void theDisplayShowsTheColoursInTheirTime() {
    ScreenLight light = ScreenLight.of(challenge());
    assertThat(light.at(0)).isEqualTo(new Tint(1, 0, 0));
    assertThat(light.at(0.499)).isEqualTo(new Tint(1, 0, 0));
    assertThat(light.at(0.5)).isEqualTo(new Tint(0, 0, 1));
    assertThat(light.at(1.1)).isEqualTo(Tint.WHITE);
    assertThat(ScreenLight.none().at(0)).isEqualTo(Tint.DARK);
  }

  @Test
  void whatNobodyDoesIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Performance.Manner(90, 20, 1.6, 500, 1, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Performance.Manner(30, 20, 1.6, 500, 1, Double.NaN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Handling.Grip(80, 30, 0, 0, 1.5, 480, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Tint(2, 0, 0));
  }

  private static LivenessChallenge challenge() {
    return new LivenessChallenge(
        "n",
        List.of(TURN_RIGHT, LOOK_UP),
        List.of(IlluminationColour.RED, IlluminationColour.BLUE),
        Duration.ofMillis(500),
        Duration.ofSeconds(30));
  }

  private static double timeOf(
      Performance answer, java.util.function.ToDoubleFunction<HeadPlace> greatest) {
    double best = 0;
    for (double time = 0; time < answer.seconds(); time += 0.02) {
      HeadPlace place = answer.motion().at(time);
      if (greatest.applyAsDouble(place) > greatest.applyAsDouble(answer.motion().at(best)) + 1e-9) {
        best = time;
      }
    }
    return best;
  }
}
