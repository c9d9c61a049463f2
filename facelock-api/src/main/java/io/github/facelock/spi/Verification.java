package io.github.facelock.spi;

import io.github.facelock.api.SubjectId;
import io.github.facelock.api.face.Guidance;
import java.util.Map;
import java.util.Objects;

/**
 * A factor's verdict on one answer. The details go to the audit trail; no secret, sample or
 * template is among them.
 */
public sealed interface Verification {

  /**
   * What the audit trail should know.
   *
   * @return details by name
   */
  Map<String, String> details();

  /**
   * The answer proves a subject.
   *
   * @param subject whose credential matched
   * @param details for the audit trail
   * @param learnt what the factor wants back in {@link Factor#granted} if the login succeeds;
   *     sealed meanwhile
   */
  record Verified(SubjectId subject, Map<String, String> details, FactorState learnt)
      implements Verification {
    /** Copies the map. */
    public Verified {
      Objects.requireNonNull(subject, "subject");
      Objects.requireNonNull(learnt, "learnt");
      details = Map.copyOf(details);
    }

    /**
     * A verdict from which the factor learns nothing.
     *
     * @param subject whose credential matched
     * @param details for the audit trail
     */
    public Verified(SubjectId subject, Map<String, String> details) {
      this(subject, details, FactorState.empty());
    }
  }

  /**
   * The answer was judged and proves nothing: a failed attempt.
   *
   * @param cause a stable code for audit and rules, for example {@code code-wrong} or {@code
   *     attack-suspected}
   * @param details for the audit trail
   */
  record Refused(String cause, Map<String, String> details) implements Verification {
    /** Copies the map. */
    public Refused {
      Objects.requireNonNull(cause, "cause");
      details = Map.copyOf(details);
    }
  }

  /**
   * The answer could not be judged: no failed attempt.
   *
   * @param guidance what to do better
   * @param details for the audit trail
   */
  record NotAcquired(Guidance guidance, Map<String, String> details) implements Verification {
    /** Copies the map. */
    public NotAcquired {
      Objects.requireNonNull(guidance, "guidance");
      details = Map.copyOf(details);
    }
  }
}
