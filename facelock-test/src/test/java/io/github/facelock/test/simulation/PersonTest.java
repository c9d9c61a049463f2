package io.github.facelock.test.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.facelock.api.face.HeadPose;
import io.github.facelock.api.face.Landmarks;
import io.github.facelock.api.face.Picture;
import java.util.List;
import org.junit.jupiter.api.Test;

class PersonTest {

  private static final SimulatedCamera CAMERA = SimulatedCamera.standard().noise(0).raw();

  @Test
  void aTurnToOnesOwnRightMovesTheNoseToTheFramesLeft() {
    assertThat(nose(20)[0]).isLessThan(nose(0)[0] - 15);
    assertThat(nose(-20)[0]).isGreaterThan(nose(0)[0] + 15);
  }

  @Test
  void lookingUpMovesTheNoseUp() {
    assertThat(dot(Sketch.NOSE_TIP, HeadPlace.frontal(500).withPitch(20))[1])
        .isLessThan(nose(0)[1] - 10);
  }

  @Test
  void aHeadHasDepthAndSoTheNoseRunsAheadOfTheEyes() {
    double noseMoves = nose(0)[0] - nose(20)[0];
    double eyeMoves = dot(39, yaw(0))[0] - dot(39, yaw(20))[0];
    assertThat(noseMoves).isGreaterThan(eyeMoves + 5);
  }

  @Test
  void aHeadThatComesCloserGrowsAndItsNoseGrowsMore() {
    double far = dot(Sketch.RIGHT_EAR + 3, HeadPlace.frontal(600))[0];
    double near = dot(Sketch.RIGHT_EAR + 3, HeadPlace.frontal(350))[0];
    assertThat(319.5 - near).isGreaterThan(1.3 * (319.5 - far));
    double mouthFar = dot(48, HeadPlace.frontal(600))[0];
    double mouthNear = dot(48, HeadPlace.frontal(350))[0];
    assertThat((319.5 - mouthNear) / (319.5 - mouthFar))
        .isGreaterThan((319.5 - near) / (319.5 - far));
  }

  @Test
  void theWallStays() {
    Portrait dotted = Sketch.blottedAt(90, 80);
    double[] before = Sketch.dotIn(CAMERA.take(Person.of(dotted, t -> yaw(0)), 0));
    double[] after = Sketch.dotIn(CAMERA.take(Person.of(dotted, t -> yaw(30)), 0));
    assertThat(after[0]).isCloseTo(before[0], within(4.0));
    assertThat(after[1]).isCloseTo(before[1], within(4.0));
  }

  @Test
  void closedLidsHideTheEyeAndNothingElse() {
    Portrait dotted = Sketch.dottedAt(250, 240);
    Picture open = CAMERA.take(Person.of(dotted, t -> yaw(0)), 0);
    Picture closed = CAMERA.take(Person.of(dotted, t -> yaw(0).withEyesClosed(1)), 0);
    double[] eye = Sketch.dotIn(open);
    int x = (int) eye[0];
    int y = (int) eye[1];
    assertThat(Sketch.mean(open, 2, x - 2, y - 2, x + 2, y + 2))
        .isGreaterThan(30 + Sketch.mean(closed, 2, x - 2, y - 2, x + 2, y + 2));
    assertThat(Sketch.mean(open, 0, 280, 300, 360, 360))
        .isEqualTo(Sketch.mean(closed, 0, 280, 300, 360, 360));
  }

  @Test
  void theSkinFollowsTheDisplayAndTheWallDoesNot() {
    Person person = Person.of(Sketch.dottedAt(10, 10), t -> yaw(0));
    Person lit = person.litBy(t -> new Tint(0, 1, 0));
    Picture before = CAMERA.take(person, 0);
    Picture after = CAMERA.take(lit, 0);
    assertThat(Sketch.mean(after, 1, 290, 260, 350, 300))
        .isGreaterThan(Sketch.mean(before, 1, 290, 260, 350, 300) + 5);
    assertThat(Sketch.mean(after, 0, 290, 260, 350, 300))
        .isCloseTo(Sketch.mean(before, 0, 290, 260, 350, 300), within(0.01));
    assertThat(Sketch.mean(after, 1, 5, 100, 30, 300))
        .isCloseTo(Sketch.mean(before, 1, 5, 100, 30, 300), within(0.01));
  }

  @Test
  void aLargerPhotographOfALeaningHeadGivesTheSamePortrait() {
    for (int point : new int[] {Sketch.NOSE_TIP, 8, 36, 54}) {
      double[] upright = dot(point, yaw(0));
      Portrait leaning = Sketch.leaning(point, 25, 1.7);
      double[] same = Sketch.dotIn(CAMERA.take(Person.of(leaning, t -> yaw(0)), 0));
      assertThat(same[0]).isCloseTo(upright[0], within(1.0));
      assertThat(same[1]).isCloseTo(upright[1], within(1.0));
    }
  }

  @Test
  void whatNoHeadCanBeIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> yaw(80));
    assertThatIllegalArgumentException().isThrownBy(() -> HeadPlace.frontal(50));
    assertThatIllegalArgumentException().isThrownBy(() -> yaw(0).withEyesClosed(1.5));
    assertThatIllegalArgumentException().isThrownBy(() -> yaw(Double.NaN));
    Picture tiny = Picture.builder(40, 40).build();
    HeadPose frontal = new HeadPose(0, 0, 0);
    Landmarks five = Landmarks.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    assertThatIllegalArgumentException().isThrownBy(() -> Portrait.ofFrontal(tiny, five));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Portrait.ofFrontal(tiny, Landmarks.of(new float[136])));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Portrait.of(tiny, p -> List.of(), (p, f) -> five, (p, f) -> frontal));
  }

  private static HeadPlace yaw(double degrees) {
    return HeadPlace.frontal(500).withYaw(degrees);
  }

  private static double[] nose(double degrees) {
    return dot(Sketch.NOSE_TIP, yaw(degrees));
  }

  private static double[] dot(int point, HeadPlace place) {
    return Sketch.dotIn(CAMERA.take(Person.of(Sketch.dottedAt(point), t -> place), 0));
  }
}
