package io.github.facelock.core.device;

import java.time.Duration;

/**
 * How long and how many devices are trusted. Immutable.
 *
 * @param lifetime from the login at which a device was trusted until it is not, however often it is
 *     used; 1 hour to 90 days
 * @param most how many devices a subject trusts, 1 to 50; a further one takes the place of the one
 *     that was used longest ago
 */
public record TrustedDeviceRules(Duration lifetime, int most) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a number is out of range
   */
  public TrustedDeviceRules {
    if (lifetime.compareTo(Duration.ofHours(1)) < 0
        || lifetime.compareTo(Duration.ofDays(90)) > 0) {
      throw new IllegalArgumentException("A device is trusted for 1 hour to 90 days");
    }
    if (most < 1 || most > 50) {
      throw new IllegalArgumentException("A subject trusts 1 to 50 devices");
    }
  }

  /**
   * Ten devices, each for 30 days (NIST SP 800-63B-4, section 2.1.3, wants everything proved anew
   * at least that often at AAL1).
   *
   * @return the default rules
   */
  public static TrustedDeviceRules ofDefaults() {
    return new TrustedDeviceRules(Duration.ofDays(30), 10);
  }
}
