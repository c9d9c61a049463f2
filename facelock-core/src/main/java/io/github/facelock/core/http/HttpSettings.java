package io.github.facelock.core.http;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** How far a server is trusted with time, memory and secrets. Immutable. */
public final class HttpSettings {

  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final int MOST_BYTES = 1 << 20;

  private final Duration connectWithin;
  private final Duration exchangeWithin;
  private final int maxReplyBytes;
  private final Optional<SSLContext> tls;
  private final boolean plainTextAccepted;

  private HttpSettings(
      Duration connectWithin,
      Duration exchangeWithin,
      int maxReplyBytes,
      Optional<SSLContext> tls,
      boolean plainTextAccepted) {
    this.connectWithin = connectWithin;
    this.exchangeWithin = exchangeWithin;
    this.maxReplyBytes = maxReplyBytes;
    this.tls = tls;
    this.plainTextAccepted = plainTextAccepted;
  }

  /**
   * Five seconds to connect, 15 seconds in all, 64 KiB of reply, the runtime's trust store, TLS for
   * every host but this machine.
   *
   * @return the defaults
   */
  public static HttpSettings ofDefaults() {
    return new HttpSettings(
        Duration.ofSeconds(5), Duration.ofSeconds(15), 65_536, Optional.empty(), false);
  }

  /**
   * The same settings with other times.
   *
   * @param connect for connecting
   * @param exchange from the first byte to the last, connecting included
   * @return the changed settings
   * @throws IllegalArgumentException if one is below 1 ms or above 5 minutes
   */
  public HttpSettings within(Duration connect, Duration exchange) {
    return new HttpSettings(
        bounded(connect), bounded(exchange), maxReplyBytes, tls, plainTextAccepted);
  }

  /**
   * The same settings with another bound for replies. What is longer is cut off.
   *
   * @param bytes 1 byte to 1 MiB
   * @return the changed settings
   * @throws IllegalArgumentException if the number is out of range
   */
  public HttpSettings maxReplyBytes(int bytes) {
    if (bytes < 1 || bytes > MOST_BYTES) {
      throw new IllegalArgumentException("A reply has 1 byte to 1 MiB");
    }
    return new HttpSettings(connectWithin, exchangeWithin, bytes, tls, plainTextAccepted);
  }

  /**
   * The same settings with other trusted certificates, or with a client certificate. The server's
   * name is checked in any case.
   *
   * @param context with the trusted certificates
   * @return the changed settings
   */
  public HttpSettings tls(SSLContext context) {
    return new HttpSettings(
        connectWithin,
        exchangeWithin,
        maxReplyBytes,
        Optional.of(Objects.requireNonNull(context, "context")),
        plainTextAccepted);
  }

  /**
   * Accepts {@code http} for other hosts than this machine: whoever sees the network then sees
   * codes and passwords.
   *
   * @return the changed settings
   */
  public HttpSettings acceptPlainText() {
    return new HttpSettings(connectWithin, exchangeWithin, maxReplyBytes, tls, true);
  }

  /**
   * Tells whether an address may be used: {@code https}, or {@code http} on this machine or where
   * plain text was accepted; with a host, without user and fragment.
   *
   * @param uri the address
   * @return the same address
   * @throws IllegalArgumentException if it may not; the message names the scheme and host only
   */
  public URI requireUsable(URI uri) {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    String host = uri.getHost();
    boolean web = scheme.equals("https") || scheme.equals("http");
    if (!web || host == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "An address begins with https://, names a host, and has neither user nor fragment");
    }
    if (scheme.equals("http") && !plainTextAccepted && !isLoopback(host)) {
      throw new IllegalArgumentException(
          "What goes to "
              + host
              + " would cross the network readable by anyone. Use https, or call"
              + " acceptPlainText() where the network is trusted");
    }
    return uri;
  }

  /** By name only: what a resolver says may change after this check. */
  private static boolean isLoopback(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.equals("[::1]")
        || name.matches("127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}");
  }

  Duration connectWithin() {
    return connectWithin;
  }

  Duration exchangeWithin() {
    return exchangeWithin;
  }

  int maxReplyBytes() {
    return maxReplyBytes;
  }

  Optional<SSLContext> tls() {
    return tls;
  }

  private static Duration bounded(Duration time) {
    if (time.toMillis() < 1 || time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("An HTTP time-out has 1 ms to 5 minutes");
    }
    return time;
  }
}
