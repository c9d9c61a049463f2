package io.github.facelock.core.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.facelock.api.face.DetectedFace;
import io.github.facelock.api.face.HeadPose;
import io.github.facelock.api.face.Landmarks;
import io.github.facelock.api.face.Picture;
import io.github.facelock.test.simulation.HeadPlace;
import io.github.facelock.test.simulation.Person;
import io.github.facelock.test.simulation.Portrait;
import io.github.facelock.test.simulation.Scene;
import io.github.facelock.test.simulation.Sheet;
import io.github.facelock.test.simulation.SheetPlace;
import io.github.facelock.test.simulation.SimulatedCamera;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The bundled models see simulated heads and sheets as they see real ones: they follow the turn of
 * a head and not the tilt of a photograph. Demo photographs of about ten people.
 */
class SimulatedPosesTest {

  private static final SimulatedCamera CAMERA = SimulatedCamera.standard().raw();
  private static final List<Portrait> PORTRAITS = new ArrayList<>();
  private static final Map<Double, List<Seen>> TURNS = new ConcurrentHashMap<>();
  private static OnnxModels models;

  private record Seen(double yaw, double pitch, double nose) {
    Seen minus(Seen other) {
      return new Seen(yaw - other.yaw, pitch - other.pitch, nose - other.nose);
    }
  }

  @BeforeAll
  static void findFrontalFaces() throws IOException {
    models = OnnxModels.bundled();
    for (int number = 1; number <= 6; number++) {
      Picture picture = Photographs.sample(number);
      for (DetectedFace face : models.detector().detect(picture)) {
        Landmarks points = models.steadyLandmarker().locate(picture, face);
        HeadPose pose = models.headPose().estimate(picture, face);
        if (face.box().height() > 100 && Math.abs(pose.yaw()) < 16 && Math.abs(pose.pitch()) < 18) {
          PORTRAITS.add(Portrait.of(picture, points, pose));
        }
      }
    }
  }

  @AfterAll
  static void close() {
    models.close();
  }

  @Test
  void thereAreEnoughPeopleToTellSomething() {
    assertThat(PORTRAITS).hasSizeGreaterThanOrEqualTo(6);
  }

  @Test
  void bothEstimatorsTellTheDirectionOfEveryTurn() {
    for (double yaw : new double[] {-34, -17, 17, 34}) {
      for (Seen turned : turnedBy(yaw)) {
        assertThat(Math.signum(turned.yaw())).as("pose at " + yaw).isEqualTo(Math.signum(yaw));
        assertThat(Math.signum(turned.nose())).as("nose at " + yaw).isEqualTo(-Math.signum(yaw));
      }
    }
  }

  @Test
  void theNosesTipMovesAsFarAsOnRealHeadsOfTheSameEstimatedPose() {
    List<Seen> turned = new ArrayList<>();
    for (double yaw : new double[] {14, 17, 20, 28, 34}) {
      turned.addAll(turnedBy(yaw));
      turned.addAll(turnedBy(-yaw));
    }
    // Measured on real clips: .165, .208 and .33.
    assertThat(noseAt(15, 20, turned)).isCloseTo(0.165, within(0.06));
    assertThat(noseAt(20, 25, turned)).isCloseTo(0.208, within(0.06));
    assertThat(noseAt(30, 40, turned)).isCloseTo(0.33, within(0.06));
  }

  private static double noseAt(double from, double to, List<Seen> turned) {
    return mean(
        turned.stream().filter(s -> Math.abs(s.yaw()) >= from && Math.abs(s.yaw()) < to).toList(),
        s -> Math.abs(s.nose()));
  }

  @Test
  void theEstimatedPoseFollowsTheSimulatedOne() {
    for (double yaw : new double[] {-28, -20, 20, 28}) {
      assertThat(mean(turnedBy(yaw), Seen::yaw)).isCloseTo(yaw, within(9.0));
    }
    assertThat(mean(nodded(15), Seen::pitch)).isCloseTo(15, within(6.0));
    assertThat(mean(nodded(-15), Seen::pitch)).isCloseTo(-15, within(6.0));
  }

  @Test
  void aTiltedPrintHardlyMovesTheNosesTip() {
    // Real prints: .022 at 20 degrees, .057 at 45.
    List<Seen> slight = moved(p -> print(p, 0), p -> print(p, 20));
    List<Seen> strong = moved(p -> print(p, 0), p -> print(p, 45));
    assertThat(mean(slight, s -> Math.abs(s.nose()))).isLessThan(0.05);
    assertThat(mean(strong, s -> Math.abs(s.nose()))).isLessThan(0.08);
    assertThat(mean(slight, s -> Math.abs(s.yaw()))).isLessThan(8);
  }

  @Test
  void aTightlyBentPrintMovesItMore() {
    List<Seen> bent = moved(p -> print(p, 0).bent(90), p -> print(p, 40).bent(90));
    List<Seen> flat = moved(p -> print(p, 0), p -> print(p, 40));
    assertThat(mean(bent, s -> -s.nose())).isGreaterThan(0.05 + mean(flat, s -> -s.nose()));
  }

  private static Sheet print(Portrait portrait, double yaw) {
    return Sheet.print(portrait, t -> SheetPlace.facing(480).withYaw(yaw));
  }

  private static List<Seen> turnedBy(double yaw) {
    return TURNS.computeIfAbsent(yaw, SimulatedPosesTest::turn);
  }

  private static List<Seen> turn(double yaw) {
    return moved(p -> person(p, HeadPlace.frontal(480)), p -> turned(p, yaw));
  }

  private static Person turned(Portrait portrait, double yaw) {
    return person(portrait, HeadPlace.frontal(480).withYaw(yaw));
  }

  private static List<Seen> nodded(double pitch) {
    return moved(
        p -> person(p, HeadPlace.frontal(480)),
        p -> person(p, HeadPlace.frontal(480).withPitch(pitch)));
  }

  private static Person person(Portrait portrait, HeadPlace place) {
    return Person.of(portrait, t -> place);
  }

  @FunctionalInterface
  private interface Shown {
    Scene as(Portrait portrait);
  }

  private static List<Seen> moved(Shown before, Shown after) {
    return PORTRAITS.stream().map(p -> look(after.as(p)).minus(look(before.as(p)))).toList();
  }

  private static Seen look(Scene scene) {
    Picture picture = CAMERA.take(scene, 0);
    DetectedFace face =
        models.detector().detect(picture).stream()
            .max(Comparator.comparingDouble(f -> f.box().height()))
            .orElseThrow();
    HeadPose pose = models.headPose().estimate(picture, face);
    return new Seen(
        pose.yaw(), pose.pitch(), noseLine(models.steadyLandmarker().locate(picture, face)));
  }

  /** The nose's tip beside the line from between the eyes to the mouth, in its lengths. */
  private static double noseLine(Landmarks points) {
    double eyesX = 0;
    double eyesY = 0;
    for (int i = 36; i < 48; i++) {
      eyesX += points.x(i) / 12;
      eyesY += points.y(i) / 12;
    }
    double dx = (points.x(48) + points.x(54)) / 2 - eyesX;
    double dy = (points.y(48) + points.y(54)) / 2 - eyesY;
    return (dy * (points.x(30) - eyesX) - dx * (points.y(30) - eyesY)) / (dx * dx + dy * dy);
  }

  private static double mean(List<Seen> seen, ToDoubleFunction<Seen> value) {
    return seen.stream().mapToDouble(value).average().orElseThrow();
  }
}
