package io.github.facelock.core.otp;

import io.github.facelock.api.SubjectId;
import io.github.facelock.spi.store.AttemptStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;

/**
 * How often a subject may try to resynchronise a device: ten times an hour. A wider window makes a
 * guess more likely right, so it is not tried as often as a login. Thread-safe.
 */
public final class ResyncLimit {

  private static final RateLimit LIMIT = RateLimit.of(10, Duration.ofHours(1));

  private final RateMeter meter;

  /**
   * Makes a limit.
   *
   * @param counts where tries are counted
   * @param clock tells the time
   */
  public ResyncLimit(AttemptStore counts, Clock clock) {
    this.meter = new RateMeter(counts, clock);
  }

  /**
   * Takes a try.
   *
   * @param subject who tries
   * @return whether there was one left
   * @throws io.github.facelock.api.FaceLockException.Store if it could not be counted
   */
  public boolean permits(SubjectId subject) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(subject.value().getBytes(StandardCharsets.UTF_16BE));
      return meter.take(
          "resync:" + Base64.getUrlEncoder().withoutPadding().encodeToString(hash), LIMIT);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
