package io.github.facelock.api.enrolment;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.face.Guidance;
import java.util.List;
import java.util.Objects;

/** What became of a capture that was offered as a biometric reference. */
public sealed interface FaceEnrolment {

  /**
   * References were stored.
   *
   * @param references the new credentials, one for each kept frame
   */
  record Enrolled(List<CredentialId> references) implements FaceEnrolment {
    /** Copies the list. */
    public Enrolled {
      references = List.copyOf(references);
    }
  }

  /**
   * The capture is not good enough for a reference (ISO/IEC 2382-37: failure to enrol).
   *
   * @param guidance what to do better
   */
  record NotAcquired(Guidance guidance) implements FaceEnrolment {
    /** Refuses null. */
    public NotAcquired {
      Objects.requireNonNull(guidance, "guidance");
    }
  }

  /**
   * The capture is good, but is not taken.
   *
   * @param reason why
   */
  record Refused(Reason reason) implements FaceEnrolment {
    /** Refuses null. */
    public Refused {
      Objects.requireNonNull(reason, "reason");
    }
  }

  /** Why a good capture is not taken. */
  enum Reason {
    /** The face is enrolled already for another subject. */
    DUPLICATE_PERSON,
    /** The face does not match the subject's other references. */
    DIFFERENT_PERSON,
    /** The subject has as many references as are allowed; remove one first. */
    TOO_MANY_REFERENCES,
    /** The subject does not exist or is suspended. */
    UNKNOWN_SUBJECT,
    /** Presentation attack detection objected. */
    ATTACK_SUSPECTED,
    /** It is not allowed; the audit trail tells administrators why, nobody tells the person. */
    NOT_ALLOWED
  }
}
