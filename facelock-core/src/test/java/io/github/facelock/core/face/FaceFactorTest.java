package io.github.facelock.core.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Response;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.Consent;
import io.github.facelock.api.enrolment.FaceEnrolment;
import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.face.Guidance;
import io.github.facelock.api.face.LivenessVerdict;
import io.github.facelock.api.policy.LivenessMode;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.api.policy.SeveralFaces;
import io.github.facelock.core.match.ExactTemplateIndex;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.FactorState;
import io.github.facelock.spi.Verification;
import io.github.facelock.spi.Verification.NotAcquired;
import io.github.facelock.spi.Verification.Refused;
import io.github.facelock.spi.Verification.Verified;
import io.github.facelock.spi.Watch;
import io.github.facelock.spi.face.LivenessDetector;
import io.github.facelock.spi.store.Credential;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaceFactorTest {

  private static final int ANNA = 1;
  private static final int BERT = 2;
  private static final int STRANGER = 9;

  private final ScriptedFaces.Embedder embedder = new ScriptedFaces.Embedder("scripted");
  private final Stores.Credentials credentials = new Stores.Credentials();
  private final Stores.Subjects subjects = new Stores.Subjects().with("anna", "bert", "empty");
  private final ExactTemplateIndex index =
      new ExactTemplateIndex(embedder.model().id(), embedder.dimension());
  private final FaceFactor factor = factor(embedder);

  private FaceFactor factor(ScriptedFaces.Embedder model, LivenessDetector... liveness) {
    return new FaceFactor(
        ScriptedFaces.pipeline(model, liveness),
        credentials,
        subjects,
        index,
        Watch.nobody(),
        Stores.LEARNS_NOTHING,
        Stores.challenges());
  }

  @BeforeEach
  void enrolAnnaAndBert() {
    FaceEnroller enroller =
        new FaceEnroller(
            ScriptedFaces.pipeline(embedder),
            credentials,
            subjects,
            index,
            new SecureRandom(),
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
            EnrolmentRules.defaults(),
            Watch.nobody(),
            (subject, entry) -> {},
            () -> {});
    assertThat(enroller.enrol(SubjectId.of("anna"), capture(frame(ANNA)), Consent.to("c1")))
        .isInstanceOf(FaceEnrolment.Enrolled.class);
    assertThat(enroller.enrol(SubjectId.of("bert"), capture(frame(BERT)), Consent.to("c1")))
        .isInstanceOf(FaceEnrolment.Enrolled.class);
  }

  @Test
  void theEnrolledPersonIsVerified() {
    Verification verdict = verify("anna", frame(ANNA), frame(ANNA, 20));
    assertThat(verdict).isInstanceOf(Verified.class);
    assertThat(((Verified) verdict).subject()).isEqualTo(SubjectId.of("anna"));
    assertThat(verdict.details())
        .containsEntry("model", "scripted")
        .containsEntry("frames", "2")
        .containsEntry("compared", "2");
    // Named for the pictures of alerts.
    assertThat(verify("anna", frame(0), frame(0), frame(ANNA)).details())
        .containsEntry("frame", "2");
  }

  @Test
  void anotherPersonIsRefused() {
    assertThat(cause(verify("anna", frame(BERT)))).isEqualTo("no-match");
    assertThat(cause(verify("anna", frame(STRANGER)))).isEqualTo("no-match");
  }

  @Test
  void unknownSuspendedAndUnenrolledSubjectsGetTheSameWorkAndAnswer() {
    subjects.suspend("bert");
    for (String claimed : List.of("nobody", "bert", "empty")) {
      int calls = embedder.calls;
      int reads = credentials.reads;
      assertThat(cause(verify(claimed, frame(BERT), frame(BERT)))).isEqualTo("no-match");
      assertThat(embedder.calls - calls).as(claimed).isEqualTo(2);
      assertThat(credentials.reads - reads).as(claimed).isEqualTo(1);
    }
  }

  @Test
  void whatCannotBeJudgedIsNotAcquired() {
    assertThat(guidance(verify("anna", frame(0)))).isEqualTo(Guidance.NO_FACE);
    assertThat(guidance(verify("anna", ScriptedFaces.frame(ANNA, 2, 0))))
        .isEqualTo(Guidance.SEVERAL_FACES);
    assertThat(guidance(verify("anna", ScriptedFaces.frame(ANNA, 1, 0, 0))))
        .isEqualTo(Guidance.TOO_DARK);
    assertThat(guidance(verify("anna", ScriptedFaces.frame(0, 0, 0, 0))))
        .isEqualTo(Guidance.TOO_DARK);
    byte[] junk = {1, 2, 3};
    assertThat(guidance(verify("anna", Capture.ofImage(junk), policy(10_000))))
        .isEqualTo(Guidance.UNREADABLE_PICTURE);
  }

  @Test
  void anAnswerOfAnotherFormIsRefused() {
    assertThat(
            cause(
                factor.verify(
                    context("anna", policy(10_000)), FactorState.empty(), Response.pin("1234"))))
        .isEqualTo("no-match");
  }

  @Test
  void aDoorJudgesTheLargestFace() {
    Policy door =
        Policy.named("door")
            .step(FactorType.PIN)
            .step(FactorType.FACE)
            .severalFaces(SeveralFaces.LARGEST)
            .withoutLiveness()
            .build();
    assertThat(verify("anna", capture(ScriptedFaces.frame(ANNA, 3, 0)), door))
        .isInstanceOf(Verified.class);
  }

  @Test
  void framesOfDifferentPeopleAreNotJudged() {
    assertThat(guidance(verify("anna", frame(ANNA), frame(ANNA), frame(STRANGER))))
        .isEqualTo(Guidance.DIFFERENT_PEOPLE);
  }

  @Test
  void theLuckiestFrameDoesNotDecide() {
    // All frames resemble each other, but only one of five is like the reference: 75 % off scores
    // .32, below the threshold of .4.
    CapturedFrame poor = frame(ANNA, 75);
    assertThat(cause(verify("anna", poor, poor, frame(ANNA, 60), poor, poor)))
        .isEqualTo("no-match");
    CapturedFrame good = frame(ANNA, 10);
    assertThat(verify("anna", good, good, frame(ANNA, 60), good, frame(ANNA, 60)))
        .isInstanceOf(Verified.class);
  }

  @Test
  void ofTwoFramesBothMustMatch() {
    assertThat(FusedScore.median(new float[] {0.9f, 0.1f})).isEqualTo(0.1f);
    assertThat(FusedScore.median(new float[] {0.9f, 0.1f, 0.5f})).isEqualTo(0.5f);
    assertThat(FusedScore.median(new float[] {0.3f})).isEqualTo(0.3f);
  }

  @Test
  void moreReferencesRaiseTheThreshold() {
    // At 1 in 10 000 the threshold is .4, with ten references 1 in 100 000: .5.
    CapturedFrame between = frame(ANNA, 67);
    assertThat(verify("anna", between)).isInstanceOf(Verified.class);
    addReferences(9);
    assertThat(cause(verify("anna", between))).isEqualTo("no-match");
  }

  /** More references of Anna's, equal to her first. */
  private void addReferences(int count) {
    Credential own = credentials.all.get(0);
    for (int i = 0; i < count; i++) {
      credentials.insert(
          Credential.create(
              new CredentialId("more-" + i),
              own.subject(),
              own.factor(),
              own.createdAt(),
              own.attributes(),
              own.secretData()));
    }
  }

  /** The strictest measured rate, shared by ten references, lies beyond the measurements. */
  @Test
  void tenReferencesAtTheStrictestRateLetThePersonInAndNobodyElse() {
    addReferences(9);
    Policy strictest = policy(100_000);

    assertThat(verify("anna", capture(frame(ANNA)), strictest)).isInstanceOf(Verified.class);
    // One in a million is expected at .6; this scores .55, enough for one reference.
    CapturedFrame between = frame(ANNA, 60);
    assertThat(cause(verify("anna", capture(between), strictest))).isEqualTo("no-match");
    assertThat(cause(verify("anna", capture(frame(STRANGER)), strictest))).isEqualTo("no-match");
  }

  @Test
  void referencesOfAnotherModelAreIgnored() {
    FaceFactor other = factor(new ScriptedFaces.Embedder("newer"));
    Verification verdict =
        other.verify(
            context("anna", policy(10_000)),
            FactorState.empty(),
            Response.face(capture(frame(ANNA))));
    assertThat(cause(verdict)).isEqualTo("no-match");
    assertThat(verdict.details()).containsEntry("references", "0");
  }

  @Test
  void anyLivenessDetectorCanVeto() {
    LivenessDetector live = faces -> new LivenessVerdict.BonaFide(Map.of("depth", 0.5));
    LivenessDetector attack = faces -> new LivenessVerdict.Attack("flat", Map.of("flatness", 1.0));
    LivenessDetector doubt =
        faces -> new LivenessVerdict.Undetermined(Guidance.REPEAT_CHALLENGE, Map.of());
    assertThat(with(live)).isInstanceOf(Verified.class);
    assertThat(with(live).details()).containsEntry("liveness.depth", "0.500");
    assertThat(cause(with(live, attack))).isEqualTo("attack-suspected");
    assertThat(cause(with(doubt, attack, live))).isEqualTo("attack-suspected");
    assertThat(guidance(with(live, doubt))).isEqualTo(Guidance.REPEAT_CHALLENGE);
  }

  private Verification with(LivenessDetector... liveness) {
    return factor(embedder, liveness)
        .verify(
            context("anna", policy(10_000)),
            FactorState.empty(),
            Response.face(capture(frame(ANNA))));
  }

  @Test
  void aPassiveDetectorJudgesWhereThePolicySaysPassiveAndNowhereElse() {
    FaceFactor guarded =
        new FaceFactor(
            ScriptedFaces.pipeline(embedder)
                .withPassive(faces -> new LivenessVerdict.Attack("screen", Map.of("moire", 5.0))),
            credentials,
            subjects,
            index,
            Watch.nobody(),
            Stores.LEARNS_NOTHING,
            Stores.challenges());
    Policy passive =
        Policy.named("p")
            .step(FactorType.PIN)
            .step(FactorType.FACE)
            .liveness(LivenessMode.PASSIVE)
            .build();
    Response answer = Response.face(capture(frame(ANNA)));

    Verification judged = guarded.verify(context("anna", passive), FactorState.empty(), answer);
    assertThat(cause(judged)).isEqualTo("attack-suspected");
    assertThat(judged.details())
        .containsEntry("attack", "screen")
        .containsEntry("liveness.moire", "5.000");
    Policy none =
        Policy.named("p").step(FactorType.PIN).step(FactorType.FACE).withoutLiveness().build();
    assertThat(guarded.verify(context("anna", none), FactorState.empty(), answer))
        .isInstanceOf(Verified.class);
  }

  @Test
  void aRateBeyondTheMeasurementsIsAFaultOfTheSystem() {
    assertThatThrownBy(() -> verify("anna", capture(frame(ANNA)), policy(1_000_000)))
        .isInstanceOf(FaceLockException.Model.class)
        .hasMessageContaining("1 in 100000");
  }

  @Test
  void identificationFindsAnActivePerson() {
    assertThat(identify(frame(BERT), frame(BERT)))
        .isInstanceOfSatisfying(
            Verified.class, v -> assertThat(v.subject()).isEqualTo(SubjectId.of("bert")));
    assertThat(cause(identify(frame(STRANGER)))).isEqualTo("unknown-face");
    subjects.suspend("bert");
    assertThat(cause(identify(frame(BERT)))).isEqualTo("unknown-face");
  }

  @Test
  void identificationIsStricterTheMoreTemplatesThereAre() {
    // Two templates: 1 in 20 000 for each, about .43; this frame scores .42.
    CapturedFrame weak = frame(ANNA, 68);
    assertThat(verify("anna", weak)).isInstanceOf(Verified.class);
    assertThat(cause(identify(weak))).isEqualTo("unknown-face");
  }

  @Test
  void theQuestionIsTheSameForEverybody() {
    assertThat(factor.start(context("anna", policy(10_000))).parameters())
        .isEqualTo(factor.start(context("nobody", policy(10_000))).parameters())
        .containsEntry("frames", "5");
  }

  private static CapturedFrame frame(int person) {
    return ScriptedFaces.frame(person);
  }

  private static CapturedFrame frame(int person, int unlike) {
    return ScriptedFaces.frame(person, 1, unlike);
  }

  private static Capture capture(CapturedFrame... frames) {
    return Capture.of(List.of(frames));
  }

  private Verification verify(String claimed, CapturedFrame... frames) {
    return verify(claimed, capture(frames), policy(10_000));
  }

  private Verification verify(String claimed, Capture capture, Policy policy) {
    return factor.verify(context(claimed, policy), FactorState.empty(), Response.face(capture));
  }

  private Verification identify(CapturedFrame... frames) {
    FactorContext context =
        new FactorContext(
            "t",
            Optional.empty(),
            Optional.empty(),
            RequestContext.local(),
            policy(10_000),
            Instant.EPOCH);
    return factor.verify(context, FactorState.empty(), Response.face(capture(frames)));
  }

  private FactorContext context(String claimed, Policy policy) {
    SubjectId id = SubjectId.of(claimed);
    return new FactorContext(
        "t",
        Optional.of(id),
        subjects.find(id).filter(s -> !s.suspended()).map(s -> s.id()),
        RequestContext.local(),
        policy,
        Instant.EPOCH);
  }

  private static Policy policy(long strangers) {
    return Policy.named("web")
        .step(FactorType.PASSWORD)
        .step(FactorType.FACE)
        .falseMatchRateOneIn(strangers)
        .liveness(LivenessMode.PASSIVE)
        .build();
  }

  private static String cause(Verification verdict) {
    assertThat(verdict).isInstanceOf(Refused.class);
    return ((Refused) verdict).cause();
  }

  private static Guidance guidance(Verification verdict) {
    assertThat(verdict).isInstanceOf(NotAcquired.class);
    return ((NotAcquired) verdict).guidance();
  }
}
