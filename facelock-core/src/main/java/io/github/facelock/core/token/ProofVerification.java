package io.github.facelock.core.token;

import io.github.facelock.api.AssuranceLevel;
import io.github.facelock.api.PassedFactor;
import io.github.facelock.api.PriorLogin;
import io.github.facelock.api.SubjectId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** What a service finds out about a proof that somebody showed it. */
public sealed interface ProofVerification {

  /**
   * The proof is genuine, meant for this service, and still valid. Whoever holds it may show it
   * again until it expires; a service that must accept it only once remembers its id until then.
   *
   * @param subject who logged in
   * @param passed which factors, in the order of the steps, each with the time at which it was
   *     passed, in whole seconds
   * @param amr how (RFC 8176), in the order of the steps; with {@code mfa} if the factors were of
   *     different kinds
   * @param level what the factors prove together
   * @param authTime when the last step was passed, in whole seconds
   * @param transaction names the login in the audit trail
   * @param id unique for each proof
   * @param expiresAt when the proof ends, in whole seconds
   */
  record Verified(
      SubjectId subject,
      List<PassedFactor> passed,
      List<String> amr,
      AssuranceLevel level,
      Instant authTime,
      String transaction,
      String id,
      Instant expiresAt)
      implements ProofVerification {

    /** Copies the list. */
    public Verified {
      Objects.requireNonNull(subject, "subject");
      passed = List.copyOf(passed);
      amr = List.copyOf(amr);
      Objects.requireNonNull(level, "level");
      Objects.requireNonNull(authTime, "authTime");
      Objects.requireNonNull(transaction, "transaction");
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(expiresAt, "expiresAt");
    }

    /**
     * What was proved, for a step-up.
     *
     * @return subject and factors with their times
     */
    public PriorLogin priorLogin() {
      return new PriorLogin(subject, passed);
    }
  }

  /**
   * The proof proves nothing.
   *
   * @param reason why, for a log; whoever showed it need not know
   */
  record Rejected(Reason reason) implements ProofVerification {
    /** Refuses null. */
    public Rejected {
      Objects.requireNonNull(reason, "reason");
    }
  }

  /** Why a proof is rejected. */
  enum Reason {
    /** It is longer than any proof. */
    TOO_LARGE,
    /** It is no signed token in compact form. */
    MALFORMED,
    /** It is not signed with its key's algorithm, which is the key's choice and not the token's. */
    WRONG_ALGORITHM,
    /** It was signed with a key that the verifier does not know. */
    UNKNOWN_KEY,
    /** The signature does not fit, or the header demands an extension that is not known. */
    WRONG_SIGNATURE,
    /** Somebody else issued it. */
    WRONG_ISSUER,
    /** It is meant for another service. */
    WRONG_AUDIENCE,
    /** Its time is over. */
    EXPIRED,
    /** Its time has not come. */
    NOT_YET_VALID,
    /** It is a genuine token, but it lacks what a proof says. */
    INCOMPLETE
  }
}
