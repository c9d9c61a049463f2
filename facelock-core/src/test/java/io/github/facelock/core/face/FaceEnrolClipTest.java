package io.github.facelock.core.face;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.Consent;
import io.github.facelock.api.enrolment.FaceEnrolment;
import io.github.facelock.api.enrolment.FaceEnrolment.NotAcquired;
import io.github.facelock.api.enrolment.FaceEnrolment.Reason;
import io.github.facelock.api.enrolment.FaceEnrolment.Refused;
import io.github.facelock.api.enrolment.FaceReference;
import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.face.Guidance;
import io.github.facelock.api.face.LivenessChallenge;
import io.github.facelock.api.face.LivenessNeed;
import io.github.facelock.api.face.LivenessVerdict;
import io.github.facelock.api.face.ObservedFace;
import io.github.facelock.api.policy.LivenessMode;
import io.github.facelock.core.match.ExactTemplateIndex;
import io.github.facelock.spi.Watch;
import io.github.facelock.spi.face.ClipWatch;
import io.github.facelock.spi.face.LivenessDetector;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A reference is taken from a clip as strictly as a login is granted to one. */
class FaceEnrolClipTest {

  private static final SubjectId ANNA = SubjectId.of("anna");
  private static final Duration WAITED = Duration.ofSeconds(5);
  private static final int A_FACE = 1;

  private final ScriptedFaces.Embedder embedder = new ScriptedFaces.Embedder("m");
  private final Stores.Credentials credentials = new Stores.Credentials();
  private LivenessVerdict verdict = new LivenessVerdict.BonaFide(Map.of());
  private LivenessMode judgedAs = LivenessMode.NONE;
  private final FaceEnroller enroller =
      new FaceEnroller(
          ScriptedFaces.pipeline(embedder, new Watcher()).with(QualityRules.forEnrolment()),
          credentials,
          new Stores.Subjects().with("anna"),
          new ExactTemplateIndex(embedder.model().id(), embedder.dimension()),
          new SecureRandom(),
          Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
          EnrolmentRules.defaults(),
          Watch.nobody(),
          (subject, entry) -> {},
          () -> {});
  private final LivenessChallenge challenge =
      Stores.challenges().draw(ANNA, Set.of(), LivenessMode.ACTIVE, Instant.EPOCH).orElseThrow();

  /** Says of every clip what the test wants. */
  private final class Watcher implements LivenessDetector {
    @Override
    public LivenessVerdict judge(List<ObservedFace> faces) {
      return new LivenessVerdict.BonaFide(Map.of());
    }

    @Override
    public Optional<ClipWatch> watch(LivenessChallenge asked, LivenessMode mode) {
      judgedAs = mode;
      return Optional.of(
          new ClipWatch() {
            @Override
            public void see(ObservedFace face) {}

            @Override
            public void miss(Duration at, int faces) {}

            @Override
            public LivenessVerdict verdict() {
              return verdict;
            }
          });
    }
  }

  private FaceEnrolment offer(int faces, Duration waited) {
    List<CapturedFrame> frames = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      frames.add(
          CapturedFrame.decoded(
              Duration.ofMillis(100L * i),
              ScriptedFaces.frame(A_FACE, faces, 0).picture().orElseThrow()));
    }
    return enroller.enrolClip(
        ANNA,
        Capture.of(frames),
        Consent.to("consent-1"),
        challenge,
        LivenessMode.ACTIVE_STRICT,
        waited);
  }

  @Test
  void aLiveAnswerGivesAReference() {
    assertThat(offer(1, WAITED)).isInstanceOf(FaceEnrolment.Enrolled.class);
    assertThat(enroller.references(ANNA))
        .hasSize(1)
        .allMatch(reference -> reference.kind() == FaceReference.Kind.ENROLLED)
        .allMatch(reference -> reference.consent().document().equals("consent-1"));
    assertThat(judgedAs).isEqualTo(LivenessMode.ACTIVE_STRICT);
  }

  @Test
  void anAttackIsRefusedAndADoubtIsAskedAgain() {
    verdict = new LivenessVerdict.Attack("sheet", Map.of());
    assertThat(offer(1, WAITED)).isEqualTo(new Refused(Reason.ATTACK_SUSPECTED));
    verdict = new LivenessVerdict.Undetermined(Guidance.TURN_LEFT, Map.of());
    assertThat(offer(1, WAITED)).isEqualTo(new NotAcquired(Guidance.TURN_LEFT));
    assertThat(credentials.all).isEmpty();
  }

  @Test
  void anAnswerThatComesTooLateOrBeforeItsQuestionIsNotLookedAt() {
    Duration life = challenge.answerWithin();
    assertThat(offer(1, life.plusMillis(1))).isEqualTo(new NotAcquired(Guidance.REPEAT_CHALLENGE));
    assertThat(offer(1, Duration.ofMillis(-1)))
        .isEqualTo(new NotAcquired(Guidance.REPEAT_CHALLENGE));
    assertThat(judgedAs).isEqualTo(LivenessMode.NONE);
    assertThat(offer(1, life)).isInstanceOf(FaceEnrolment.Enrolled.class);
  }

  @Test
  void aSecondFaceAndNoFaceAreTold() {
    assertThat(offer(2, WAITED)).isEqualTo(new NotAcquired(Guidance.SEVERAL_FACES));
    assertThat(offer(0, WAITED)).isEqualTo(new NotAcquired(Guidance.NO_FACE));
  }

  @Test
  void needsLeaveActionsOutAndTooManyLeaveNothing() {
    Optional<LivenessChallenge> drawn =
        Stores.challenges()
            .draw(ANNA, Set.of(LivenessNeed.NO_NODDING), LivenessMode.ACTIVE, Instant.EPOCH);
    assertThat(drawn.orElseThrow().actions())
        .doesNotContainAnyElementsOf(LivenessNeed.NO_NODDING.excluded());
    assertThat(
            Stores.challenges()
                .draw(
                    ANNA,
                    Set.of(LivenessNeed.NO_TURNING, LivenessNeed.NO_NODDING),
                    LivenessMode.ACTIVE,
                    Instant.EPOCH))
        .isEmpty();
  }
}
