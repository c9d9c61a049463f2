package io.github.facelock.core.otp;

import java.time.Duration;

/**
 * How delivered codes look and live.
 *
 * @param digits 7 to 10; seven decimal digits hold 23 bits (OWASP ASVS 5.0, 6.5.4 asks for 20)
 * @param validFor how long a code works: 1 second to 10 minutes (ASVS 6.5.5)
 * @param coolDown how long a person waits before another code is sent: up to 10 minutes
 * @param maxSends how many codes one login sends: 1 to 10
 */
public record DeliveredCodeRules(int digits, Duration validFor, Duration coolDown, int maxSends) {

  private static final Duration LONGEST = Duration.ofMinutes(10);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of range
   */
  public DeliveredCodeRules {
    if (digits < 7 || digits > 10) {
      throw new IllegalArgumentException("A delivered code has 7 to 10 digits");
    }
    if (validFor.compareTo(Duration.ofSeconds(1)) < 0 || validFor.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("A delivered code works 1 second to 10 minutes");
    }
    if (coolDown.isNegative() || coolDown.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("The cool-down lasts 0 to 10 minutes");
    }
    if (maxSends < 1 || maxSends > 10) {
      throw new IllegalArgumentException("One login sends 1 to 10 codes");
    }
  }

  /**
   * Eight digits, five minutes, another code after 30 seconds, three codes.
   *
   * @return the defaults
   */
  public static DeliveredCodeRules ofDefaults() {
    return new DeliveredCodeRules(8, Duration.ofMinutes(5), Duration.ofSeconds(30), 3);
  }
}
