package io.github.facelock.examples.web.camera;

import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.LivenessAction;
import io.github.facelock.core.onnx.OnnxModels;
import io.github.facelock.examples.web.people.DemoPerson;
import io.github.facelock.test.simulation.Handling;
import io.github.facelock.test.simulation.Portrait;
import io.github.facelock.test.simulation.Sheet;
import io.github.facelock.test.simulation.SheetMotion;
import io.github.facelock.test.simulation.SheetPlace;
import io.github.facelock.test.simulation.SimulatedCamera;
import io.github.facelock.test.simulation.VirtualCamera;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Renders what virtual cameras see, once. Thread-safe. */
final class Studio {

  private static final SimulatedCamera CAMERA = SimulatedCamera.standard().framesPerSecond(10);
  private static final double ARM = 470;
  private static final Handling.Grip GRIP = new Handling.Grip(45, 30, 0, 20, 1.6, ARM, 0.8);

  /** Seconds of a handled sheet's begin that are left out, so that it moves when it is asked. */
  private static final double IDLE = 0.7;

  private final Map<DemoPerson, Portrait> portraits = new ConcurrentHashMap<>();
  private final Map<Take, Capture> clips = new ConcurrentHashMap<>();

  private record Take(VirtualView view, LivenessAction action) {}

  /** A clip of somebody who does one thing, and looks ahead before and after it. */
  Capture clip(VirtualView view, LivenessAction action) {
    return clips.computeIfAbsent(new Take(view, action), this::film);
  }

  private Capture film(Take take) {
    Portrait portrait = portraits.computeIfAbsent(take.view().person(), Studio::portrait);
    LivenessAction action = take.action();
    return switch (take.view().shown()) {
      case ALIVE -> {
        VirtualCamera camera = VirtualCamera.of(portrait).filmedBy(CAMERA).after(moment(action));
        yield action == LivenessAction.HOLD_STILL ? camera.resting(3) : camera.frames(action);
      }
      case PRINT -> held(Sheet.print(portrait, t -> SheetPlace.facing(ARM)), action);
      case SCREEN -> held(Sheet.screen(portrait, t -> SheetPlace.facing(ARM)), action);
    };
  }

  private static Capture held(Sheet sheet, LivenessAction action) {
    Handling hand = Handling.of(List.of(action), GRIP, moment(action));
    SheetMotion motion = hand.motion();
    return CAMERA.film(sheet.moving(t -> motion.at(t + IDLE)), hand.seconds() - IDLE);
  }

  /** Another one for each action: nobody moves alike twice. */
  private static int moment(LivenessAction action) {
    return Math.floorMod(action.code().hashCode(), 1000);
  }

  private static Portrait portrait(DemoPerson person) {
    try (OnnxModels models = OnnxModels.bundled()) {
      return Portrait.of(
          person.photograph().pixels(),
          models.detector(),
          models.steadyLandmarker(),
          models.headPose());
    }
  }
}
