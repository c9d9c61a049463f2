package io.github.facelock.core.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.Consent;
import io.github.facelock.api.enrolment.FaceEnrolment;
import io.github.facelock.api.enrolment.FaceEnrolment.Enrolled;
import io.github.facelock.api.enrolment.FaceEnrolment.NotAcquired;
import io.github.facelock.api.enrolment.FaceEnrolment.Reason;
import io.github.facelock.api.enrolment.FaceEnrolment.Refused;
import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.face.Guidance;
import io.github.facelock.api.face.LivenessVerdict;
import io.github.facelock.core.AtOnce;
import io.github.facelock.core.match.ExactTemplateIndex;
import io.github.facelock.spi.Watch;
import io.github.facelock.spi.face.LivenessDetector;
import io.github.facelock.spi.store.Credential;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FaceEnrollerTest {

  private static final SubjectId ANNA = SubjectId.of("anna");
  private static final SubjectId BERT = SubjectId.of("bert");

  private final ScriptedFaces.Embedder embedder = new ScriptedFaces.Embedder("scripted");
  private final Stores.Credentials credentials = new Stores.Credentials();
  private final Stores.Subjects subjects = new Stores.Subjects().with("anna", "bert");
  private final ExactTemplateIndex index = emptyIndex();
  private final FaceEnroller enroller = enroller(EnrolmentRules.defaults());

  private ExactTemplateIndex emptyIndex() {
    return new ExactTemplateIndex(embedder.model().id(), embedder.dimension());
  }

  private FaceEnroller enroller(EnrolmentRules rules, LivenessDetector... liveness) {
    return new FaceEnroller(
        ScriptedFaces.pipeline(embedder, liveness).with(QualityRules.forEnrolment()),
        credentials,
        subjects,
        index,
        new SecureRandom(),
        Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
        rules,
        Watch.nobody(),
        (subject, entry) -> {},
        () -> {});
  }

  @Test
  void aReferenceIsStoredWithModelAndConsentAndCanBeFound() {
    FaceEnrolment result = enrol(ANNA, frame(1, 0));
    assertThat(result).isInstanceOf(Enrolled.class);
    Credential stored = credentials.all.get(0);
    assertThat(((Enrolled) result).references()).containsExactly(stored.id());
    assertThat(stored.factor()).isEqualTo(FactorType.FACE);
    assertThat(stored.attributes())
        .containsEntry("model", "scripted")
        .containsEntry("consent", "consent-1");
    assertThat(stored.secretData()).hasSize(1 + 4 * 16).startsWith(1);
    assertThat(index.size()).isEqualTo(1);
  }

  @Test
  void ofACaptureTheMostDifferentFramesAreKept() {
    FaceEnrolment result =
        enrol(ANNA, frame(1, 0), frame(1, 1), frame(1, 40), frame(1, 2), frame(1, 60));
    assertThat(((Enrolled) result).references()).hasSize(3);
  }

  @Test
  void nearlyEqualFramesGiveOneReference() {
    FaceEnrolment result = enrol(ANNA, frame(1, 0), frame(1, 1), frame(1, 2));
    assertThat(((Enrolled) result).references()).hasSize(1);
  }

  @Test
  void aCaptureMustShowOnePersonOnly() {
    assertThat(enrol(ANNA, frame(1, 0), frame(2, 0)))
        .isEqualTo(new NotAcquired(Guidance.DIFFERENT_PEOPLE));
    assertThat(enrol(ANNA, frame(1, 0), frame(1, 0), ScriptedFaces.frame(1, 2, 0)))
        .isEqualTo(new NotAcquired(Guidance.SEVERAL_FACES));
    assertThat(enrol(ANNA, frame(0, 0))).isEqualTo(new NotAcquired(Guidance.NO_FACE));
    assertThat(credentials.all).isEmpty();
    assertThat(index.size()).isZero();
  }

  @Test
  void newReferencesMustAgreeWithTheOldOnes() {
    enrol(ANNA, frame(1, 0));
    assertThat(enrol(ANNA, frame(2, 0))).isEqualTo(new Refused(Reason.DIFFERENT_PERSON));
    assertThat(enrol(ANNA, frame(1, 30))).isInstanceOf(Enrolled.class);
  }

  @Test
  void anotherSubjectsFaceIsRefusedMarkedOrAllowedByRule() {
    enrol(ANNA, frame(1, 0));
    assertThat(enrol(BERT, frame(1, 0))).isEqualTo(new Refused(Reason.DUPLICATE_PERSON));
    EnrolmentRules rules = EnrolmentRules.defaults();
    enroller(rules.with(DuplicateRule.WARN)).enrol(BERT, capture(frame(1, 0)), consent());
    assertThat(credentials.all.get(1).attributes()).containsEntry("duplicate-of", "anna");
    enroller(rules.with(DuplicateRule.ALLOW)).enrol(BERT, capture(frame(1, 0)), consent());
    assertThat(credentials.all.get(2).attributes()).doesNotContainKey("duplicate-of");
  }

  @Test
  void ofParallelEnrolmentsOfOnePersonForManySubjectsOnePasses() {
    for (int round = 1; round <= 10; round++) {
      int person = round;
      String prefix = "subject-" + round + "-";
      subjects.with(
          java.util.stream.IntStream.range(0, 8).mapToObj(i -> prefix + i).toArray(String[]::new));
      List<FaceEnrolment> results =
          AtOnce.call(8, i -> enrol(SubjectId.of(prefix + i), frame(person, 0)));

      assertThat(results.stream().filter(Enrolled.class::isInstance)).hasSize(1);
    }
    assertThat(credentials.all).hasSize(10);
  }

  @Test
  void theNumberOfReferencesIsLimited() {
    for (int i = 0; i < 10; i++) {
      assertThat(enrol(ANNA, frame(1, 0))).isInstanceOf(Enrolled.class);
    }
    assertThat(enrol(ANNA, frame(1, 0))).isEqualTo(new Refused(Reason.TOO_MANY_REFERENCES));
    assertThat(credentials.all).hasSize(10);
  }

  @Test
  void unknownAndSuspendedSubjectsAreNotEnrolled() {
    assertThat(enrol(SubjectId.of("nobody"), frame(1, 0)))
        .isEqualTo(new Refused(Reason.UNKNOWN_SUBJECT));
    subjects.suspend("anna");
    assertThat(enrol(ANNA, frame(1, 0))).isEqualTo(new Refused(Reason.UNKNOWN_SUBJECT));
  }

  @Test
  void aSuspectedAttackIsNotEnrolled() {
    FaceEnroller guarded =
        enroller(EnrolmentRules.defaults(), faces -> new LivenessVerdict.Attack("flat", Map.of()));
    assertThat(guarded.enrol(ANNA, capture(frame(1, 0)), consent()))
        .isEqualTo(new Refused(Reason.ATTACK_SUSPECTED));
  }

  @Test
  void removalReachesStoreAndIndex() {
    Enrolled enrolled = (Enrolled) enrol(ANNA, frame(1, 0), frame(1, 50));
    assertThat(enrolled.references()).hasSize(2);
    assertThat(enroller.remove(ANNA, enrolled.references().get(0))).isTrue();
    assertThat(enroller.remove(ANNA, enrolled.references().get(0))).isFalse();
    assertThat(index.size()).isEqualTo(1);
    assertThat(enroller.removeAll(ANNA)).isEqualTo(1);
    assertThat(index.size()).isZero();
    assertThat(credentials.all).isEmpty();
  }

  @Test
  void removalLeavesCredentialsOfOtherFactorsAlone() {
    CredentialId id = new CredentialId("totp-1");
    credentials.insert(
        Credential.create(id, ANNA, FactorType.TOTP, Instant.EPOCH, Map.of(), new byte[] {1}));
    assertThat(enroller.remove(ANNA, id)).isFalse();
    assertThat(credentials.all).hasSize(1);
  }

  @Test
  void theIndexIsFilledFromTheStore() {
    enrol(ANNA, frame(1, 0), frame(1, 50));
    enrol(BERT, frame(2, 0));
    credentials.insert(
        Credential.create(
            new CredentialId("old"),
            ANNA,
            FactorType.FACE,
            Instant.EPOCH,
            Map.of("model", "older"),
            new byte[3]));
    ExactTemplateIndex fresh = emptyIndex();
    FaceEnroller restarted =
        new FaceEnroller(
            ScriptedFaces.pipeline(embedder),
            credentials,
            subjects,
            fresh,
            new SecureRandom(),
            Clock.systemUTC(),
            EnrolmentRules.defaults(),
            Watch.nobody(),
            (subject, entry) -> {},
            () -> {});
    assertThat(restarted.loadIndex()).isEqualTo(3);
    assertThat(fresh.size()).isEqualTo(3);
  }

  @Test
  void aDamagedReferenceIsNamed() {
    for (byte[] data : List.of(new byte[0], new byte[65], new byte[] {1, 2})) {
      credentials.all.clear();
      credentials.insert(
          Credential.create(
              new CredentialId("broken-1"),
              ANNA,
              FactorType.FACE,
              Instant.EPOCH,
              Map.of("model", "scripted"),
              data));
      assertThatThrownBy(enroller::loadIndex)
          .isInstanceOf(FaceLockException.Store.class)
          .hasMessageContaining("broken-1");
    }
  }

  private FaceEnrolment enrol(SubjectId subject, CapturedFrame... frames) {
    return enroller.enrol(subject, capture(frames), consent());
  }

  private static Consent consent() {
    return Consent.to("consent-1");
  }

  private static Capture capture(CapturedFrame... frames) {
    return Capture.of(List.of(frames));
  }

  private static CapturedFrame frame(int person, int unlike) {
    return ScriptedFaces.frame(person, 1, unlike);
  }
}
