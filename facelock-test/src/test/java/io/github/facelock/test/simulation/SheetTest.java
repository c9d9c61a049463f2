package io.github.facelock.test.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.facelock.api.face.Picture;
import org.junit.jupiter.api.Test;

class SheetTest {

  private static final SimulatedCamera CAMERA = SimulatedCamera.standard().noise(0).raw();
  private static final double FOCAL = 640 * SimulatedCamera.FOCAL_SHARE;

  /** The dot lies 63 mm to the right of the face's middle, at the height of the eyes. */
  private static final Portrait DOTTED = Sketch.dottedAt(400, 240);

  @Test
  void theDotOfATiltedPrintIsWhereClosedFormSays() {
    for (double tilt : new double[] {-60, -35, 0, 20, 45, 60}) {
      SheetPlace place = SheetPlace.facing(500).withYaw(tilt);
      double[] dot = Sketch.dotIn(CAMERA.take(Sheet.print(DOTTED, t -> place), 0));
      double a = Math.toRadians(tilt);
      double forward = 500 - 63 * Math.sin(a);
      assertThat(dot[0]).isCloseTo(319.5 + FOCAL * 63 * Math.cos(a) / forward, within(0.6));
      assertThat(dot[1]).isCloseTo(239.5 - FOCAL * 15 / forward, within(0.6));
    }
  }

  @Test
  void theDotOfABentPrintIsWhereClosedFormSays() {
    for (double radius : new double[] {70, 90, 150, 220}) {
      double[] dot =
          Sketch.dotIn(
              CAMERA.take(Sheet.print(DOTTED, t -> SheetPlace.facing(500)).bent(radius), 0));
      double forward = 500 + radius - radius * Math.cos(63 / radius);
      assertThat(dot[0])
          .isCloseTo(319.5 + FOCAL * radius * Math.sin(63 / radius) / forward, within(0.6));
      assertThat(dot[1]).isCloseTo(239.5 - FOCAL * 15 / forward, within(0.6));
    }
  }

  @Test
  void shiftsAndDistanceMoveThePrint() {
    Sheet sheet = Sheet.print(DOTTED, t -> new SheetPlace(0, 0, 0, -40, 25, 600));
    double[] dot = Sketch.dotIn(CAMERA.take(sheet, 0));
    assertThat(dot[0]).isCloseTo(319.5 + FOCAL * (63 - 40) / 600, within(0.6));
    assertThat(dot[1]).isCloseTo(239.5 + FOCAL * (25 - 15) / 600, within(0.6));
  }

  @Test
  void rollTurnsClockwise() {
    Sheet sheet = Sheet.print(DOTTED, t -> new SheetPlace(0, 0, 90, 0, 0, 500));
    double[] dot = Sketch.dotIn(CAMERA.take(sheet, 0));
    assertThat(dot[0]).isCloseTo(319.5 + FOCAL * 15 / 500, within(0.6));
    assertThat(dot[1]).isCloseTo(239.5 + FOCAL * 63 / 500, within(0.6));
  }

  @Test
  void beyondThePrintIsTheRoomAndBeyondABorderToo() {
    Sheet sheet = Sheet.print(DOTTED, t -> SheetPlace.facing(500)).cues(10, 0, 0);
    Picture picture = CAMERA.take(sheet, 0);
    double border = 105 + 5;
    int x = (int) (319.5 + FOCAL * border / 500);
    assertThat(Sketch.mean(picture, 0, x, 230, x + 2, 250)).isBetween(200.0, 245.0);
    Picture room = CAMERA.take(sheet.litBy(ScreenLight.none(), 2), 0);
    assertThat(room.pixels().slice(0, 300)).isNotEqualTo(picture.pixels().slice(0, 300));
  }

  @Test
  void eyeHolesShowWhoIsBehind() {
    Portrait grey = Sketch.dottedAt(10, 10);
    Scene blue = Person.of(Sketch.dottedAt(257, 240), t -> HeadPlace.frontal(500));
    Sheet print = Sheet.print(grey, t -> SheetPlace.facing(480));
    double[] hole = {319.5 - FOCAL * 27 / 480, 239.5 - FOCAL * 15 / 480};
    int x = (int) hole[0];
    int y = (int) hole[1];
    double paper = Sketch.mean(CAMERA.take(print, 0), 2, x - 3, y - 2, x + 3, y + 2);
    Picture cut = CAMERA.take(print.eyeHoles(blue), 0);
    // The attacker's head is grey of another brightness than the grained paper.
    assertThat(Sketch.mean(cut, 2, x - 3, y - 2, x + 3, y + 2)).isNotCloseTo(paper, within(2.0));
  }

  @Test
  void onlyAPortraitHasEyesToCutOut() {
    Scene person = Person.of(DOTTED, t -> HeadPlace.frontal(500));
    Sheet replay = Sheet.replay(person, t -> SheetPlace.facing(300));
    assertThatIllegalStateException().isThrownBy(() -> replay.eyeHoles(person));
  }

  @Test
  void aReplayShowsTheRecordingAtTheClipsTime() {
    Person turning = Person.of(DOTTED, t -> HeadPlace.frontal(500).withYaw(20 * t));
    Sheet replay = Sheet.replay(turning, t -> SheetPlace.facing(250)).cues(9, 0, 0);
    double before = Sketch.dotIn(CAMERA.take(replay, 0))[0];
    double after = Sketch.dotIn(CAMERA.take(replay, 1))[0];
    assertThat(after).isLessThan(before - 5);
  }

  @Test
  void aPrintFollowsTheDisplaysColourAndAScreenHardlyDoes() {
    ScreenLight red = t -> new Tint(1, 0, 0);
    SheetMotion still = t -> SheetPlace.facing(450);
    assertThat(reddening(Sheet.print(DOTTED, still), red)).isGreaterThan(6);
    assertThat(reddening(Sheet.screen(DOTTED, still).cues(9, 0, 0), red)).isLessThan(3);
  }

  private static double reddening(Sheet sheet, ScreenLight light) {
    double before = Sketch.mean(CAMERA.take(sheet, 0), 0, 310, 230, 330, 250);
    return Sketch.mean(CAMERA.take(sheet.litBy(light, 1), 0), 0, 310, 230, 330, 250) - before;
  }

  @Test
  void moireShowsOnScreens() {
    SheetMotion still = t -> SheetPlace.facing(470);
    Sheet plain = Sheet.screen(Sketch.dottedAt(10, 10), still).cues(9, 0, 0);
    assertThat(roughness(CAMERA.take(plain.cues(9, 0.2, 0), 0)))
        .isGreaterThan(2 * roughness(CAMERA.take(plain, 0)) + 1);
  }

  private static double roughness(Picture picture) {
    double sum = 0;
    for (int x = 300; x < 340; x++) {
      int i = 3 * (240 * picture.width() + x);
      sum += Math.abs((picture.pixels().get(i) & 0xff) - (picture.pixels().get(i + 3) & 0xff));
    }
    return sum / 40;
  }

  @Test
  void glareBrightensATiltedScreen() {
    SheetMotion tilted = t -> SheetPlace.facing(450).withYaw(-12).withPitch(9);
    Sheet dull = Sheet.screen(DOTTED, tilted).cues(9, 0, 0);
    Picture glaring = CAMERA.take(dull.cues(9, 0, 1), 0);
    double before = Sketch.mean(CAMERA.take(dull, 0), 1, 280, 200, 360, 280);
    assertThat(Sketch.mean(glaring, 1, 280, 200, 360, 280)).isGreaterThan(before + 10);
  }

  @Test
  void whatNoSheetCanBeIsRefused() {
    Sheet sheet = Sheet.print(DOTTED, t -> SheetPlace.facing(450));
    assertThatIllegalArgumentException().isThrownBy(() -> sheet.bent(20));
    assertThatIllegalArgumentException().isThrownBy(() -> sheet.bent(Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> sheet.size(10, 100, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> sheet.cues(0, 2, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> SheetPlace.facing(10));
    assertThatIllegalArgumentException().isThrownBy(() -> SheetPlace.facing(300).withYaw(95));
  }
}
