package io.github.facelock.core.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Response;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.Consent;
import io.github.facelock.api.enrolment.FaceEnrolment;
import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.face.Guidance;
import io.github.facelock.api.face.LivenessChallenge;
import io.github.facelock.api.face.LivenessNeed;
import io.github.facelock.api.face.LivenessVerdict;
import io.github.facelock.api.face.ObservedFace;
import io.github.facelock.api.face.Picture;
import io.github.facelock.api.policy.LivenessMode;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.core.match.ExactTemplateIndex;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.FactorStart;
import io.github.facelock.spi.FactorState;
import io.github.facelock.spi.Verification;
import io.github.facelock.spi.Watch;
import io.github.facelock.spi.face.ClipWatch;
import io.github.facelock.spi.face.LivenessDetector;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the face factor makes of challenges, times and clips, whatever a client sends. */
class FaceFactorLivenessTest {

  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final int ANNA = 1;
  private static final int BERT = 2;

  private final ScriptedFaces.Embedder embedder = new ScriptedFaces.Embedder("m");
  private final Stores.Credentials credentials = new Stores.Credentials();
  private final Stores.Subjects subjects = new Stores.Subjects().with("anna");
  private final ExactTemplateIndex index =
      new ExactTemplateIndex(embedder.model().id(), embedder.dimension());
  private final Watcher watcher = new Watcher();
  private final FaceFactor factor = factor(watcher);

  /** Says of every clip what the test wants, and counts what it saw. */
  private static final class Watcher implements LivenessDetector {
    LivenessVerdict answer = new LivenessVerdict.BonaFide(Map.of("depth", .5));
    Optional<LivenessChallenge> asked = Optional.empty();
    int seen;
    int missed;

    @Override
    public LivenessVerdict judge(List<ObservedFace> faces) {
      return new LivenessVerdict.BonaFide(Map.of());
    }

    @Override
    public Optional<ClipWatch> watch(LivenessChallenge challenge, LivenessMode mode) {
      asked = Optional.of(challenge);
      return Optional.of(
          new ClipWatch() {
            @Override
            public void see(ObservedFace face) {
              seen++;
            }

            @Override
            public void miss(Duration at, int faces) {
              missed++;
            }

            @Override
            public LivenessVerdict verdict() {
              return answer;
            }
          });
    }
  }

  private FaceFactor factor(LivenessDetector... liveness) {
    return new FaceFactor(
        ScriptedFaces.pipeline(embedder, liveness),
        credentials,
        subjects,
        index,
        Watch.nobody(),
        Stores.LEARNS_NOTHING,
        Stores.challenges());
  }

  @BeforeEach
  void enrolAnna() {
    FaceEnroller enroller =
        new FaceEnroller(
            ScriptedFaces.pipeline(embedder),
            credentials,
            subjects,
            index,
            new SecureRandom(),
            Clock.fixed(NOW, ZoneOffset.UTC),
            EnrolmentRules.defaults(),
            Watch.nobody(),
            (subject, entry) -> {},
            () -> {});
    assertThat(
            enroller.enrol(
                SubjectId.of("anna"),
                Capture.of(List.of(ScriptedFaces.frame(ANNA, 1, 0))),
                Consent.to("c")))
        .isInstanceOf(FaceEnrolment.Enrolled.class);
  }

  private static FactorContext login(Instant now, LivenessNeed... needs) {
    SubjectId anna = SubjectId.of("anna");
    return new FactorContext(
        "tx",
        Optional.of(anna),
        Optional.of(anna),
        RequestContext.local().withLivenessNeeds(Set.of(needs)),
        Policy.named("p").step(FactorType.PASSWORD).step(FactorType.FACE).build(),
        now);
  }

  private Verification answer(Capture capture, Duration after) {
    FactorStart start = factor.start(login(NOW));
    return factor.verify(login(NOW.plus(after)), start.state(), Response.face(capture));
  }

  private static Capture clip(int frames, int apartMs, int person) {
    List<CapturedFrame> all = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      all.add(frame(i * apartMs, person, 1));
    }
    return Capture.of(all);
  }

  private static CapturedFrame frame(int ms, int person, int faces) {
    return CapturedFrame.decoded(
        Duration.ofMillis(ms), ScriptedFaces.frame(person, faces, 0).picture().orElseThrow());
  }

  @Test
  void whoIsAliveAndMatchesIsVerified() {
    Verification verdict = answer(clip(30, 100, ANNA), Duration.ofSeconds(5));

    assertThat(verdict).isInstanceOf(Verification.Verified.class);
    assertThat(verdict.details())
        .containsEntry("liveness.depth", "0.500")
        .containsEntry("compared", "5")
        .containsKey("challenge");
    assertThat(watcher.seen).isEqualTo(30);
  }

  /** So that the picture of an alert shows the face. */
  @Test
  void theBestFrameIsNamedByItsNumberInWhatWasSent() {
    // 60 frames per second, of which some are looked at, and only one of these has a face.
    List<CapturedFrame> frames = new ArrayList<>();
    for (int i = 0; i < 180; i++) {
      frames.add(frame(i * 17, i / 4 == 25 ? ANNA : 0, 1));
    }
    String named = answer(Capture.of(frames), Duration.ofSeconds(5)).details().get("frame");
    assertThat(Integer.parseInt(named)).isBetween(100, 103);

    watcher.answer = new LivenessVerdict.Attack("sheet", Map.of());
    assertThat(answer(Capture.of(frames), Duration.ofSeconds(5)).details())
        .containsEntry("frame", named);
    watcher.answer = new LivenessVerdict.BonaFide(Map.of());
    assertThat(answer(clip(30, 100, 0), Duration.ofSeconds(5)).details())
        .doesNotContainKey("frame");
  }

  @Test
  void theDetectorIsAskedAboutTheChallengeThatThePromptCarries() {
    FactorStart start = factor.start(login(NOW));
    factor.verify(login(NOW.plusSeconds(5)), start.state(), Response.face(clip(30, 100, ANNA)));

    assertThat(watcher.asked).isEqualTo(LivenessChallenge.in(start.parameters())).isPresent();
  }

  @Test
  void anAttackIsRefusedAndADoubtIsNotAcquiredHoweverWellTheFaceMatches() {
    watcher.answer = new LivenessVerdict.Attack("flat-turn", Map.of("flat-turn", 9.0));
    Verification refused = answer(clip(30, 100, ANNA), Duration.ofSeconds(5));
    assertThat(((Verification.Refused) refused).cause()).isEqualTo("attack-suspected");
    assertThat(refused.details())
        .containsEntry("attack", "flat-turn")
        .containsEntry("liveness.flat-turn", "9.000");

    watcher.answer = new LivenessVerdict.Undetermined(Guidance.TURN_LEFT, Map.of());
    assertThat(guidance(answer(clip(30, 100, ANNA), Duration.ofSeconds(5))))
        .isEqualTo(Guidance.TURN_LEFT);
  }

  @Test
  void anotherPersonWhoIsAliveDoesNotPass() {
    assertThat(answer(clip(30, 100, BERT), Duration.ofSeconds(5)))
        .isInstanceOf(Verification.Refused.class);
  }

  @Test
  void aChallengeIsAnsweredInTimeOrNotAtAll() {
    Capture clip = clip(30, 100, ANNA);

    assertThat(answer(clip, Duration.ofSeconds(30))).isInstanceOf(Verification.Verified.class);
    assertThat(guidance(answer(clip, Duration.ofMillis(30_001))))
        .isEqualTo(Guidance.REPEAT_CHALLENGE);
    // A clock that was set back does not make a challenge young again.
    assertThat(guidance(answer(clip, Duration.ofSeconds(-1)))).isEqualTo(Guidance.REPEAT_CHALLENGE);
  }

  @Test
  void aClipThatIsLongerThanTheServerWaitedIsNotOfThisChallenge() {
    assertThat(guidance(answer(clip(60, 100, ANNA), Duration.ofSeconds(3))))
        .isEqualTo(Guidance.UNUSABLE_CAPTURE);
  }

  /** A client's clock may run a little fast or slow; one that is set says nothing at all. */
  @Test
  void aSkewedClockOfTheClientIsBorneWithinLimits() {
    // Five seconds by the server's clock, in steps of 100 ms by a clock that is wrong.
    assertThat(answer(clip(51, 92, ANNA), Duration.ofSeconds(5)))
        .isInstanceOf(Verification.Verified.class);
    assertThat(answer(clip(51, 110, ANNA), Duration.ofSeconds(5)))
        .isInstanceOf(Verification.Verified.class);
    assertThat(guidance(answer(clip(51, 150, ANNA), Duration.ofSeconds(5))))
        .isEqualTo(Guidance.UNUSABLE_CAPTURE);

    // Times that begin anywhere: only differences count.
    List<CapturedFrame> late = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      late.add(frame(86_400_000 + i * 100, ANNA, 1));
    }
    assertThat(answer(Capture.of(late), Duration.ofSeconds(5)))
        .isInstanceOf(Verification.Verified.class);
    // A clock that is set back within the clip makes it one of no order.
    List<CapturedFrame> back = new ArrayList<>(clip(15, 100, ANNA).frames());
    back.addAll(clip(15, 90, ANNA).frames());
    assertThat(guidance(answer(Capture.of(back), Duration.ofSeconds(5))))
        .isEqualTo(Guidance.UNUSABLE_CAPTURE);
  }

  /** The challenge that was asked is the one that is sealed, whatever the frames were made for. */
  @Test
  void framesForAnothersChallengeAreHeldAgainstTheOwnOne() {
    FactorStart own = factor.start(login(NOW));
    FactorStart foreign = factor.start(login(NOW));
    assertThat(foreign.parameters()).isNotEqualTo(own.parameters());
    watcher.answer = new LivenessVerdict.Attack("other-actions", Map.of());

    Verification verdict =
        factor.verify(login(NOW.plusSeconds(5)), own.state(), Response.face(clip(30, 100, ANNA)));
    assertThat(watcher.asked).isEqualTo(LivenessChallenge.in(own.parameters()));
    assertThat(((Verification.Refused) verdict).cause()).isEqualTo("attack-suspected");
  }

  @Test
  void framesForNoChallengeAreNotJudged() {
    Capture clip = clip(30, 100, ANNA);
    for (FactorState state : List.of(FactorState.empty(), FactorState.of(new byte[] {7, 7}))) {
      assertThat(guidance(factor.verify(login(NOW.plusSeconds(5)), state, Response.face(clip))))
          .isEqualTo(Guidance.REPEAT_CHALLENGE);
    }
    assertThat(watcher.seen).isZero();
  }

  @Test
  void afterEachAnswerAnotherChallengeIsDrawn() {
    FactorStart first = factor.start(login(NOW));
    FactorStart second = factor.renew(login(NOW), first.state()).orElseThrow();
    FactorStart third = factor.restart(login(NOW), second.state());

    LivenessChallenge one = LivenessChallenge.in(first.parameters()).orElseThrow();
    LivenessChallenge two = LivenessChallenge.in(second.parameters()).orElseThrow();
    LivenessChallenge three = LivenessChallenge.in(third.parameters()).orElseThrow();
    assertThat(one.actions()).isNotEqualTo(two.actions());
    assertThat(two.actions()).isNotEqualTo(three.actions());
    assertThat(Set.of(one.nonce(), two.nonce(), three.nonce())).hasSize(3);
  }

  @Test
  void whoCanDoNothingOfThisChoosesAnotherFactor() {
    FactorStart start = factor.start(login(NOW, LivenessNeed.NO_TURNING, LivenessNeed.NO_NODDING));
    assertThat(start.parameters()).containsEntry("liveness", "unavailable");
    assertThat(
            guidance(
                factor.verify(
                    login(NOW.plusSeconds(5)), start.state(), Response.face(clip(30, 100, ANNA)))))
        .isEqualTo(Guidance.CHOOSE_ANOTHER_FACTOR);
  }

  @Test
  void framesOutOfOrderOrOfTwoClientsAreNotAcquired() {
    List<CapturedFrame> mixed = new ArrayList<>(clip(30, 100, ANNA).frames());
    Collections.swap(mixed, 10, 11);
    assertThat(guidance(answer(Capture.of(mixed), Duration.ofSeconds(5))))
        .isEqualTo(Guidance.UNUSABLE_CAPTURE);

    List<CapturedFrame> two = new ArrayList<>(clip(20, 100, ANNA).frames());
    two.addAll(clip(20, 100, ANNA).frames());
    assertThat(guidance(answer(Capture.of(two), Duration.ofSeconds(5))))
        .isEqualTo(Guidance.UNUSABLE_CAPTURE);

    List<CapturedFrame> same = new ArrayList<>(Collections.nCopies(30, frame(100, ANNA, 1)));
    assertThat(guidance(answer(Capture.of(same), Duration.ofSeconds(5))))
        .isEqualTo(Guidance.UNUSABLE_CAPTURE);
  }

  @Test
  void framesOfDifferentSizesAreNotAcquired() {
    List<CapturedFrame> frames = new ArrayList<>(clip(30, 100, ANNA).frames());
    frames.set(
        20,
        CapturedFrame.decoded(
            Duration.ofSeconds(2), Picture.copyOf(64, 64, new byte[64 * 64 * 3])));

    assertThat(guidance(answer(Capture.of(frames), Duration.ofSeconds(5))))
        .isEqualTo(Guidance.UNUSABLE_CAPTURE);
  }

  @Test
  void aDamagedFrameIsNotAcquired() {
    List<CapturedFrame> frames = new ArrayList<>(clip(30, 100, ANNA).frames());
    frames.set(20, CapturedFrame.encoded(Duration.ofSeconds(2), new byte[] {1, 2, 3}));

    assertThat(guidance(answer(Capture.of(frames), Duration.ofSeconds(5))))
        .isEqualTo(Guidance.UNREADABLE_PICTURE);
  }

  @Test
  void fiveFramesPerSecondAreEnoughAndOfSixtyOnlySomeAreLookedAt() {
    assertThat(answer(clip(16, 200, ANNA), Duration.ofSeconds(5)))
        .isInstanceOf(Verification.Verified.class);
    assertThat(guidance(answer(clip(12, 400, ANNA), Duration.ofSeconds(8))))
        .isEqualTo(Guidance.UNUSABLE_CAPTURE);

    watcher.seen = 0;
    assertThat(answer(clip(180, 17, ANNA), Duration.ofSeconds(5)))
        .isInstanceOf(Verification.Verified.class);
    assertThat(watcher.seen).isLessThanOrEqualTo(15 * 4);
  }

  @Test
  void aClipHasBounds() {
    assertThatIllegalArgumentException().isThrownBy(() -> clip(10_000, 10, ANNA));
    assertThat(guidance(answer(clip(10, 100, ANNA), Duration.ofSeconds(5))))
        .isEqualTo(Guidance.UNUSABLE_CAPTURE);
    assertThat(guidance(answer(clip(150, 100, ANNA), Duration.ofSeconds(20))))
        .isEqualTo(Guidance.UNUSABLE_CAPTURE);
  }

  @Test
  void framesWithoutOrWithSeveralFacesAreTold() {
    List<CapturedFrame> frames = new ArrayList<>(clip(30, 100, ANNA).frames());
    frames.set(3, frame(300, 0, 1));
    frames.set(7, frame(700, ANNA, 2));
    Verification verdict = answer(Capture.of(frames), Duration.ofSeconds(5));

    assertThat(watcher.missed).isEqualTo(2);
    assertThat(verdict.details())
        .containsEntry("guidance.no-face", "1")
        .containsEntry("guidance.several-faces", "1");
  }

  @Test
  void aChallengeThatNobodyWatchesIsAFault() {
    FaceFactor blind = factor();
    FactorStart start = blind.start(login(NOW));

    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                blind.verify(
                    login(NOW.plusSeconds(5)), start.state(), Response.face(clip(30, 100, ANNA))));
  }

  @Test
  void anotherDetectorCanVetoTheFramesThatAreCompared() {
    FaceFactor doubting = factor(watcher, faces -> new LivenessVerdict.Attack("screen", Map.of()));
    FactorStart start = doubting.start(login(NOW));

    assertThat(
            doubting.verify(
                login(NOW.plusSeconds(5)), start.state(), Response.face(clip(30, 100, ANNA))))
        .isInstanceOf(Verification.Refused.class);
  }

  private static Guidance guidance(Verification verdict) {
    assertThat(verdict).isInstanceOf(Verification.NotAcquired.class);
    return ((Verification.NotAcquired) verdict).guidance();
  }
}
