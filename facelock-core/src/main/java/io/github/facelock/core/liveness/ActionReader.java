package io.github.facelock.core.liveness;

import io.github.facelock.api.face.LivenessAction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads which deliberate actions a clip shows, without knowing what was asked.
 *
 * <p><strong>Security guarantee.</strong> The answer is a function of the clip alone. So of all
 * challenges that differ in their deliberate actions a clip fits at most one, and a clip that was
 * made without knowing the challenge fits with at most the probability of the most likely one.
 *
 * <p>A turn needs the pose estimator and the landmarks to agree in a run of frames, and a nose with
 * depth; so does a nod. In between lies whatever is neither an action nor the centre.
 */
final class ActionReader {

  /** How far a head may be from its own zero and still look at the camera. */
  private static final double CENTRE_YAW = 10;

  private static final double CENTRE_PITCH = 8;
  private static final double CENTRE_NOSE = 0.08;

  /** A nod is read only while the head is not turned. */
  private static final double NOD_YAW = 12;

  private static final double NOD_NOSE_LINE = 0.10;

  /** Below this growth the face is back, and another approach can begin. */
  private static final double BACK = 1.15;

  private final List<FrameSignals> frames;
  private final Baseline baseline;
  private final LivenessThresholds thresholds;

  ActionReader(List<FrameSignals> frames, Baseline baseline, LivenessThresholds thresholds) {
    this.frames = frames;
    this.baseline = baseline;
    this.thresholds = thresholds;
  }

  /** All deliberate actions, in the order in which they begin. */
  List<ShownAction> read() {
    List<ShownAction> shown = new ArrayList<>(headMovements());
    shown.addAll(approaches());
    shown.sort(Comparator.comparingInt(ShownAction::from));
    return shown;
  }

  private List<ShownAction> headMovements() {
    List<ShownAction> shown = new ArrayList<>();
    boolean centred = true;
    int from = 0;
    while (from < frames.size()) {
      Optional<LivenessAction> action = headMovement(frames.get(from));
      int to = from + 1;
      while (to < frames.size() && headMovement(frames.get(to)).equals(action)) {
        to++;
      }
      if (action.isPresent() && action.get() == LivenessAction.HOLD_STILL) {
        centred = true;
      } else if (action.isPresent() && to - from >= thresholds.runFrames()) {
        int last = shown.size() - 1;
        // A turn that wavers is one turn until the head has come back.
        if (!centred && shown.get(last).action() == action.get()) {
          shown.set(last, new ShownAction(action.get(), shown.get(last).from(), to));
        } else {
          shown.add(new ShownAction(action.get(), from, to));
        }
        centred = false;
      }
      from = to;
    }
    return shown;
  }

  /** What one frame shows; HOLD_STILL for the centre, nothing for what lies between. */
  Optional<LivenessAction> headMovement(FrameSignals frame) {
    if (frame.glare() > thresholds.maxGlare()) {
      return Optional.empty();
    }
    double yaw = baseline.turned(frame);
    double nose = baseline.noseMoved(frame);
    double pitch = baseline.nodded(frame);
    double slide = baseline.noseSlid(frame);
    if (Math.abs(yaw) >= thresholds.turnYaw()
        && Math.abs(nose) >= thresholds.turnNoseLine()
        && yaw * nose < 0
        && baseline.depth(frame) >= thresholds.turnDepth()) {
      return Optional.of(yaw > 0 ? LivenessAction.TURN_RIGHT : LivenessAction.TURN_LEFT);
    }
    if (Math.abs(yaw) <= NOD_YAW
        && Math.abs(nose) <= NOD_NOSE_LINE
        && Math.abs(pitch) >= thresholds.nodPitch()
        && Math.abs(slide) >= thresholds.nodNose()
        && pitch * slide < 0
        && baseline.nodDepth(frame) >= thresholds.nodDepth()) {
      return Optional.of(pitch > 0 ? LivenessAction.LOOK_UP : LivenessAction.LOOK_DOWN);
    }
    return isCentre(frame) ? Optional.of(LivenessAction.HOLD_STILL) : Optional.empty();
  }

  private boolean isCentre(FrameSignals frame) {
    return Math.abs(baseline.turned(frame)) <= CENTRE_YAW
        && Math.abs(baseline.noseMoved(frame)) <= CENTRE_NOSE
        && Math.abs(baseline.nodded(frame)) <= CENTRE_PITCH;
  }

  private List<ShownAction> approaches() {
    List<ShownAction> shown = new ArrayList<>();
    boolean back = true;
    int run = 0;
    for (int i = 0; i < frames.size(); i++) {
      double grown = baseline.grown(frames.get(i));
      run = grown >= thresholds.closer() ? run + 1 : 0;
      back |= grown < BACK;
      if (run == thresholds.runFrames() && back) {
        shown.add(new ShownAction(LivenessAction.COME_CLOSER, i + 1 - run, i + 1));
        back = false;
      } else if (run > thresholds.runFrames() && !shown.isEmpty()) {
        int last = shown.size() - 1;
        shown.set(last, new ShownAction(LivenessAction.COME_CLOSER, shown.get(last).from(), i + 1));
      }
    }
    return shown;
  }

  /** Whether the head looked straight at the camera for a time, between two frames. */
  boolean heldStill(int from, int to, long ms) {
    long since = -1;
    for (int i = from; i < to; i++) {
      if (!isCentre(frames.get(i))) {
        since = -1;
      } else if (since < 0) {
        since = frames.get(i).ms();
      } else if (frames.get(i).ms() - since >= ms) {
        return true;
      }
    }
    return false;
  }

  /** Longest run of frames of each head movement, for the audit trail. */
  Map<LivenessAction, Integer> longestRuns() {
    Map<LivenessAction, Integer> longest = new EnumMap<>(LivenessAction.class);
    Optional<LivenessAction> before = Optional.empty();
    int run = 0;
    for (FrameSignals frame : frames) {
      Optional<LivenessAction> action = headMovement(frame);
      run = action.equals(before) ? run + 1 : 1;
      before = action;
      int length = run;
      action.ifPresent(a -> longest.merge(a, length, Math::max));
    }
    return longest;
  }
}
