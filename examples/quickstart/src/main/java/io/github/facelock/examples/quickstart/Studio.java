package io.github.facelock.examples.quickstart;

import io.github.facelock.core.onnx.OnnxModels;
import io.github.facelock.test.simulation.Handling;
import io.github.facelock.test.simulation.Performance;
import io.github.facelock.test.simulation.Person;
import io.github.facelock.test.simulation.Portrait;
import io.github.facelock.test.simulation.ScreenLight;
import io.github.facelock.test.simulation.Sheet;
import io.github.facelock.test.simulation.SheetPlace;
import io.github.facelock.test.simulation.SimulatedCamera;

/**
 * Stands in for people before a camera: clips are rendered from the demo photographs by the
 * simulator of {@code facelock-test}. Simulated people show how a login goes; they do not show how
 * many real people are refused.
 */
final class Studio implements AutoCloseable {

  private static final SimulatedCamera CAMERA = SimulatedCamera.standard().framesPerSecond(7);

  private final OnnxModels models = OnnxModels.bundled();

  /** The person, who does what is asked. */
  Camera person(Photograph photograph) {
    Portrait portrait = portrait(photograph);
    Performance.Manner brisk = new Performance.Manner(30, 22, 1.65, 470, 1.2, 0.7);
    return challenge -> {
      Performance answer = Performance.of(challenge, brisk, 1);
      Person person = Person.of(portrait, answer.motion()).litBy(ScreenLight.of(challenge));
      return CAMERA.film(person, answer.seconds());
    };
  }

  /** A print of the photograph, which somebody tilts towards the side that is asked for. */
  Camera print(Photograph photograph) {
    return held(Sheet.print(portrait(photograph), t -> SheetPlace.facing(470)));
  }

  /** A tablet that shows the photograph, tilted likewise. */
  Camera screen(Photograph photograph) {
    return held(Sheet.screen(portrait(photograph), t -> SheetPlace.facing(470)));
  }

  private static Camera held(Sheet sheet) {
    Handling.Grip grip = new Handling.Grip(45, 30, 0, 20, 1.6, 470, 0.8);
    return challenge -> {
      Handling hand = Handling.of(challenge, grip, 1);
      Sheet lit = sheet.litBy(ScreenLight.of(challenge), 3);
      return CAMERA.film(lit.moving(hand.motion()), hand.seconds());
    };
  }

  private Portrait portrait(Photograph photograph) {
    return Portrait.of(
        photograph.pixels(), models.detector(), models.steadyLandmarker(), models.headPose());
  }

  @Override
  public void close() {
    models.close();
  }
}
