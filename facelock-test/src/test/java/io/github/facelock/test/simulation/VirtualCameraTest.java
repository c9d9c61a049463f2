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

import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.face.IlluminationColour;
import io.github.facelock.api.face.LivenessAction;
import io.github.facelock.api.face.LivenessChallenge;
import io.github.facelock.api.face.Picture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A dot on the nose shows where the head points. */
class VirtualCameraTest {

  private static final VirtualCamera CAMERA =
      VirtualCamera.of(Sketch.dottedAt(Sketch.NOSE_TIP))
          .moving(new Performance.Manner(30, 22, 1.65, 470, 1.2, 0.2))
          .filmedBy(SimulatedCamera.standard().raw());

  /** Pixels that unrest and noise may move the dot by. */
  private static final double UNREST = 4;

  @ParameterizedTest
  @EnumSource(LivenessAction.class)
  void everyActionBeginsAndEndsAtTheCentre(LivenessAction action) {
    double[] centre = dot(CAMERA.resting(0.1), 0);
    Capture clip = CAMERA.frames(action);
    int last = clip.frames().size() - 1;
    assertThat(distance(dot(clip, 0), centre)).isLessThan(UNREST);
    assertThat(distance(dot(clip, last), centre)).isLessThan(UNREST);
    assertThat(seconds(clip)).isBetween(0.7, 2.5);
  }

  @Test
  void headsGoWhereTheyAreTold() {
    double[] centre = dot(CAMERA.resting(0.1), 0);
    // Unmirrored: who turns to the left moves to the frame's right.
    assertThat(middle(TURN_LEFT)[0]).isGreaterThan(centre[0] + 15);
    assertThat(middle(TURN_RIGHT)[0]).isLessThan(centre[0] - 15);
    assertThat(middle(LOOK_UP)[1]).isLessThan(centre[1] - 8);
    assertThat(middle(LOOK_DOWN)[1]).isGreaterThan(centre[1] + 8);
    assertThat(distance(middle(HOLD_STILL), centre)).isLessThan(UNREST);
    assertThat(distance(middle(BLINK), centre)).isLessThan(UNREST);
    // The nose lies below the frame's middle, from where a nearer head grows.
    assertThat(middle(COME_CLOSER)[1]).isGreaterThan(centre[1] + 8);
  }

  @ParameterizedTest
  @EnumSource(
      value = LivenessAction.class,
      names = {"TURN_LEFT", "TURN_RIGHT", "LOOK_UP", "LOOK_DOWN", "COME_CLOSER"})
  void thePartsOfAnActionFitTogether(LivenessAction action) {
    Capture there = CAMERA.to(action);
    Capture stay = CAMERA.after(seconds(there)).at(action, 0.5);
    Capture back = CAMERA.after(seconds(there) + 0.5).back(action);
    List<Capture> all = List.of(there, stay, back, CAMERA.after(2).resting(0.3));
    List<double[]> way = new ArrayList<>();
    all.forEach(clip -> clip.frames().forEach(frame -> way.add(Sketch.dotIn(picture(frame)))));
    for (int i = 1; i < way.size(); i++) {
      assertThat(distance(way.get(i), way.get(i - 1))).as("frame %d", i).isLessThan(22);
    }
    assertThat(stay.frames()).hasSize(6);
    assertThat(distance(dot(stay, 3), middle(action))).isLessThan(UNREST);
  }

  @Test
  void eyesCloseInABlink() {
    Portrait eye = Sketch.dottedAt(Sketch.SIDE / 2.0 - 50, Sketch.SIDE * 0.4);
    VirtualCamera camera = VirtualCamera.of(eye).filmedBy(SimulatedCamera.standard().raw());
    assertThat(Sketch.dotIn(picture(camera.resting(0.1).frames().get(0)))).isNotNull();
    Picture closed = picture(camera.at(BLINK, 0.1).frames().get(0));
    Picture open = picture(camera.resting(0.1).frames().get(0));
    assertThat(blue(closed)).isLessThan(blue(open) - 20);
  }

  @Test
  void theDisplaysColourIsOnTheSkin() {
    VirtualCamera red = CAMERA.litBy(ScreenLight.of(IlluminationColour.RED));
    VirtualCamera green = CAMERA.litBy(ScreenLight.of(IlluminationColour.GREEN));
    assertThat(skin(red.frames(TURN_LEFT), 0) - skin(CAMERA.frames(TURN_LEFT), 0)).isGreaterThan(5);
    assertThat(skin(red.frames(TURN_LEFT), 1) - skin(CAMERA.frames(TURN_LEFT), 1))
        .isCloseTo(0, within(1.0));
    assertThat(skin(green.resting(0.1), 1) - skin(red.resting(0.1), 1)).isGreaterThan(5);
  }

  @Test
  void anAnswerHasTheChallengesActionsAndColours() {
    LivenessChallenge challenge =
        new LivenessChallenge(
            "n",
            List.of(TURN_RIGHT, LOOK_UP),
            List.of(IlluminationColour.BLUE, IlluminationColour.RED),
            Duration.ofMillis(500),
            Duration.ofSeconds(30));
    Capture clip = CAMERA.answer(challenge);
    assertThat(seconds(clip)).isBetween(3.0, 7.0);
    assertThat(skin(clip, 2, 2) - skin(clip, 2, 8)).isGreaterThan(5);
    assertThat(skin(clip, 0, 8) - skin(clip, 0, 2)).isGreaterThan(5);
    double leftmost =
        clip.frames().stream().mapToDouble(f -> Sketch.dotIn(picture(f))[0]).min().orElseThrow();
    assertThat(leftmost).isCloseTo(middle(TURN_RIGHT)[0], within(3.0));
    assertThat(CAMERA.clip(challenge.actions()).frames()).hasSameSizeAs(clip.frames());
  }

  @Test
  void nothingIsPlayedTwice() {
    Set<Integer> seen = new HashSet<>();
    int frames = 0;
    for (int i = 0; i < 5; i++) {
      for (CapturedFrame frame : CAMERA.after(i).resting(1).frames()) {
        seen.add(picture(frame).pixels().hashCode());
        frames++;
      }
    }
    assertThat(seen).hasSize(frames);
    assertThat(CAMERA.resting(0.2).frames().get(1).picture().orElseThrow().pixels())
        .isEqualTo(CAMERA.resting(0.2).frames().get(1).picture().orElseThrow().pixels());
  }

  @Test
  void timeDoesNotRunBackwards() {
    assertThatIllegalArgumentException().isThrownBy(() -> CAMERA.after(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> CAMERA.after(Double.NaN));
  }

  private static double[] middle(LivenessAction action) {
    Capture clip = CAMERA.frames(action);
    // Where the head stays: after the way there, which is a little longer than the way back.
    return dot(clip, (int) Math.round(0.43 * clip.frames().size()));
  }

  private static double[] dot(Capture clip, int frame) {
    return Sketch.dotIn(picture(clip.frames().get(frame)));
  }

  private static Picture picture(CapturedFrame frame) {
    return frame.picture().orElseThrow();
  }

  private static double distance(double[] a, double[] b) {
    return Math.hypot(a[0] - b[0], a[1] - b[1]);
  }

  private static double seconds(Capture clip) {
    return clip.frames().size() / 12.0;
  }

  private static double skin(Capture clip, int channel) {
    return skin(clip, channel, 0);
  }

  private static double skin(Capture clip, int channel, int frame) {
    return Sketch.mean(picture(clip.frames().get(frame)), channel, 310, 180, 330, 200);
  }

  private static double blue(Picture picture) {
    double most = 0;
    for (int y = 200; y < 280; y++) {
      for (int x = 260; x < 340; x++) {
        int i = 3 * (y * picture.width() + x);
        int difference = (picture.pixels().get(i + 2) & 0xff) - (picture.pixels().get(i) & 0xff);
        most = Math.max(most, difference);
      }
    }
    return most;
  }
}
