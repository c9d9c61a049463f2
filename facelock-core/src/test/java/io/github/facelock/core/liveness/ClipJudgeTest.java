package io.github.facelock.core.liveness;

import static io.github.facelock.api.face.LivenessAction.BLINK;
import static io.github.facelock.api.face.LivenessAction.COME_CLOSER;
import static io.github.facelock.api.face.LivenessAction.HOLD_STILL;
import static io.github.facelock.api.face.LivenessAction.LOOK_DOWN;
import static io.github.facelock.api.face.LivenessAction.LOOK_UP;
import static io.github.facelock.api.face.LivenessAction.TURN_LEFT;
import static io.github.facelock.api.face.LivenessAction.TURN_RIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.facelock.api.face.Guidance;
import io.github.facelock.api.face.LivenessAction;
import io.github.facelock.api.face.LivenessChallenge;
import io.github.facelock.api.face.LivenessVerdict;
import io.github.facelock.api.face.LivenessVerdict.Attack;
import io.github.facelock.api.face.LivenessVerdict.BonaFide;
import io.github.facelock.api.face.LivenessVerdict.Undetermined;
import io.github.facelock.api.policy.LivenessMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules of the judgement, at the level of measured signals. */
class ClipJudgeTest {

  private static final List<LivenessAction> DELIBERATE =
      List.of(TURN_LEFT, TURN_RIGHT, LOOK_UP, LOOK_DOWN, COME_CLOSER);

  static final List<List<LivenessAction>> ORDERS = orders();

  private final ClipJudge judge = new ClipJudge(LivenessThresholds.ofDefaults());

  /** All orders that the default rules draw from. */
  private static List<List<LivenessAction>> orders() {
    List<List<LivenessAction>> orders = new ArrayList<>();
    for (LivenessAction a : DELIBERATE) {
      for (LivenessAction b : DELIBERATE) {
        if (a != b) {
          orders.add(List.of(a, b));
          for (LivenessAction c : DELIBERATE) {
            if (b != c) {
              orders.add(List.of(a, b, c));
            }
          }
        }
      }
    }
    return orders;
  }

  private static LivenessChallenge asking(List<LivenessAction> actions) {
    return new LivenessChallenge(
        "n", actions, List.of(), Duration.ofMillis(500), Duration.ofSeconds(30));
  }

  private LivenessVerdict judge(Tracks clip, LivenessAction... asked) {
    return judge(clip.track(), List.of(asked));
  }

  private LivenessVerdict judge(Track track, List<LivenessAction> asked) {
    return judge.judge(track, asking(asked), LivenessMode.ACTIVE, (frontal, turned) -> 1);
  }

  @Test
  void whoDoesWhatIsAskedPasses() {
    long seed = 0;
    for (List<LivenessAction> order : ORDERS) {
      LivenessVerdict verdict = judge(Tracks.head(++seed).perform(order).track(), order);
      assertThat(verdict).as("%s", order).isInstanceOf(BonaFide.class);
    }
  }

  @Test
  void aClipFitsNoOtherChallenge() {
    long seed = 0;
    for (List<LivenessAction> shown : ORDERS) {
      Track track = Tracks.head(++seed).perform(shown).track();
      for (List<LivenessAction> asked : ORDERS) {
        if (!asked.equals(shown)) {
          assertThat(judge(track, asked))
              .as("%s for %s", shown, asked)
              .isNotInstanceOf(BonaFide.class);
        }
      }
    }
  }

  /**
   * Whatever the signals are, they fit one order at most: so a clip that was made without knowing
   * the order passes with at most the probability of one order, 1 in 99 (100 orders, of which the
   * subject's last is not drawn).
   */
  @Test
  void noClipFitsTwoChallengesWhateverItShows() {
    SplittableRandom random = new SplittableRandom(7);
    int fitted = 0;
    for (int i = 0; i < 2_000; i++) {
      Track track = anything(random, i);
      int fits = 0;
      for (List<LivenessAction> asked : ORDERS) {
        fits += judge(track, asked) instanceof BonaFide ? 1 : 0;
      }
      assertThat(fits).isLessThanOrEqualTo(1);
      fitted += fits;
    }
    // Some do fit one: otherwise this would prove nothing.
    assertThat(fitted).isPositive();
  }

  /** Movements of any size, speed and mixture, also such that lie at the thresholds. */
  private static Track anything(SplittableRandom random, long seed) {
    Tracks clip = Tracks.head(seed).noisy(random.nextDouble(3)).hold(4, 0, 0, 1);
    int movements = random.nextInt(5);
    for (int i = 0; i < movements; i++) {
      boolean both = random.nextInt(4) == 0;
      boolean turn = random.nextBoolean();
      double yaw = turn || both ? random.nextDouble(-40, 40) : 0;
      double pitch = !turn || both ? random.nextDouble(-30, 30) : 0;
      double size = random.nextInt(4) == 0 ? random.nextDouble(1, 1.7) : 1;
      clip.move(yaw, pitch, size);
      clip.hold(random.nextInt(5), 0, 0, 1);
    }
    return clip.track();
  }

  @Test
  void guessingPassesNoMoreOftenThanChance() {
    SplittableRandom random = new SplittableRandom(1);
    // The best that can be done without knowing: a real head, and one of the orders.
    guess("one order", random, i -> Tracks.head(i).perform(any(random)).track());
    guess(
        "everything",
        random,
        i -> {
          List<LivenessAction> all = new ArrayList<>(DELIBERATE);
          Collections.rotate(all, random.nextInt(5));
          return Tracks.head(i).perform(all).track();
        });
    guess("anything", random, i -> anything(random, i));
    guess("noise", random, ClipJudgeTest::noise);
    guess("a tilted picture", random, i -> Tracks.flat(i).perform(any(random)).track());
  }

  /** What the pose estimator says of a picture beyond 45°: nothing. */
  private static Track noise(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Tracks clip = Tracks.flat(seed).hold(5, 0, 0, 1);
    for (int i = 0; i < 40; i++) {
      clip.add(
          random.nextGaussian() * 20,
          random.nextGaussian() * 8,
          random.nextGaussian() * .1,
          .45 + random.nextGaussian() * .1,
          random.nextGaussian() * .1,
          .92 * (.5 + random.nextDouble(.5)),
          1);
    }
    return clip.track();
  }

  private static List<LivenessAction> any(SplittableRandom random) {
    return ORDERS.get(random.nextInt(ORDERS.size()));
  }

  private void guess(String strategy, SplittableRandom random, LongFunction<Track> clip) {
    int tries = 10_000;
    int passed = 0;
    for (int i = 0; i < tries; i++) {
      passed += judge(clip.apply(i), any(random)) instanceof BonaFide ? 1 : 0;
    }
    double bound = 1.0 / (ORDERS.size() - 1);
    System.out.printf("%s: %d of %d passed, the bound is %.4f%n", strategy, passed, tries, bound);
    // Four standard deviations of chance itself: 1 in 30 000.
    double chance = tries * bound + 4 * Math.sqrt(tries * bound * (1 - bound));
    assertThat(passed).as(strategy).isLessThanOrEqualTo((int) chance);
  }

  @Test
  void aTiltedPictureNeverPasses() {
    for (int i = 0; i < 2_000; i++) {
      List<LivenessAction> asked = ORDERS.get(i % ORDERS.size());
      assertThat(judge(Tracks.flat(i).perform(asked).track(), asked))
          .as("%s", asked)
          .isNotInstanceOf(BonaFide.class);
    }
  }

  @Test
  void aTurnThatOnlyThePoseEstimatorSeesIsAnAttack() {
    Tracks flat = Tracks.flat(3).hold(6, 0, 0, 1).move(26, 0, 1).hold(6, 0, 0, 1);

    assertThat(cause(judge(flat, TURN_RIGHT, LOOK_UP))).isEqualTo("flat-turn");
  }

  @Test
  void aClipWithoutActionsIsNotAcquiredAndSaysWhatIsMissing() {
    Tracks still = Tracks.head(1).hold(30, 0, 0, 1);

    assertThat(guidance(judge(still, TURN_LEFT, LOOK_UP))).isEqualTo(Guidance.TURN_LEFT);
    assertThat(guidance(judge(still, COME_CLOSER, LOOK_UP))).isEqualTo(Guidance.COME_CLOSER);
  }

  @Test
  void nodsAndApproachesUnaskedAreNoAttack() {
    Tracks nods = Tracks.head(1).perform(List.of(LOOK_UP));

    assertThat(guidance(judge(nods, LOOK_UP, TURN_LEFT))).isEqualTo(Guidance.TURN_LEFT);
    assertThat(guidance(judge(nods, TURN_LEFT, LOOK_UP))).isEqualTo(Guidance.REPEAT_CHALLENGE);
  }

  @Test
  void anotherTurnThanAskedIsRefused() {
    Tracks left = Tracks.head(1).perform(List.of(TURN_LEFT));

    assertThat(cause(judge(left, TURN_RIGHT, HOLD_STILL))).isEqualTo("other-actions");
    assertThat(judge(left, HOLD_STILL, TURN_LEFT)).isInstanceOf(BonaFide.class);
    assertThat(judge(left, TURN_LEFT, HOLD_STILL)).isInstanceOf(BonaFide.class);
  }

  @Test
  void twoFramesAreNoTurn() {
    Tracks brief = Tracks.head(1).hold(10, 0, 0, 1).hold(1, 9, 0, 1).hold(2, 30, 0, 1);

    assertThat(guidance(judge(brief.hold(1, 9, 0, 1).hold(10, 0, 0, 1), TURN_RIGHT, HOLD_STILL)))
        .isEqualTo(Guidance.TURN_RIGHT);
  }

  @Test
  void aTurnOutOfNowhereIsAskedForAgain() {
    Tracks cut = Tracks.head(1).hold(10, 0, 0, 1).hold(5, 30, 0, 1).hold(10, 0, 0, 1);

    assertThat(guidance(judge(cut, TURN_RIGHT, HOLD_STILL))).isEqualTo(Guidance.MOVE_SLOWER);
  }

  @Test
  void aBlinkMustComeWhereItIsAsked() {
    List<LivenessAction> asked = List.of(TURN_LEFT, BLINK, LOOK_UP);

    assertThat(judge(Tracks.head(1).perform(asked).track(), asked)).isInstanceOf(BonaFide.class);
    assertThat(guidance(judge(Tracks.head(1).perform(List.of(TURN_LEFT, LOOK_UP)).track(), asked)))
        .isEqualTo(Guidance.BLINK);
    assertThat(
            guidance(
                judge(Tracks.head(1).perform(List.of(BLINK, TURN_LEFT, LOOK_UP)).track(), asked)))
        .isEqualTo(Guidance.BLINK);
    // Unasked it does no harm: people blink.
    assertThat(judge(Tracks.head(1).perform(asked).track(), List.of(TURN_LEFT, LOOK_UP)))
        .isInstanceOf(BonaFide.class);
  }

  /** Who runs out of clip is asked again; who does something else is not. */
  @Test
  void theBeginningOfWhatWasAskedIsAskedForAgainAndNeverGranted() {
    long seed = 0;
    for (List<LivenessAction> asked : ORDERS) {
      for (int done = 0; done < asked.size(); done++) {
        Track begun = Tracks.head(++seed).hold(4, 0, 0, 1).perform(asked.subList(0, done)).track();
        assertThat(guidance(judge(begun, asked)))
            .as("%s of %s", done, asked)
            .isEqualTo(ClipJudge.guidanceOf(asked.get(done)));
      }
    }
    Tracks beyond = Tracks.head(1).perform(List.of(TURN_LEFT, LOOK_UP, TURN_LEFT));
    assertThat(cause(judge(beyond, TURN_LEFT, LOOK_UP))).isEqualTo("other-actions");
    Tracks wrong = Tracks.head(1).perform(List.of(TURN_LEFT, LOOK_UP));
    assertThat(cause(judge(wrong, TURN_LEFT, TURN_RIGHT, LOOK_UP))).isEqualTo("other-actions");
  }

  /** A small nod is not always seen: whoever did all the rest as asked is no attacker. */
  @Test
  void whatLacksNothingButNodsIsAskedForAgainAndNeverGranted() {
    Tracks turns = Tracks.head(1).perform(List.of(TURN_LEFT, TURN_RIGHT));
    assertThat(guidance(judge(turns, LOOK_UP, TURN_LEFT, TURN_RIGHT))).isEqualTo(Guidance.LOOK_UP);
    assertThat(guidance(judge(turns, TURN_LEFT, LOOK_DOWN, TURN_RIGHT)))
        .isEqualTo(Guidance.LOOK_DOWN);
    Tracks turn = Tracks.head(2).perform(List.of(TURN_LEFT));
    assertThat(guidance(judge(turn, LOOK_DOWN, TURN_LEFT, LOOK_UP))).isEqualTo(Guidance.LOOK_DOWN);

    assertThat(cause(judge(turns, TURN_RIGHT, LOOK_DOWN, TURN_LEFT))).isEqualTo("other-actions");
    assertThat(cause(judge(turns, COME_CLOSER, TURN_LEFT, TURN_RIGHT))).isEqualTo("other-actions");
    assertThat(cause(judge(turns, LOOK_UP, TURN_RIGHT))).isEqualTo("other-actions");
  }

  @ParameterizedTest
  @EnumSource(
      value = LivenessMode.class,
      names = {"ACTIVE", "ACTIVE_STRICT"})
  void aSheetIsLookedForInStrictModeOnly(LivenessMode mode) {
    List<LivenessAction> asked = List.of(TURN_LEFT, TURN_RIGHT);
    boolean strict = mode == LivenessMode.ACTIVE_STRICT;

    // A head of much relief may look like a sheet in its pixels, but not almost exactly so.
    Track head = Tracks.withDepth(1, 0.65).perform(asked).track();
    assertThat(judge.judge(head, asking(asked), mode, (f, t) -> .80)).isInstanceOf(BonaFide.class);
    assertThat(judge.judge(head, asking(asked), mode, (f, t) -> .96)).isInstanceOf(BonaFide.class);
    LivenessVerdict exact = judge.judge(head, asking(asked), mode, (f, t) -> .99);
    assertThat(exact).isInstanceOf(strict ? Attack.class : BonaFide.class);

    // A face of some relief is a head where no sheet explains it.
    Track some = Tracks.withDepth(1, 0.53).perform(asked).track();
    assertThat(judge.judge(some, asking(asked), mode, (f, t) -> .80)).isInstanceOf(BonaFide.class);
    LivenessVerdict explained = judge.judge(some, asking(asked), mode, (f, t) -> .96);
    assertThat(explained).isInstanceOf(strict ? Attack.class : BonaFide.class);

    // What has little is none, whatever the pixels say.
    Track little = Tracks.withDepth(1, 0.42).perform(asked).track();
    LivenessVerdict flat = judge.judge(little, asking(asked), mode, (f, t) -> .10);
    assertThat(flat).isInstanceOf(strict ? Attack.class : BonaFide.class);
    if (strict) {
      assertThat(cause(exact)).isEqualTo("sheet");
      assertThat(cause(explained)).isEqualTo("sheet");
      assertThat(cause(flat)).isEqualTo("flat-relief");
    }
  }

  @Test
  void whoCannotTurnIsAskedAgainInStrictModeWhereASheetExplainsTheNods() {
    List<LivenessAction> asked = List.of(LOOK_UP, LOOK_DOWN);
    Track nods = Tracks.head(1).perform(asked).track();
    LivenessMode strict = LivenessMode.ACTIVE_STRICT;

    assertThat(judge.judge(nods, asking(asked), strict, (f, t) -> .80))
        .isInstanceOf(BonaFide.class);
    assertThat(guidance(judge.judge(nods, asking(asked), strict, (f, t) -> .95)))
        .isEqualTo(Guidance.REPEAT_CHALLENGE);
    assertThat(judge.judge(nods, asking(asked), strict, (f, t) -> .99)).isInstanceOf(Attack.class);
  }

  @Test
  void anApproachWithoutPerspectiveIsFlatInStrictMode() {
    List<LivenessAction> asked = List.of(TURN_LEFT, COME_CLOSER);
    Track head = Tracks.withDepth(1, 0.53).perform(asked).track();
    Track paper = Tracks.withDepth(1, 0.53).approachingLikePaper().perform(asked).track();
    Track deep = Tracks.withDepth(1, 0.65).approachingLikePaper().perform(asked).track();

    assertThat(judge.judge(head, asking(asked), LivenessMode.ACTIVE_STRICT, (f, t) -> .8))
        .isInstanceOf(BonaFide.class);
    assertThat(cause(judge.judge(paper, asking(asked), LivenessMode.ACTIVE_STRICT, (f, t) -> .8)))
        .isEqualTo("flat-approach");
    // What turned with much relief is a head, whatever a few pixels of its approach say.
    assertThat(judge.judge(deep, asking(asked), LivenessMode.ACTIVE_STRICT, (f, t) -> .8))
        .isInstanceOf(BonaFide.class);
  }

  @Test
  void anotherFaceIsAnAttack() {
    Tracks cut = Tracks.head(1).hold(6, 0, 0, 1).swapped().perform(List.of(TURN_LEFT, LOOK_UP));

    assertThat(cause(judge(cut, TURN_LEFT, LOOK_UP))).isEqualTo("another-face");
  }

  @Test
  void oneBadFrameIsAllowed() {
    Tracks hand =
        Tracks.head(1)
            .hold(6, 0, 0, 1)
            .swapped()
            .hold(1, 0, 0, 1)
            .swapped()
            .perform(List.of(TURN_LEFT, LOOK_UP));

    assertThat(judge(hand, TURN_LEFT, LOOK_UP)).isInstanceOf(BonaFide.class);
  }

  @Test
  void framesOfAnotherFaceInBetweenAreAnAttack() {
    Tracks swap =
        Tracks.head(1)
            .hold(6, 0, 0, 1)
            .swapped()
            .hold(3, 0, 0, 1)
            .swapped()
            .perform(List.of(TURN_LEFT, LOOK_UP));

    assertThat(cause(judge(swap, TURN_LEFT, LOOK_UP))).isEqualTo("another-face");
  }

  @Test
  void aStillPictureAndALoopAreAttacks() {
    List<FrameSignals> frames = Tracks.head(1).perform(List.of(TURN_LEFT, LOOK_UP)).frames();

    assertThat(cause(judge(repeating(frames, 1, 30), List.of(TURN_LEFT, LOOK_UP))))
        .isEqualTo("still-picture");
    assertThat(cause(judge(repeating(frames, 2, 2), List.of(TURN_LEFT, LOOK_UP))))
        .isEqualTo("looped");
    // A camera in the dark sends every frame twice.
    assertThat(judge(repeating(frames, 1, 15), List.of(TURN_LEFT, LOOK_UP)))
        .isInstanceOf(BonaFide.class);
  }

  private static Track repeating(List<FrameSignals> frames, int kind, int count) {
    List<FrameSignals> changed = new ArrayList<>();
    for (int i = 0; i < frames.size(); i++) {
      FrameSignals f = frames.get(i);
      changed.add(
          new FrameSignals(
              f.ms(),
              f.shape(),
              f.yaw(),
              f.pitch(),
              f.boxHeight(),
              f.openness(),
              f.glare(),
              f.red(),
              f.green(),
              f.blue(),
              f.likeness(),
              f.identity(),
              f.reference(),
              i > 0 && i <= count ? kind : 0));
    }
    return Tracks.of(changed);
  }

  @Test
  void aFaceThatJumpsIsAnAttack() {
    Tracks jump = Tracks.head(1).hold(8, 0, 0, 1).hold(8, 0, 0, 1.6);

    assertThat(cause(judge(jump, COME_CLOSER, TURN_LEFT))).isEqualTo("jump");
  }

  @Test
  void framesWithoutAFaceOrWithSeveralAreNotAcquired() {
    List<LivenessAction> asked = List.of(TURN_LEFT, LOOK_UP);
    List<FrameSignals> frames = Tracks.head(1).perform(asked).frames();

    assertThat(guidance(judge(missing(frames, 3, 0), asked))).isEqualTo(Guidance.NO_FACE);
    assertThat(guidance(judge(missing(frames, 3, 2), asked))).isEqualTo(Guidance.SEVERAL_FACES);
    assertThat(guidance(judge(new Track(), asked))).isEqualTo(Guidance.NO_FACE);
  }

  private static Track missing(List<FrameSignals> frames, int every, int faces) {
    Track track = new Track();
    for (int i = 0; i < frames.size(); i++) {
      if (i % every == 0) {
        track.miss(frames.get(i).ms(), faces);
      } else {
        track.add(frames.get(i));
      }
    }
    return track;
  }

  @Test
  void theRateOfFramesDoesNotMatter() {
    List<LivenessAction> asked = List.of(TURN_LEFT, TURN_RIGHT);
    for (int fps : new int[] {5, 8, 12, 15}) {
      assertThat(judge(Tracks.headAt(fps, fps).perform(asked).track(), asked))
          .as("%d", fps)
          .isInstanceOf(BonaFide.class);
    }
  }

  @Test
  void thresholdsThatWouldNeverVetoAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> with(Double.NaN, .92));
    assertThatIllegalArgumentException().isThrownBy(() -> with(-1, .92));
    assertThatIllegalArgumentException().isThrownBy(() -> with(18, .995));
  }

  private static LivenessThresholds with(double yaw, double doubt) {
    return new LivenessThresholds(
        80,
        yaw,
        .12,
        .3,
        12,
        .1,
        .3,
        1.35,
        3,
        20,
        .98,
        doubt,
        .44,
        .5,
        .012,
        .55,
        .6,
        .28,
        1.3,
        .4,
        .4,
        .6,
        .2,
        ScreenThresholds.ofDefaults());
  }

  private static String cause(LivenessVerdict verdict) {
    assertThat(verdict).isInstanceOf(Attack.class);
    return ((Attack) verdict).cause();
  }

  private static Guidance guidance(LivenessVerdict verdict) {
    assertThat(verdict).isInstanceOf(Undetermined.class);
    return ((Undetermined) verdict).guidance();
  }
}
