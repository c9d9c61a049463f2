package io.github.facelock.examples.web;

import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.face.LivenessAction;
import io.github.facelock.core.onnx.OnnxModels;
import io.github.facelock.examples.web.people.DemoPerson;
import io.github.facelock.test.simulation.Portrait;
import io.github.facelock.test.simulation.SimulatedCamera;
import io.github.facelock.test.simulation.VirtualCamera;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Answers to challenges, joined of pieces that were rendered before. Thread-safe. */
final class Clips {

  private static final int TAKES = 4;
  private static final Duration FRAME = Duration.ofMillis(125);

  /** Each action several times, as the same frames twice would be a loop. */
  private final List<Map<LivenessAction, List<byte[]>>> pieces = new ArrayList<>();

  private final List<byte[]> rest;

  Clips(DemoPerson person) {
    try (OnnxModels models = OnnxModels.bundled()) {
      Portrait portrait =
          Portrait.of(
              person.photograph().pixels(),
              models.detector(),
              models.steadyLandmarker(),
              models.headPose());
      VirtualCamera camera =
          VirtualCamera.of(portrait).filmedBy(SimulatedCamera.standard().framesPerSecond(8));
      rest = jpegs(camera.resting(0.8).frames());
      for (int take = 1; take <= TAKES; take++) {
        Map<LivenessAction, List<byte[]>> piece = new EnumMap<>(LivenessAction.class);
        for (LivenessAction action : LivenessAction.values()) {
          double later = 40.0 * take + Math.floorMod(action.code().hashCode(), 37);
          VirtualCamera then = camera.after(later);
          piece.put(
              action,
              jpegs(
                  (action == LivenessAction.HOLD_STILL ? then.resting(1.2) : then.frames(action))
                      .frames()));
        }
        pieces.add(piece);
      }
    }
  }

  private static List<byte[]> jpegs(List<CapturedFrame> frames) {
    return frames.stream().map(CapturedFrame::encoded).toList();
  }

  /** The frames, {@link #frameTime} apart. */
  List<byte[]> answer(List<LivenessAction> actions) {
    List<byte[]> frames = new ArrayList<>(rest);
    for (int i = 0; i < actions.size(); i++) {
      frames.addAll(pieces.get(i % TAKES).get(actions.get(i)));
    }
    return frames;
  }

  static Duration frameTime() {
    return FRAME;
  }
}
