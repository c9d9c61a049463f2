package io.github.facelock.core.http;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What a server answered.
 *
 * @param status the status code
 * @param body the body in UTF-8, cut off at the bound of {@link HttpSettings#maxReplyBytes}; comes
 *     from elsewhere, so it is never logged
 * @param retryAfter how long the server asks to wait (RFC 9110, section 10.2.3), in its form of
 *     seconds, at most a day
 */
public record HttpReply(int status, String body, Optional<Duration> retryAfter) {

  /** Refuses null. */
  public HttpReply {
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(retryAfter, "retryAfter");
  }

  /**
   * Tells whether the request was taken.
   *
   * @return whether the status is 2xx
   */
  public boolean taken() {
    return status / 100 == 2;
  }

  @Override
  public String toString() {
    return "HttpReply[status=" + status + ", redacted]";
  }
}
