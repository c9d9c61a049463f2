package io.github.facelock.spring.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.facelock.spring.autoconfigure.FaceLockWebProperties;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;

/**
 * How many requests a source may send: a bucket of a minute's allowance for each source and kind,
 * which fills evenly. In this process only; the authenticator's own limits of attempts hold across
 * nodes, this one protects the machine. Thread-safe.
 */
public final class RateLimits {

  private static final int MOST_SOURCES = 100_000;
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f]*:[0-9A-Fa-f:.]*(%\\w+)?");

  /** What is counted apart. */
  public enum Kind {
    /** Logins begun. */
    BEGIN,
    /** Answers. */
    ADVANCE,
    /** Frames for advice. */
    GUIDANCE,
    /** Changes of one's own factors. */
    CHANGE
  }

  private final FaceLockWebProperties.Rates rates;
  private final Clock clock;
  private final Cache<String, Bucket> buckets;

  /**
   * Takes the limits.
   *
   * @param rates the allowances of a minute
   * @param clock for the time between requests
   */
  public RateLimits(FaceLockWebProperties.Rates rates, Clock clock) {
    this.rates = rates;
    this.clock = clock;
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(MOST_SOURCES)
            .expireAfterAccess(Duration.ofMinutes(2))
            .build();
  }

  /**
   * Counts a request.
   *
   * @param kind what it asks for
   * @param source an address, a session, or a subject
   * @throws ProblemException 429 with the time to wait if there were too many
   */
  public void require(Kind kind, String source) {
    int allowance =
        switch (kind) {
          case BEGIN -> rates.begin();
          case ADVANCE -> rates.advance();
          case GUIDANCE -> rates.guidance();
          case CHANGE -> rates.change();
        };
    Bucket bucket = buckets.get(kind + " " + network(source), key -> new Bucket(allowance));
    long wait = bucket.take(allowance, clock.millis());
    if (wait > 0) {
      throw new ProblemException(HttpStatus.TOO_MANY_REQUESTS, "too-many-requests")
          .retryAfter(Duration.ofMillis(wait));
    }
  }

  /** A household has a /64 of IPv6 addresses, and may take another for each request. */
  private static String network(String source) {
    if (!IPV6.matcher(source).matches()) {
      return source;
    }
    try {
      // A literal address, so that nothing is looked up.
      byte[] address = InetAddress.getByName(source).getAddress();
      return address.length == 16 ? HexFormat.of().formatHex(Arrays.copyOf(address, 8)) : source;
    } catch (UnknownHostException e) {
      return source;
    }
  }

  private static final class Bucket {
    private double left;
    private long at = Long.MIN_VALUE;

    Bucket(int allowance) {
      this.left = allowance;
    }

    /** Milliseconds to wait; 0 if the request may go on. */
    synchronized long take(int allowance, long now) {
      if (at != Long.MIN_VALUE) {
        left = Math.min(allowance, left + Math.max(0, now - at) * allowance / 60_000.0);
      }
      at = now;
      if (left >= 1) {
        left--;
        return 0;
      }
      return (long) Math.ceil((1 - left) * 60_000 / allowance);
    }
  }
}
