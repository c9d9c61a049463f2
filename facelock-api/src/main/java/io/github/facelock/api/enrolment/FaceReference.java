package io.github.facelock.api.enrolment;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.face.ModelId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A biometric reference, as its owner and administrators see it: a receipt of what is kept, without
 * the template (GDPR art. 15).
 *
 * @param id names the credential
 * @param kind how it came to be
 * @param model made the template
 * @param consent the document that the person agreed to
 * @param createdAt when it was made; for an enrolled one, when consent was given
 * @param expiresAt from when on it is no longer compared
 */
public record FaceReference(
    CredentialId id,
    Kind kind,
    ModelId model,
    Consent consent,
    Instant createdAt,
    Optional<Instant> expiresAt) {

  /** Refuses null. */
  public FaceReference {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(consent, "consent");
    Objects.requireNonNull(createdAt, "createdAt");
    Objects.requireNonNull(expiresAt, "expiresAt");
  }

  /** How a reference came to be. */
  public enum Kind {
    /** Enrolled from a camera's frames. */
    ENROLLED,
    /** Enrolled from a picture that somebody uploaded. */
    UPLOADED,
    /** Learnt at a login with a second factor; can be undone. */
    ADAPTED,
    /** Made at a login with a second factor, when the model had changed. */
    MIGRATED
  }
}
