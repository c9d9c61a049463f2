package io.github.facelock.spring.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.facelock.spring.autoconfigure.FaceLockWebProperties;
import io.github.facelock.spring.web.RateLimits.Kind;
import io.github.facelock.test.MutableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RateLimitsTest {

  private final MutableClock clock = MutableClock.at(Instant.parse("2026-11-25T12:00:00Z"));
  private final RateLimits limits =
      new RateLimits(new FaceLockWebProperties.Rates(6, 6, 6, 6), clock);

  private int allowed(Kind kind, String source) {
    for (int i = 0; ; i++) {
      try {
        limits.require(kind, source);
      } catch (ProblemException refused) {
        return i;
      }
    }
  }

  @Test
  void aMinutesAllowanceComesBackEvenly() {
    assertThat(allowed(Kind.BEGIN, "192.0.2.1")).isEqualTo(6);
    clock.advance(Duration.ofSeconds(10));
    assertThat(allowed(Kind.BEGIN, "192.0.2.1")).isEqualTo(1);
    clock.advance(Duration.ofMinutes(5));
    assertThat(allowed(Kind.BEGIN, "192.0.2.1")).isEqualTo(6);
  }

  @Test
  void sourcesAndKindsAreCountedApart() {
    assertThat(allowed(Kind.BEGIN, "192.0.2.1")).isEqualTo(6);
    assertThat(allowed(Kind.ADVANCE, "192.0.2.1")).isEqualTo(6);
    assertThat(allowed(Kind.BEGIN, "192.0.2.2")).isEqualTo(6);
  }

  @Test
  void allAddressesOfAHouseholdAreOneSource() {
    assertThat(allowed(Kind.BEGIN, "2001:db8:1:2::1")).isEqualTo(6);
    assertThat(allowed(Kind.BEGIN, "2001:db8:1:2:ffff::9")).isZero();
    assertThat(allowed(Kind.BEGIN, "2001:db8:1:3::1")).isEqualTo(6);
  }

  @Test
  void aRefusalSaysHowLongToWait() {
    allowed(Kind.BEGIN, "192.0.2.1");
    ProblemException refused =
        catchThrowableOfType(ProblemException.class, () -> limits.require(Kind.BEGIN, "192.0.2.1"));
    assertThat(refused.status().value()).isEqualTo(429);
    assertThat(refused.retryAfterSeconds()).contains(10L);
  }
}
