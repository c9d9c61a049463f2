package io.github.facelock.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.facelock.api.AssuranceLevel;
import io.github.facelock.api.DenialReason;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Feedback;
import io.github.facelock.api.Outcome;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Response;
import io.github.facelock.api.Secret;
import io.github.facelock.api.Step;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.Consent;
import io.github.facelock.api.enrolment.FaceEnrolment;
import io.github.facelock.api.enrolment.PasswordVerdict;
import io.github.facelock.api.enrolment.TotpParameters;
import io.github.facelock.api.enrolment.TotpProvisioning;
import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.Guidance;
import io.github.facelock.api.policy.Policies;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.core.otp.Base32;
import io.github.facelock.core.otp.Totp;
import io.github.facelock.core.store.memory.MemoryAuditLog;
import io.github.facelock.core.store.memory.MemoryCredentialStore;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.test.InMemoryMailbox;
import io.github.facelock.test.MutableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The whole, as an application sees it: real models, real hashes, real codes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaceLockTest {

  private static final SubjectId BEA = SubjectId.of("bea");
  private static final SubjectId UNKNOWN = SubjectId.of("nobody");
  private static final RequestContext REQUEST = RequestContext.from("192.0.2.7");
  private static final Capture BEAS_FACE = Capture.ofImage(DemoFaces.bea());
  private static final Capture DORAS_FACE = Capture.ofImage(DemoFaces.dora());

  private final MutableClock clock = MutableClock.at(Instant.parse("2026-11-21T12:00:00Z"));
  private final InMemoryMailbox mailbox = new InMemoryMailbox(FactorType.EMAIL_CODE);
  private final MemoryAuditLog audit = new MemoryAuditLog();
  private final MemoryCredentialStore stored = new MemoryCredentialStore();
  private FaceLock faceLock;
  private byte[] totpSecret;

  @BeforeAll
  void enrolBea() {
    faceLock =
        FaceLock.builder()
            .policy(Policies.web().withoutLiveness())
            .identificationPolicy(Policies.doorByFace().withoutLiveness())
            .clock(clock)
            .codeChannel(mailbox)
            .auditLog(audit)
            .credentialStore(stored)
            .build();
    assertThat(faceLock.enrolment().register(BEA)).isTrue();
    assertThat(faceLock.enrolment().register(BEA)).isFalse();
    assertThat(faceLock.enrolment().setPassword(BEA, Secret.of("password1")))
        .isEqualTo(PasswordVerdict.COMMON);
    assertThat(faceLock.enrolment().setPassword(BEA, Secret.of("correct horse battery")))
        .isEqualTo(PasswordVerdict.ACCEPTED);
    assertThat(faceLock.enrolment().enrolFace(BEA, BEAS_FACE, Consent.to("notice-1")))
        .isInstanceOf(FaceEnrolment.Enrolled.class);
    faceLock.enrolment().setEmail(BEA, Secret.of("bea@example.org"));
    TotpProvisioning provisioning = faceLock.enrolment().beginTotp(BEA, TotpParameters.COMPATIBLE);
    totpSecret = Base32.decode(new String(provisioning.secret().reveal())).orElseThrow();
    assertThat(
            faceLock.enrolment().confirmTotp(BEA, provisioning.credential(), Secret.of(totpCode())))
        .isTrue();
  }

  @AfterAll
  void close() {
    faceLock.close();
    faceLock.close();
  }

  private String totpCode() {
    return new Totp(TotpParameters.COMPATIBLE).code(totpSecret, clock.instant());
  }

  private Outcome begin(SubjectId claimed) {
    return faceLock.authenticator().begin(claimed, REQUEST);
  }

  private Outcome answer(Outcome outcome, Response response) {
    assertThat(outcome).isInstanceOf(Outcome.Challenge.class);
    return faceLock
        .authenticator()
        .advance(((Outcome.Challenge) outcome).handle(), response, REQUEST);
  }

  private static Step stepOf(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Challenge.class);
    return ((Outcome.Challenge) outcome).next();
  }

  @Test
  void passwordFaceAndTotpLetThePersonIn() {
    clock.advance(Duration.ofSeconds(60));
    Outcome outcome = answer(begin(BEA), Response.password("correct horse battery"));
    outcome = answer(outcome, Response.face(BEAS_FACE));
    outcome = answer(outcome, Response.totp(totpCode()));

    assertThat(outcome).isInstanceOf(Outcome.Granted.class);
    Outcome.Granted granted = (Outcome.Granted) outcome;
    assertThat(granted.subject()).isEqualTo(BEA);
    assertThat(granted.satisfied())
        .containsExactly(FactorType.PASSWORD, FactorType.FACE, FactorType.TOTP);
    assertThat(granted.level()).isEqualTo(AssuranceLevel.AAL2);
    assertThat(granted.proof().split("\\.", -1)).hasSize(3);
    assertThat(granted.toString()).doesNotContain(granted.proof());
  }

  @Test
  void aCodeIsMailedOnlyWhenItIsChosen() throws Exception {
    Outcome outcome = answer(begin(BEA), Response.password("correct horse battery"));
    outcome = answer(outcome, Response.face(BEAS_FACE));
    assertThat(stepOf(outcome).prompt(FactorType.EMAIL_CODE).orElseThrow().started()).isFalse();

    outcome = answer(outcome, new Response.Choice(FactorType.EMAIL_CODE));
    assertThat(stepOf(outcome).prompt(FactorType.EMAIL_CODE).orElseThrow().started()).isTrue();
    String code = mailbox.awaitCode("bea@example.org");
    assertThat(answer(outcome, Response.emailCode(code))).isInstanceOf(Outcome.Granted.class);
  }

  @Test
  void anotherFaceIsTurnedAway() {
    Outcome outcome = answer(begin(BEA), Response.password("correct horse battery"));
    assertThat(stepOf(answer(outcome, Response.face(DORAS_FACE))).feedback())
        .isEqualTo(new Feedback.NotVerified());
  }

  @Test
  void aPictureThatIsNoneIsNoFailedAttempt() {
    Outcome outcome = answer(begin(BEA), Response.password("correct horse battery"));
    outcome =
        answer(
            outcome, Response.face(Capture.ofImage("no picture".getBytes(StandardCharsets.UTF_8))));
    assertThat(stepOf(outcome).feedback())
        .isEqualTo(new Feedback.NotAcquired(Guidance.UNREADABLE_PICTURE));
    outcome = answer(outcome, Response.face(Capture.ofImage(DemoFaces.two())));
    assertThat(stepOf(outcome).feedback())
        .isEqualTo(new Feedback.NotAcquired(Guidance.SEVERAL_FACES));
    assertThat(stepOf(answer(outcome, Response.face(BEAS_FACE))).number()).isEqualTo(3);
  }

  @Test
  void theFaceAloneTellsWhoComes() {
    clock.advance(Duration.ofSeconds(60));
    Outcome outcome = faceLock.authenticator().begin(REQUEST);
    outcome = answer(outcome, Response.face(BEAS_FACE));
    outcome = answer(outcome, Response.totp(totpCode()));
    assertThat(outcome).isInstanceOf(Outcome.Granted.class);
    assertThat(((Outcome.Granted) outcome).subject()).isEqualTo(BEA);

    Outcome stranger = faceLock.authenticator().begin(REQUEST);
    assertThat(stepOf(answer(stranger, Response.face(DORAS_FACE))).feedback())
        .isEqualTo(new Feedback.NotVerified());
  }

  @Test
  void anUnknownNameIsLedLikeAKnownOneWithAWrongPassword() {
    List<String> known = feedbacks(BEA);
    List<String> unknown = feedbacks(UNKNOWN);
    assertThat(unknown).isEqualTo(known).last().isEqualTo("Denied[reason=NOT_VERIFIED]");
  }

  private List<String> feedbacks(SubjectId claimed) {
    List<String> seen = new ArrayList<>();
    Outcome outcome = begin(claimed);
    while (outcome instanceof Outcome.Challenge challenge) {
      seen.add(challenge.next().toString());
      outcome = answer(outcome, Response.password("a wrong password"));
    }
    seen.add(outcome.toString());
    return seen;
  }

  @Test
  void nothingSecretIsStoredInClear() {
    List<String> raw = new ArrayList<>();
    for (FactorType factor :
        List.of(FactorType.PASSWORD, FactorType.TOTP, FactorType.EMAIL_CODE, FactorType.FACE)) {
      assertThat(stored.find(BEA, factor)).as(factor.id()).isNotEmpty();
      stored
          .find(BEA, factor)
          .forEach(
              credential ->
                  raw.add(new String(credential.secretData(), StandardCharsets.ISO_8859_1)));
    }
    assertThat(raw)
        .noneMatch(text -> text.contains("bea@example.org"))
        .noneMatch(text -> text.contains("argon2id"))
        .noneMatch(text -> text.contains(new String(totpSecret, StandardCharsets.ISO_8859_1)));
  }

  @Test
  void suspendingErasingAndRemovingTakeEffect() {
    SubjectId dora = SubjectId.of("dora");
    faceLock.enrolment().register(dora);
    faceLock.enrolment().setPassword(dora, Secret.of("correct horse battery"));
    assertThat(faceLock.enrolment().enrolFace(dora, BEAS_FACE, Consent.to("notice-1")))
        .isEqualTo(new FaceEnrolment.Refused(FaceEnrolment.Reason.DUPLICATE_PERSON));
    assertThat(faceLock.enrolment().enrolFace(dora, DORAS_FACE, Consent.to("notice-1")))
        .isInstanceOf(FaceEnrolment.Enrolled.class);
    assertThat(faceLock.enrolment().enrolledFactors(dora))
        .containsExactlyInAnyOrder(FactorType.PASSWORD, FactorType.FACE);

    assertThat(faceLock.enrolment().suspend(dora)).isTrue();
    assertThat(stepOf(answer(begin(dora), Response.password("correct horse battery"))).feedback())
        .isEqualTo(new Feedback.NotVerified());
    assertThat(faceLock.enrolment().setPassword(dora, Secret.of("another horse battery")))
        .isEqualTo(PasswordVerdict.UNKNOWN_SUBJECT);
    assertThat(faceLock.enrolment().reactivate(dora)).isTrue();
    assertThat(stepOf(answer(begin(dora), Response.password("correct horse battery"))).number())
        .isEqualTo(2);

    assertThat(faceLock.enrolment().erase(dora)).isTrue();
    assertThat(faceLock.enrolment().erase(dora)).isFalse();
    assertThat(faceLock.enrolment().enrolledFactors(dora)).isEmpty();
    Outcome outcome = faceLock.authenticator().begin(REQUEST);
    assertThat(stepOf(answer(outcome, Response.face(DORAS_FACE))).feedback())
        .isEqualTo(new Feedback.NotVerified());
    assertThat(audit.events())
        .extracting(AuditEvent::type)
        .contains(
            AuditEvent.Type.SUBJECT_SUSPENDED,
            AuditEvent.Type.SUBJECT_REACTIVATED,
            AuditEvent.Type.SUBJECT_ERASED,
            AuditEvent.Type.ENROLMENT_REFUSED);
  }

  @Test
  void whatCannotWorkIsRefusedWhenItIsBuilt() {
    assertThatIllegalStateException()
        .isThrownBy(() -> FaceLock.builder().build())
        .withMessageContaining("policy(");
    assertThatIllegalStateException()
        .isThrownBy(() -> FaceLock.builder().policy(Policies.web()).build())
        .withMessageContaining("email-code")
        .withMessageContaining("codeChannel");
    for (String name : new String[] {" ", "a:b", "Acme\r\nBcc: eve@example.org", "n".repeat(65)}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> FaceLock.builder().applicationName(name));
    }
    Policy tooStrict =
        Policy.named("too-strict")
            .step(FactorType.PASSWORD)
            .step(FactorType.FACE)
            .falseMatchRateOneIn(10_000_000)
            .build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FaceLock.builder().policy(tooStrict).build())
        .withMessageContaining("1 in 166667");
  }

  @Test
  void afterClosingNobodyGetsIn() {
    Function<FaceLock, Outcome> login = lock -> lock.authenticator().begin(BEA, REQUEST);
    FaceLock closed =
        FaceLock.builder()
            .policy(
                Policy.named("face-first")
                    .step(FactorType.FACE)
                    .step(FactorType.PASSWORD)
                    .withoutLiveness()
                    .build())
            .build();
    closed.enrolment().register(BEA);
    Outcome outcome = login.apply(closed);
    closed.close();
    assertThat(
            closed
                .authenticator()
                .advance(((Outcome.Challenge) outcome).handle(), Response.face(BEAS_FACE), REQUEST))
        .isEqualTo(new Outcome.Denied(DenialReason.UNAVAILABLE));
  }
}
