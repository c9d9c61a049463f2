package io.github.facelock.api;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the authenticator answers. A closed set of values: a switch over them (Java 21), or {@link
 * #fold}, handles all that can happen.
 */
public sealed interface Outcome {

  /**
   * Handles each case.
   *
   * @param <T> the type of the result
   * @param granted for a completed login
   * @param challenge for a further step
   * @param denied for a refusal
   * @param locked for a refusal until a time
   * @return what the matching function returned
   */
  <T> T fold(
      Function<? super Granted, ? extends T> granted,
      Function<? super Challenge, ? extends T> challenge,
      Function<? super Denied, ? extends T> denied,
      Function<? super Locked, ? extends T> locked);

  /**
   * Every required step was passed.
   *
   * @param subject who it is
   * @param passed the factors in the order in which they were passed, with the times; a step-up
   *     names those of the earlier login too
   * @param at when the last step was passed
   * @param level what the factors together prove
   * @param proof a signed token (JWT, RFC 7519) for other services; a bearer credential, never
   *     printed
   * @param deviceToken what the trusted device presents next time in place of what it presented
   *     now; empty if the login did not come from a trusted device
   */
  record Granted(
      SubjectId subject,
      List<PassedFactor> passed,
      Instant at,
      AssuranceLevel level,
      String proof,
      Optional<Secret> deviceToken)
      implements Outcome {

    /** Copies the list. */
    public Granted {
      Objects.requireNonNull(subject, "subject");
      Objects.requireNonNull(at, "at");
      Objects.requireNonNull(level, "level");
      Objects.requireNonNull(proof, "proof");
      Objects.requireNonNull(deviceToken, "deviceToken");
      passed = List.copyOf(passed);
    }

    /**
     * A login whose factors were all passed at its end, not from a trusted device.
     *
     * @param subject who it is
     * @param satisfied the factors in the order in which they were passed
     * @param at when the last step was passed
     * @param level what the factors together prove
     * @param proof a signed token
     */
    public Granted(
        SubjectId subject,
        List<FactorType> satisfied,
        Instant at,
        AssuranceLevel level,
        String proof) {
      this(
          subject,
          satisfied.stream().map(factor -> new PassedFactor(factor, at)).toList(),
          at,
          level,
          proof,
          Optional.empty());
    }

    /**
     * Names the factors.
     *
     * @return in the order in which they were passed
     */
    public List<FactorType> satisfied() {
      return passed.stream().map(PassedFactor::factor).toList();
    }

    @Override
    public <T> T fold(
        Function<? super Granted, ? extends T> granted,
        Function<? super Challenge, ? extends T> challenge,
        Function<? super Denied, ? extends T> denied,
        Function<? super Locked, ? extends T> locked) {
      return granted.apply(this);
    }

    @Override
    public String toString() {
      return "Granted[subject=%s, satisfied=%s, at=%s, level=%s]"
          .formatted(subject, satisfied(), at, level);
    }
  }

  /**
   * The person is asked for something.
   *
   * @param handle the single-use key to the next step
   * @param next what is asked
   * @param expiresAt when the handle ends, used or not
   */
  record Challenge(TransactionHandle handle, Step next, Instant expiresAt) implements Outcome {

    /** Refuses null. */
    public Challenge {
      Objects.requireNonNull(handle, "handle");
      Objects.requireNonNull(next, "next");
      Objects.requireNonNull(expiresAt, "expiresAt");
    }

    @Override
    public <T> T fold(
        Function<? super Granted, ? extends T> granted,
        Function<? super Challenge, ? extends T> challenge,
        Function<? super Denied, ? extends T> denied,
        Function<? super Locked, ? extends T> locked) {
      return challenge.apply(this);
    }
  }

  /**
   * The login ended without success. The reason is coarse, because the person reads it; the detail
   * is in the audit trail.
   *
   * @param reason what may be said
   */
  record Denied(DenialReason reason) implements Outcome {

    /** Refuses null. */
    public Denied {
      Objects.requireNonNull(reason, "reason");
    }

    @Override
    public <T> T fold(
        Function<? super Granted, ? extends T> granted,
        Function<? super Challenge, ? extends T> challenge,
        Function<? super Denied, ? extends T> denied,
        Function<? super Locked, ? extends T> locked) {
      return denied.apply(this);
    }
  }

  /**
   * Too many attempts; nothing is judged before the given time.
   *
   * @param until when the next attempt is possible; {@link Instant#MAX} if an administrator must
   *     unlock
   */
  record Locked(Instant until) implements Outcome {

    /** Refuses null. */
    public Locked {
      Objects.requireNonNull(until, "until");
    }

    @Override
    public <T> T fold(
        Function<? super Granted, ? extends T> granted,
        Function<? super Challenge, ? extends T> challenge,
        Function<? super Denied, ? extends T> denied,
        Function<? super Locked, ? extends T> locked) {
      return locked.apply(this);
    }
  }
}
