package io.github.facelock.core.mail;

import io.github.facelock.api.Secret;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Which mail server carries mails, and how. Immutable; never prints the password. */
public final class SmtpSettings {

  private final String host;
  private final int port;
  private final SmtpSecurity security;
  private final String user;
  private final Optional<Secret> password;
  private final String from;
  private final String application;
  private final Duration connectTimeout;
  private final Duration readTimeout;
  private final Duration writeTimeout;
  private final Duration deliverWithin;
  private final Optional<SSLContext> tls;

  private SmtpSettings(Builder builder) {
    this.host = builder.host;
    this.port = builder.port;
    this.security = builder.security;
    this.user = builder.user;
    this.password = builder.password;
    this.from = builder.from;
    this.application = builder.application;
    this.connectTimeout = builder.connectTimeout;
    this.readTimeout = builder.readTimeout;
    this.writeTimeout = builder.writeTimeout;
    this.deliverWithin = builder.deliverWithin;
    this.tls = builder.tls;
  }

  /**
   * Begins settings.
   *
   * @param host the server
   * @param port 1 to 65535; usually 587 for STARTTLS, 465 for TLS
   * @param from the sender's address
   * @return a builder with the defaults named at its methods
   * @throws IllegalArgumentException if host, port or address are malformed
   */
  public static Builder server(String host, int port, String from) {
    if (host.isBlank() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException("A mail server needs a host and a port of 1 to 65535");
    }
    if (!MailAddress.isValid(from)) {
      throw new IllegalArgumentException("The sender must be one plain mail address");
    }
    return new Builder(host, port, from);
  }

  String host() {
    return host;
  }

  int port() {
    return port;
  }

  SmtpSecurity security() {
    return security;
  }

  String user() {
    return user;
  }

  Optional<Secret> password() {
    return password;
  }

  String from() {
    return from;
  }

  String application() {
    return application;
  }

  Duration connectTimeout() {
    return connectTimeout;
  }

  Duration readTimeout() {
    return readTimeout;
  }

  Duration writeTimeout() {
    return writeTimeout;
  }

  Duration deliverWithin() {
    return deliverWithin;
  }

  Optional<SSLContext> tls() {
    return tls;
  }

  @Override
  public String toString() {
    return "SmtpSettings[%s:%d, %s]".formatted(host, port, security);
  }

  /** Collects settings. Not thread-safe. */
  public static final class Builder {
    private final String host;
    private final int port;
    private final String from;
    private SmtpSecurity security = SmtpSecurity.STARTTLS_REQUIRED;
    private boolean plainTextAccepted;
    private String user = "";
    private Optional<Secret> password = Optional.empty();
    private String application = "FaceLock";
    private Duration connectTimeout = Duration.ofSeconds(5);
    private Duration readTimeout = Duration.ofSeconds(10);
    private Duration writeTimeout = Duration.ofSeconds(10);
    private Duration deliverWithin = Duration.ofSeconds(30);
    private Optional<SSLContext> tls = Optional.empty();

    private Builder(String host, int port, String from) {
      this.host = host;
      this.port = port;
      this.from = from;
    }

    /**
     * Sets the protection; {@link SmtpSecurity#STARTTLS_REQUIRED} unless set.
     *
     * @param security the protection; {@link SmtpSecurity#NONE} for a loopback host only
     * @return this
     */
    public Builder security(SmtpSecurity security) {
      this.security = Objects.requireNonNull(security, "security");
      return this;
    }

    /**
     * Accepts {@link SmtpSecurity#NONE} for other hosts too: whoever sees the network then sees the
     * mails, codes among them, and the password if one is set.
     *
     * @return this
     */
    public Builder acceptPlainText() {
      this.plainTextAccepted = true;
      return this;
    }

    /**
     * Logs in; without this, nobody logs in.
     *
     * @param user the user name
     * @param password the password; kept until the process ends
     * @return this
     */
    public Builder credentials(String user, Secret password) {
      this.user = Objects.requireNonNull(user, "user");
      this.password = Optional.of(password);
      return this;
    }

    /**
     * Sets the name that mails show; {@code FaceLock} unless set.
     *
     * @param application 1 to 64 characters, no control characters
     * @return this
     * @throws IllegalArgumentException if the name is malformed
     */
    public Builder application(String application) {
      if (application.isBlank()
          || application.length() > 64
          || application.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException(
            "An application's name has 1 to 64 characters and no control characters");
      }
      this.application = application;
      return this;
    }

    /**
     * Sets how long the server may be silent; 5, 10 and 10 seconds unless set.
     *
     * @param connect for connecting
     * @param read for each answer
     * @param write for each write
     * @return this
     * @throws IllegalArgumentException if one is below 1 ms or above 5 minutes
     */
    public Builder timeouts(Duration connect, Duration read, Duration write) {
      this.connectTimeout = bounded(connect);
      this.readTimeout = bounded(read);
      this.writeTimeout = bounded(write);
      return this;
    }

    /**
     * Sets how long one delivery may take in all, however busy the server; 30 seconds unless set.
     *
     * @param within from connecting to the server's last word
     * @return this
     * @throws IllegalArgumentException if below 1 ms or above 5 minutes
     */
    public Builder deliverWithin(Duration within) {
      this.deliverWithin = bounded(within);
      return this;
    }

    /**
     * Sets whom to trust; the runtime's trust store unless set. The server's name is checked in any
     * case.
     *
     * @param tls with the trusted certificates
     * @return this
     */
    public Builder tls(SSLContext tls) {
      this.tls = Optional.of(tls);
      return this;
    }

    /**
     * Makes the settings.
     *
     * @return the settings
     * @throws IllegalStateException if mails would cross a network unprotected
     */
    public SmtpSettings build() {
      if (security == SmtpSecurity.NONE && !plainTextAccepted && !isLoopback(host)) {
        throw new IllegalStateException(
            "Mails would cross the network readable by anyone. Use STARTTLS_REQUIRED or"
                + " IMPLICIT_TLS, or call acceptPlainText() where the network is trusted");
      }
      return new SmtpSettings(this);
    }

    /** By name only: what a resolver says may change after this check. */
    private static boolean isLoopback(String host) {
      String name = host.toLowerCase(Locale.ROOT);
      return name.equals("localhost")
          || name.equals("::1")
          || name.equals("[::1]")
          || name.matches("127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}");
    }

    private static Duration bounded(Duration timeout) {
      if (timeout.toMillis() < 1 || timeout.compareTo(Duration.ofMinutes(5)) > 0) {
        throw new IllegalArgumentException("A mail time-out has 1 ms to 5 minutes");
      }
      return timeout;
    }
  }
}
