package io.github.facelock.core.token;

import java.util.Objects;

/** Whether a proof holds. */
public sealed interface ProofVerdict {

  /**
   * It holds.
   *
   * @param claims what it says
   */
  record Verified(ProofClaims claims) implements ProofVerdict {
    /** Refuses null. */
    public Verified {
      Objects.requireNonNull(claims, "claims");
    }
  }

  /**
   * It does not hold.
   *
   * @param reason why
   */
  record Rejected(Reason reason) implements ProofVerdict {
    /** Refuses null. */
    public Rejected {
      Objects.requireNonNull(reason, "reason");
    }
  }

  /** Why a proof does not hold. */
  enum Reason {
    /** It is no signed JWT, too long, or lacks a claim. */
    MALFORMED,
    /** It is signed with another algorithm than ES256, or with none. */
    WRONG_ALGORITHM,
    /** None of the trusted keys has its key id. */
    UNKNOWN_KEY,
    /** The signature is not of the key. */
    WRONG_SIGNATURE,
    /** Somebody else issued it. */
    WRONG_ISSUER,
    /** It is for somebody else. */
    WRONG_AUDIENCE,
    /** It has ended. */
    EXPIRED,
    /** It was issued in the future, or lives longer than it may. */
    NOT_YET_VALID
  }
}
