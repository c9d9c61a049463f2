package io.github.facelock.core.liveness;

import io.github.facelock.api.face.Guidance;
import io.github.facelock.api.face.LivenessAction;
import io.github.facelock.api.face.LivenessChallenge;
import io.github.facelock.api.face.LivenessVerdict;
import io.github.facelock.api.policy.LivenessMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * From the signals of a clip to the verdict. Every rule can veto, none can outvote another: first
 * whether it is one recording of one face, then whether it can be judged, then what it shows, and
 * last whether what moved has depth. Stateless and thread-safe.
 */
final class ClipJudge {

  /** Compares frames of the clip as pictures. */
  @FunctionalInterface
  interface Sheets {
    /** How well a sheet of paper with the one frame explains the other; see {@link SheetTest}. */
    double correlation(int frontal, int turned);
  }

  private static final int LEAST_FRAMES = 6;
  private static final double MOST_WITHOUT = 0.25;
  private static final double MOST_SEVERAL = 0.15;
  private static final long LONGEST_GAP_MS = 1000;
  private static final long STILL_MS = 200;

  /** Between centre and turn a camera sees at least one frame on the way. */
  private static final double ON_THE_WAY_FROM = 0.03;

  private static final double ON_THE_WAY_TO = 0.16;

  /** Below this change of the nose line nothing has turned, whatever the pose estimator says. */
  private static final double FLAT_NOSE = 0.05;

  private static final int SHEET_FRAMES = 3;

  private final LivenessThresholds thresholds;

  ClipJudge(LivenessThresholds thresholds) {
    this.thresholds = thresholds;
  }

  LivenessVerdict judge(
      Track track, LivenessChallenge challenge, LivenessMode mode, Sheets sheets) {
    return new Case(track, challenge, mode, sheets).verdict();
  }

  /** One clip. */
  private final class Case {
    private final Track track;
    private final List<FrameSignals> frames;
    private final LivenessChallenge challenge;
    private final LivenessMode mode;
    private final Sheets sheets;
    private final Map<String, Double> signals = new LinkedHashMap<>();

    Case(Track track, LivenessChallenge challenge, LivenessMode mode, Sheets sheets) {
      this.track = track;
      this.frames = track.frames();
      this.challenge = challenge;
      this.mode = mode;
      this.sheets = sheets;
    }

    LivenessVerdict verdict() {
      Continuity continuity = new Continuity(frames, thresholds);
      signals.put("frames", (double) track.all());
      signals.put("without-face", (double) track.without());
      signals.put("several-faces", (double) track.several());
      signals.put("still", continuity.stillShare());
      signals.put("jump", continuity.largestJump());
      signals.put("identity", continuity.leastIdentity());
      signals.put("reference", continuity.leastReference());
      signals.putAll(track.screen().signals());
      Optional<String> fault = continuity.fault();
      if (fault.isPresent()) {
        return attack(fault.get());
      }
      if (continuity.incomplete()) {
        return doubt(Guidance.HOLD_STILL);
      }
      Optional<Guidance> unusable = unusable();
      if (unusable.isPresent()) {
        return doubt(unusable.get());
      }
      Optional<Baseline> found = Baseline.of(frames);
      if (found.isEmpty()) {
        return doubt(Guidance.HOLD_STILL);
      }
      Baseline baseline = found.get();
      signals.put("baseline-yaw", baseline.yaw());
      signals.put("flat-turn", (double) flatTurn(baseline));
      if (flatTurn(baseline) >= thresholds.runFrames()) {
        return attack("flat-turn");
      }
      return judgeActions(baseline);
    }

    private Optional<Guidance> unusable() {
      if (track.several() > MOST_SEVERAL * track.all()) {
        return Optional.of(Guidance.SEVERAL_FACES);
      }
      if (track.without() > MOST_WITHOUT * track.all() || frames.size() < LEAST_FRAMES) {
        return Optional.of(Guidance.NO_FACE);
      }
      if (track.longestGap() > LONGEST_GAP_MS) {
        return Optional.of(Guidance.UNUSABLE_CAPTURE);
      }
      double height = Baseline.median(frames, FrameSignals::boxHeight);
      signals.put("face-height", height);
      return height < thresholds.minFace() ? Optional.of(Guidance.TOO_FAR) : Optional.empty();
    }

    /** Longest run in which the pose estimator sees a turn and the nose stays where it is. */
    private int flatTurn(Baseline baseline) {
      int longest = 0;
      int run = 0;
      for (FrameSignals frame : frames) {
        boolean flat =
            Math.abs(baseline.turned(frame)) >= thresholds.flatYaw()
                && Math.abs(baseline.noseMoved(frame)) <= FLAT_NOSE;
        run = flat ? run + 1 : 0;
        longest = Math.max(longest, run);
      }
      return longest;
    }

    private LivenessVerdict judgeActions(Baseline baseline) {
      ActionReader reader = new ActionReader(frames, baseline, thresholds);
      reader
          .longestRuns()
          .forEach((action, run) -> signals.put("run." + action.code(), (double) run));
      List<ShownAction> shown = reader.read();
      signals.put("shown", (double) shown.size());
      List<LivenessAction> asked = challenge.deliberateActions();
      List<LivenessAction> seen = shown.stream().map(ShownAction::action).toList();
      if (!seen.equals(asked)) {
        // People nod when they speak and lean forward when they read; nobody turns by chance.
        Optional<LivenessAction> missing = Shortfall.firstMissing(asked, seen);
        return missing.isEmpty() && seen.stream().anyMatch(ClipJudge::isTurn)
            ? attack("other-actions")
            : doubt(missing.map(ClipJudge::guidanceOf).orElse(Guidance.REPEAT_CHALLENGE));
      }
      for (int i = 0; i < shown.size(); i++) {
        if (isTurn(shown.get(i).action()) && !seenOnTheWay(shown, i, baseline)) {
          return doubt(Guidance.MOVE_SLOWER);
        }
      }
      Optional<Guidance> inBetween = inBetween(reader, baseline, shown);
      return inBetween.isPresent() ? doubt(inBetween.get()) : judgeDepth(baseline, shown);
    }

    private boolean seenOnTheWay(List<ShownAction> shown, int index, Baseline baseline) {
      int from = index == 0 ? 0 : shown.get(index - 1).to();
      int to = index == shown.size() - 1 ? frames.size() : shown.get(index + 1).from();
      for (int i = Math.min(from, shown.get(index).from()); i < to; i++) {
        double moved = Math.abs(baseline.noseMoved(frames.get(i)));
        if (moved >= ON_THE_WAY_FROM && moved <= ON_THE_WAY_TO) {
          return true;
        }
      }
      return false;
    }

    /** Whether the actions that are not deliberate lie where they were asked. */
    private Optional<Guidance> inBetween(
        ActionReader reader, Baseline baseline, List<ShownAction> shown) {
      int done = 0;
      for (LivenessAction action : challenge.actions()) {
        int from = done == 0 ? 0 : shown.get(done - 1).to();
        int to = done == shown.size() ? frames.size() : shown.get(done).from();
        if (action.deliberate()) {
          done++;
        } else if (action == LivenessAction.HOLD_STILL) {
          if (from >= to || !reader.heldStill(from, to, STILL_MS)) {
            return Optional.of(Guidance.HOLD_STILL);
          }
        } else if (from >= to || !Blinks.between(frames, baseline, from, to)) {
          return Optional.of(Guidance.BLINK);
        }
      }
      return Optional.empty();
    }

    private LivenessVerdict judgeDepth(Baseline baseline, List<ShownAction> shown) {
      Relief relief = relief(baseline, shown);
      relief.depth().ifPresent(d -> signals.put("depth", d));
      relief.outline().ifPresent(o -> signals.put("outline", o));
      relief.relief().ifPresent(r -> signals.put("relief", r));
      relief.perspective().ifPresent(p -> signals.put("perspective", p));
      if (relief.depth().isEmpty()) {
        if (relief.perspective().isEmpty()) {
          // Such a challenge is never drawn; whoever draws one gets no grant out of it.
          return attack("no-depth-asked");
        }
        if (relief.flatApproach(thresholds)) {
          return attack("flat-approach");
        }
      }
      if (mode == LivenessMode.ACTIVE_STRICT) {
        if (track.screen().speakForOne(thresholds.screen())) {
          return attack("screen");
        }
        signals.put("sheet", relief.sheet());
        Relief.Finding finding = relief.judge(thresholds);
        if (finding == Relief.Finding.UNCLEAR) {
          return doubt(Guidance.REPEAT_CHALLENGE);
        }
        if (finding != Relief.Finding.HEAD) {
          return attack(finding.cause);
        }
      }
      return judgeColours();
    }

    private Relief relief(Baseline baseline, List<ShownAction> shown) {
      List<ShownAction> movements =
          shown.stream().filter(s -> s.action() != LivenessAction.COME_CLOSER).toList();
      List<ShownAction> turns = movements.stream().filter(s -> isTurn(s.action())).toList();
      return new Relief(
          movements.stream().mapToDouble(s -> medianDepth(baseline, s)).min(),
          turns.stream().mapToDouble(s -> medianDepth(baseline, s)).min(),
          turns.stream().mapToDouble(s -> outline(baseline, s)).min(),
          shown.stream()
              .filter(s -> s.action() == LivenessAction.COME_CLOSER)
              .mapToDouble(s -> perspective(baseline, s))
              .min(),
          mode == LivenessMode.ACTIVE_STRICT
              ? (turns.isEmpty() ? movements : turns)
                  .stream().mapToDouble(s -> sheet(baseline, s)).max().orElse(-1)
              : -1);
    }

    private LivenessVerdict judgeColours() {
      if (!challenge.colours().isEmpty()) {
        double correlation = ColourResponse.correlation(frames, challenge);
        signals.put("colours", correlation);
        if (correlation < thresholds.colours()) {
          return attack("colours-not-followed");
        }
      }
      return new LivenessVerdict.BonaFide(signals);
    }

    private double medianDepth(Baseline baseline, ShownAction action) {
      return median(
          action, f -> isTurn(action.action()) ? baseline.depth(f) : baseline.nodDepth(f));
    }

    /** How far the outline moved against the nose; negative if it moved with it. */
    private double outline(Baseline baseline, ShownAction action) {
      return median(action, f -> -Math.signum(baseline.noseMoved(f)) * baseline.outlineMoved(f));
    }

    private double perspective(Baseline baseline, ShownAction action) {
      return median(action, f -> Math.log(f.shape().inner() / baseline.inner()));
    }

    private double median(
        ShownAction action, java.util.function.ToDoubleFunction<FrameSignals> value) {
      return Baseline.median(frames.subList(action.from(), action.to()), value);
    }

    private double sheet(Baseline baseline, ShownAction action) {
      int frontal = mostFrontal(baseline);
      List<Double> correlations = new ArrayList<>();
      int length = action.to() - action.from();
      for (int k = 0; k < Math.min(SHEET_FRAMES, length); k++) {
        int turned = action.from() + (2 * k + 1) * length / (2 * Math.min(SHEET_FRAMES, length));
        correlations.add(sheets.correlation(frontal, turned));
      }
      double[] sorted = correlations.stream().mapToDouble(Double::doubleValue).toArray();
      Arrays.sort(sorted);
      return sorted[sorted.length / 2];
    }

    private int mostFrontal(Baseline baseline) {
      int best = 0;
      double least = Double.MAX_VALUE;
      for (int i = 0; i < frames.size(); i++) {
        FrameSignals f = frames.get(i);
        double away =
            Math.abs(baseline.turned(f))
                + 60 * Math.abs(baseline.noseMoved(f))
                + Math.abs(baseline.nodded(f));
        if (away < least) {
          best = i;
          least = away;
        }
      }
      return best;
    }

    private LivenessVerdict attack(String cause) {
      return new LivenessVerdict.Attack(cause, signals);
    }

    private LivenessVerdict doubt(Guidance guidance) {
      return new LivenessVerdict.Undetermined(guidance, signals);
    }
  }

  private static boolean isTurn(LivenessAction action) {
    return action == LivenessAction.TURN_LEFT || action == LivenessAction.TURN_RIGHT;
  }

  static Guidance guidanceOf(LivenessAction action) {
    return switch (action) {
      case HOLD_STILL -> Guidance.HOLD_STILL;
      case TURN_LEFT -> Guidance.TURN_LEFT;
      case TURN_RIGHT -> Guidance.TURN_RIGHT;
      case LOOK_UP -> Guidance.LOOK_UP;
      case LOOK_DOWN -> Guidance.LOOK_DOWN;
      case COME_CLOSER -> Guidance.COME_CLOSER;
      case BLINK -> Guidance.BLINK;
    };
  }
}
