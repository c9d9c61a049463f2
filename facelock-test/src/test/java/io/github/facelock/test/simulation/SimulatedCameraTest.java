package io.github.facelock.test.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.face.Picture;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SimulatedCameraTest {

  private static final Scene TURNING =
      Person.of(Sketch.dottedAt(10, 10), t -> HeadPlace.frontal(500).withYaw(20 * t));

  @Test
  void theSameSeedGivesTheSameFrames() {
    SimulatedCamera camera = SimulatedCamera.standard().seed(5);
    Capture first = camera.film(TURNING, 0.5);
    Capture second = camera.film(TURNING, 0.5);
    for (int i = 0; i < first.frames().size(); i++) {
      assertThat(first.frames().get(i).encoded()).isEqualTo(second.frames().get(i).encoded());
    }
  }

  @Test
  void anotherSeedIsOtherNoise() {
    SimulatedCamera camera = SimulatedCamera.standard().raw();
    assertThat(pixels(camera.seed(1).take(TURNING, 0)))
        .isNotEqualTo(pixels(camera.seed(2).take(TURNING, 0)));
  }

  @Test
  void noTwoFramesOfAStillSceneAreAlikeUnlessTheCameraHasNoNoise() {
    Scene still = Person.of(Sketch.dottedAt(10, 10), t -> HeadPlace.frontal(500));
    Capture noisy = SimulatedCamera.standard().raw().film(still, 0.3);
    assertThat(pixels(noisy, 0)).isNotEqualTo(pixels(noisy, 1));
    Capture clean = SimulatedCamera.standard().noise(0).raw().film(still, 0.3);
    assertThat(pixels(clean, 0)).isEqualTo(pixels(clean, 1));
  }

  @Test
  void framesComeAtTheirRate() {
    Capture clip = SimulatedCamera.standard().framesPerSecond(8).raw().film(TURNING, 1);
    assertThat(clip.frames().stream().map(CapturedFrame::at))
        .hasSize(8)
        .startsWith(Duration.ZERO, Duration.ofMillis(125), Duration.ofMillis(250));
  }

  @Test
  void framesHaveTheSizeThatIsAskedFor() {
    CapturedFrame frame =
        SimulatedCamera.standard().size(320, 240).raw().film(TURNING, 0.1).frames().get(0);
    assertThat(frame.picture().orElseThrow().width()).isEqualTo(320);
    assertThat(frame.picture().orElseThrow().height()).isEqualTo(240);
  }

  @Test
  void jpegFilesBeginAsSuch() {
    byte[] encoded = SimulatedCamera.standard().film(TURNING, 0.1).frames().get(0).encoded();
    assertThat(encoded).startsWith(0xff, 0xd8, 0xff);
  }

  @Test
  void switchedScenesChangeAtTheirTime() {
    SimulatedCamera camera = SimulatedCamera.standard().noise(0).raw();
    Scene other = Person.of(Sketch.dottedAt(Sketch.NOSE_TIP), t -> HeadPlace.frontal(400));
    Scene cut = Scene.switched(t -> t < 0.5 ? TURNING : other);
    assertThat(pixels(camera.take(cut, 0.4))).isEqualTo(pixels(camera.take(TURNING, 0.4)));
    assertThat(pixels(camera.take(cut, 0.6))).isEqualTo(pixels(camera.take(other, 0.6)));
  }

  @Test
  void aLoopedSceneBeginsAgain() {
    SimulatedCamera camera = SimulatedCamera.standard().noise(0).raw();
    assertThat(pixels(camera.take(TURNING.looped(1), 1.25)))
        .isEqualTo(pixels(camera.take(TURNING, 0.25)));
    assertThat(pixels(camera.take(TURNING.from(0.5), 0.25)))
        .isEqualTo(pixels(camera.take(TURNING, 0.75)));
  }

  @Test
  void whatNoCameraCanDoIsRefused() {
    SimulatedCamera camera = SimulatedCamera.standard();
    assertThatIllegalArgumentException().isThrownBy(() -> camera.film(TURNING, 1000));
    assertThatIllegalArgumentException().isThrownBy(() -> camera.framesPerSecond(0));
    assertThatIllegalArgumentException().isThrownBy(() -> camera.size(10, 10));
    assertThatIllegalArgumentException().isThrownBy(() -> camera.noise(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> TURNING.looped(0));
  }

  private static byte[] pixels(Capture clip, int frame) {
    return pixels(clip.frames().get(frame).picture().orElseThrow());
  }

  private static byte[] pixels(Picture picture) {
    byte[] rgb = new byte[picture.pixels().remaining()];
    picture.pixels().get(rgb);
    return rgb;
  }
}
