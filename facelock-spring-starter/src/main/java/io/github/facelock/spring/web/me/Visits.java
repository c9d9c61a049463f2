package io.github.facelock.spring.web.me;

import io.github.facelock.api.FactorKind;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.PassedFactor;
import io.github.facelock.spring.web.ProblemException;
import io.github.facelock.spring.web.RateLimits;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;

/**
 * Knows who asks, and whether they have shown lately that it is still them. Thread-safe.
 *
 * <p>A change asks for a factor that was shown within {@code facelock.web.fresh-for}, and not only
 * for the one that is changed: who has somebody's password must not make it theirs by it. A person
 * who has no other factor shows that one.
 */
final class Visits {

  /** In the order in which a step-up asks. */
  private static final List<FactorType> PREFERRED =
      List.of(
          FactorType.FACE,
          FactorType.TOTP,
          FactorType.HOTP,
          FactorType.PASSWORD,
          FactorType.PIN,
          FactorType.EMAIL_CODE,
          FactorType.SMS_CODE,
          FactorType.RECOVERY_CODE);

  private final MeParts parts;

  Visits(MeParts parts) {
    this.parts = parts;
  }

  /** Who is logged in. */
  Person of(@Nullable Authentication login, HttpServletRequest request) {
    return parts
        .security()
        .subject(login)
        .filter(subject -> login != null)
        .map(
            subject ->
                new Person(
                    subject,
                    login == null ? List.of() : List.copyOf(login.getAuthorities()),
                    parts.contexts().of(request)))
        .orElseThrow(() -> new ProblemException(HttpStatus.UNAUTHORIZED, "login-required"));
  }

  /** The same, for a change that needs no fresh factor of its own beforehand. */
  Person changing(@Nullable Authentication login, HttpServletRequest request) {
    Person person = of(login, request);
    parts.rates().require(RateLimits.Kind.CHANGE, person.context().source());
    return person;
  }

  /**
   * Who is logged in, for a change.
   *
   * @param changed the factor that is changed; empty if it is none
   * @throws ProblemException 403 {@code step-up-required} with the policy that asks again, 429 if
   *     there were too many changes
   */
  Person changing(
      @Nullable Authentication login, HttpServletRequest request, Optional<FactorType> changed) {
    Person person = changing(login, request);
    requireFresh(person, changed);
    return person;
  }

  void requireFresh(Person person, Optional<FactorType> changed) {
    if (!isFresh(person, changed)) {
      throw stepUp(person, changed);
    }
  }

  boolean isFresh(Person person, Optional<FactorType> changed) {
    Optional<FactorType> besides =
        changed.filter(factor -> others(person, factor).findFirst().isPresent());
    return fresh(person).anyMatch(factor -> besides.filter(factor::equals).isEmpty());
  }

  /** Two factors of different kinds: for what cannot be undone. */
  void requireTwoFresh(Person person) {
    Set<FactorKind> kinds = EnumSet.noneOf(FactorKind.class);
    fresh(person).forEach(factor -> kinds.add(factor.kind()));
    if (kinds.size() < 2) {
      throw new ProblemException(HttpStatus.FORBIDDEN, "step-up-required")
          .with("policy", parts.security().stepUpPolicy(Optional.empty()));
    }
  }

  private Stream<FactorType> fresh(Person person) {
    Instant now = parts.clock().instant();
    Duration within = parts.properties().freshFor();
    return parts.security().authorities().passed(person.authorities()).stream()
        .filter(
            passed ->
                !passed.at().isAfter(now)
                    && Duration.between(passed.at(), now).compareTo(within) < 0)
        .map(PassedFactor::factor);
  }

  private Stream<FactorType> others(Person person, FactorType changed) {
    Set<FactorType> enrolled = parts.faceLock().enrolment().enrolledFactors(person.subject());
    return PREFERRED.stream()
        .filter(factor -> enrolled.contains(factor) && !factor.equals(changed));
  }

  private ProblemException stepUp(Person person, Optional<FactorType> changed) {
    Optional<FactorType> asked =
        changed.flatMap(factor -> others(person, factor).findFirst()).or(() -> changed);
    return new ProblemException(HttpStatus.FORBIDDEN, "step-up-required")
        .with("policy", parts.security().stepUpPolicy(asked));
  }
}
