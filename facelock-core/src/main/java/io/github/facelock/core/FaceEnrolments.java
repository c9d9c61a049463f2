package io.github.facelock.core;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.Consent;
import io.github.facelock.api.enrolment.FaceEnrolment;
import io.github.facelock.api.enrolment.FaceReference;
import io.github.facelock.api.enrolment.FaceReferenceEnrolment;
import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.LivenessChallenge;
import io.github.facelock.api.policy.LivenessMode;
import io.github.facelock.core.face.FaceEnroller;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.AuditLog;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Biometric references, guarded and audited. */
final class FaceEnrolments implements FaceReferenceEnrolment {

  private final Optional<FaceEnroller> faces;
  private final Optional<EnrolmentChallenges> challenges;
  private final EnrolmentGuard guard;

  FaceEnrolments(
      Optional<FaceEnroller> faces,
      Optional<EnrolmentChallenges> challenges,
      EnrolmentGuard guard) {
    this.faces = faces;
    this.challenges = challenges;
    this.guard = guard;
  }

  private FaceEnroller enroller() {
    return faces.orElseThrow(
        () ->
            new IllegalStateException(
                "No policy asks for a face, so there is no face pipeline: add a step with"
                    + " FactorType.FACE to the policy"));
  }

  @Override
  public FaceEnrolment enrolFace(SubjectId subject, Capture capture, Consent consent) {
    return enrol(subject, consent, "camera", e -> e.enrol(subject, capture, consent));
  }

  @Override
  public Optional<LivenessChallenge> drawChallenge(SubjectId subject, RequestContext request) {
    enroller();
    return challenges.map(
        all ->
            all.draw(subject, request)
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "What the person cannot do leaves too few challenges")));
  }

  @Override
  public FaceEnrolment enrolFace(
      SubjectId subject,
      Capture clip,
      Consent consent,
      LivenessChallenge challenge,
      Duration waited) {
    LivenessMode mode =
        challenges
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "No policy asks for a challenge, so nobody watches clips"))
            .mode();
    return enrol(
        subject,
        consent,
        "camera",
        e -> e.enrolClip(subject, clip, consent, challenge, mode, waited));
  }

  @Override
  public FaceEnrolment enrolFaceFromUpload(SubjectId subject, Capture pictures, Consent consent) {
    return enrol(subject, consent, "upload", e -> e.enrolUpload(subject, pictures, consent));
  }

  private FaceEnrolment enrol(
      SubjectId subject,
      Consent consent,
      String origin,
      Function<FaceEnroller, FaceEnrolment> enrolling) {
    FaceEnroller enroller = enroller();
    if (!guard.isActive(subject)) {
      return new FaceEnrolment.Refused(FaceEnrolment.Reason.UNKNOWN_SUBJECT);
    }
    FaceEnrolment enrolment = enrolling.apply(enroller);
    if (guard.erasedMeanwhile(subject)) {
      return new FaceEnrolment.Refused(FaceEnrolment.Reason.UNKNOWN_SUBJECT);
    }
    if (enrolment instanceof FaceEnrolment.Enrolled enrolled) {
      guard.changed(
          AuditEvent.Type.CREDENTIAL_SET,
          subject,
          FactorType.FACE,
          Map.of(
              "references", Integer.toString(enrolled.references().size()),
              "consent", consent.document(),
              "origin", origin));
    } else {
      guard.refused(subject, FactorType.FACE, causeOf(enrolment));
    }
    return enrolment;
  }

  private static String causeOf(FaceEnrolment enrolment) {
    if (enrolment instanceof FaceEnrolment.NotAcquired unclear) {
      return unclear.guidance().code();
    }
    return ((FaceEnrolment.Refused) enrolment)
        .reason()
        .name()
        .toLowerCase(Locale.ROOT)
        .replace('_', '-');
  }

  @Override
  public List<FaceReference> faceReferences(SubjectId subject) {
    return faces.map(enroller -> enroller.references(subject)).orElse(List.of());
  }

  @Override
  public int undoFaceAdaptation(SubjectId subject) {
    int removed = faces.map(enroller -> enroller.undoAdaptation(subject)).orElse(0);
    if (removed > 0) {
      guard.changed(
          AuditEvent.Type.CREDENTIAL_REMOVED,
          subject,
          FactorType.FACE,
          Map.of("adapted", Integer.toString(removed)));
    }
    return removed;
  }

  /** No notice to the subject: nobody did anything but log in. */
  static void tellLearnt(SubjectId subject, CredentialId reference, AuditLog audit, Clock clock) {
    audit.append(
        new AuditEvent(
            clock.instant(),
            AuditEvent.Type.CREDENTIAL_SET,
            "",
            Optional.of(subject),
            Optional.of(FactorType.FACE),
            "login",
            Map.of("credential", reference.value(), "change", "learnt")));
  }
}
