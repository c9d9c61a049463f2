package io.github.facelock.spi;

import io.github.facelock.api.RequestContext;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.policy.Policy;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The login that a factor serves.
 *
 * @param transaction names the login in audit and messages; no secret, and no key to it
 * @param claimed who the person claims to be, or was found to be by an earlier step; empty in an
 *     identification whose first step has not passed yet
 * @param subject the claimed subject, if it exists and is active; for an unknown or suspended one
 *     this is empty, and a factor does the same work as for a known one
 * @param request where the present request came from
 * @param policy what the login must satisfy
 * @param now the time of the request
 */
public record FactorContext(
    String transaction,
    Optional<SubjectId> claimed,
    Optional<SubjectId> subject,
    RequestContext request,
    Policy policy,
    Instant now) {

  /** Refuses null. */
  public FactorContext {
    Objects.requireNonNull(transaction, "transaction");
    Objects.requireNonNull(claimed, "claimed");
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(policy, "policy");
    Objects.requireNonNull(now, "now");
  }

  /**
   * Tells whether this step must find out who the person is.
   *
   * @return whether nobody is claimed
   */
  public boolean identifies() {
    return claimed.isEmpty();
  }
}
