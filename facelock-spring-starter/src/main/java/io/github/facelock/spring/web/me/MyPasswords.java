package io.github.facelock.spring.web.me;

import io.github.facelock.api.DenialReason;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Outcome;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Response;
import io.github.facelock.api.Secret;
import io.github.facelock.api.enrolment.PasswordVerdict;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.core.FaceLock;
import io.github.facelock.spring.web.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpStatus;

/**
 * One's own password and PIN. The present one is asked for with the new one (OWASP ASVS 5.0,
 * 6.2.3), and judged by the authenticator itself: each try counts against the same limit as a
 * login's.
 */
final class MyPasswords {

  private final MeParts parts;

  MyPasswords(MeParts parts) {
    this.parts = parts;
  }

  /**
   * The policies by which the present password and PIN are checked. They are for this service only:
   * no login may ask for them by name.
   *
   * @param factor {@link FactorType#PASSWORD} or {@link FactorType#PIN}
   * @return a policy of one step
   */
  static Policy check(FactorType factor) {
    return Policy.named(nameOf(factor))
        .step(factor)
        .triesPerStep(1)
        .lifetime(Duration.ofMinutes(1))
        .build();
  }

  private static String nameOf(FactorType factor) {
    return "own-" + factor.id();
  }

  /** Changes; the person is fresh. */
  void change(Person person, FactorType factor, Optional<String> present, String replacement) {
    FaceLock faceLock = parts.faceLock();
    if (!parts.offered().contains(factor)) {
      throw new ProblemException(HttpStatus.NOT_FOUND, "not-offered");
    }
    if (faceLock.enrolment().enrolledFactors(person.subject()).contains(factor)) {
      requirePresent(person, factor, present.orElse(""));
    }
    PasswordVerdict verdict = PasswordVerdict.TOO_LONG;
    if (replacement.length() <= Secret.MAX_LENGTH) {
      try (Secret secret = Secret.of(replacement)) {
        verdict =
            factor.equals(FactorType.PIN)
                ? faceLock.enrolment().setPin(person.subject(), secret)
                : faceLock.enrolment().setPassword(person.subject(), secret);
      }
    }
    if (verdict != PasswordVerdict.ACCEPTED) {
      throw refused(verdict);
    }
  }

  static ProblemException refused(PasswordVerdict verdict) {
    String code = verdict.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return new ProblemException(HttpStatus.UNPROCESSABLE_CONTENT, "secret-" + code)
        .with("verdict", code);
  }

  private void requirePresent(Person person, FactorType factor, String typed) {
    if (typed.length() > Secret.MAX_LENGTH) {
      throw wrong();
    }
    // Without the device's token: a grant would replace it, and nobody would hand over the new one.
    RequestContext context =
        new RequestContext(
            person.context().source(), person.context().locale(), person.context().attributes());
    Outcome asked =
        parts.faceLock().authenticator().begin(person.subject(), nameOf(factor), context);
    if (!(asked instanceof Outcome.Challenge challenge)) {
      throw denied(asked);
    }
    Outcome answered;
    try (Secret secret = Secret.of(typed)) {
      answered =
          parts
              .faceLock()
              .authenticator()
              .advance(challenge.handle(), new Response.Text(factor, secret), context);
    }
    if (!(answered instanceof Outcome.Granted)) {
      if (answered instanceof Outcome.Challenge again) {
        parts.faceLock().authenticator().cancel(again.handle());
      }
      throw denied(answered);
    }
  }

  private ProblemException denied(Outcome outcome) {
    if (outcome instanceof Outcome.Locked locked) {
      Instant until = locked.until();
      ProblemException problem = new ProblemException(HttpStatus.TOO_MANY_REQUESTS, "locked");
      return until.equals(Instant.MAX)
          ? problem
          : problem
              .with("until", until)
              .retryAfter(Duration.between(parts.clock().instant(), until));
    }
    if (outcome instanceof Outcome.Denied denied && denied.reason() == DenialReason.UNAVAILABLE) {
      return new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, "unavailable")
          .retryAfter(Duration.ofSeconds(10));
    }
    return wrong();
  }

  private static ProblemException wrong() {
    return new ProblemException(HttpStatus.UNPROCESSABLE_CONTENT, "present-secret-wrong");
  }
}
