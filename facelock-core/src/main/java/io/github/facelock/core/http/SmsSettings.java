package io.github.facelock.core.http;

import io.github.facelock.api.Secret;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which account of a provider with Twilio's REST form sends messages, and from which number.
 * Immutable; never prints the token.
 */
public final class SmsSettings {

  private static final Pattern SID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern SENDER = Pattern.compile("\\+[0-9]{7,15}|[A-Za-z0-9 ]{3,11}");

  private final String accountSid;
  private final Secret authToken;
  private final String user;
  private final Secret password;
  private final String senderField;
  private final String sender;
  private final URI baseUrl;
  private final Optional<URI> statusCallback;
  private final HttpSettings http;

  private SmsSettings(Builder builder) {
    this.accountSid = builder.accountSid;
    this.authToken = builder.authToken;
    this.user = builder.user;
    this.password = builder.password;
    this.senderField = builder.senderField;
    this.sender = builder.sender;
    this.baseUrl = builder.baseUrl;
    this.statusCallback = builder.statusCallback;
    this.http = builder.http;
  }

  /**
   * Begins settings.
   *
   * @param accountSid the account's id, for example {@code AC…}
   * @param authToken the account's token: it logs in, and it signs call-backs
   * @return a builder in which only the sender is missing
   * @throws IllegalArgumentException if the id is malformed or the token empty
   */
  public static Builder account(String accountSid, Secret authToken) {
    if (!SID.matcher(accountSid).matches() || authToken.length() == 0) {
      throw new IllegalArgumentException(
          "An account has an id of 1 to 64 letters and digits, and a token");
    }
    return new Builder(accountSid, authToken);
  }

  String accountSid() {
    return accountSid;
  }

  Secret authToken() {
    return authToken;
  }

  String user() {
    return user;
  }

  Secret password() {
    return password;
  }

  String senderField() {
    return senderField;
  }

  String sender() {
    return sender;
  }

  URI baseUrl() {
    return baseUrl;
  }

  Optional<URI> statusCallback() {
    return statusCallback;
  }

  HttpSettings http() {
    return http;
  }

  @Override
  public String toString() {
    return "SmsSettings[" + baseUrl.getHost() + ", " + accountSid + "]";
  }

  /** Collects settings. Not thread-safe. */
  public static final class Builder {
    private final String accountSid;
    private final Secret authToken;
    private String user;
    private Secret password;
    private String senderField = "From";
    private String sender = "";
    private URI baseUrl = URI.create("https://api.twilio.com");
    private Optional<URI> statusCallback = Optional.empty();
    private HttpSettings http = HttpSettings.ofDefaults();

    private Builder(String accountSid, Secret authToken) {
      this.accountSid = accountSid;
      this.authToken = authToken;
      this.user = accountSid;
      this.password = authToken;
    }

    /**
     * Sends from a number or a name.
     *
     * @param sender a number in E.164, a short code, or a name of 3 to 11 letters and digits
     * @return this
     * @throws IllegalArgumentException if it is none of these
     */
    public Builder from(String sender) {
      if (!SENDER.matcher(sender).matches()) {
        throw new IllegalArgumentException(
            "A sender is a number in E.164, a short code, or a name of 3 to 11 characters");
      }
      this.senderField = "From";
      this.sender = sender;
      return this;
    }

    /**
     * Sends from the pool of a messaging service.
     *
     * @param sid the service's id, for example {@code MG…}
     * @return this
     * @throws IllegalArgumentException if it is malformed
     */
    public Builder messagingService(String sid) {
      if (!SID.matcher(sid).matches()) {
        throw new IllegalArgumentException("A messaging service has an id of letters and digits");
      }
      this.senderField = "MessagingServiceSid";
      this.sender = sid;
      return this;
    }

    /**
     * Logs in with an API key instead of the account's token, which then only checks call-backs.
     *
     * @param sid the key's id, for example {@code SK…}
     * @param secret its secret
     * @return this
     * @throws IllegalArgumentException if the id is malformed
     */
    public Builder apiKey(String sid, Secret secret) {
      if (!SID.matcher(sid).matches()) {
        throw new IllegalArgumentException("An API key has an id of letters and digits");
      }
      this.user = sid;
      this.password = Objects.requireNonNull(secret, "secret");
      return this;
    }

    /**
     * Sets the provider; {@code https://api.twilio.com} unless set.
     *
     * @param baseUrl what stands before {@code /2010-04-01/}, without a slash at the end
     * @return this
     */
    public Builder baseUrl(URI baseUrl) {
      this.baseUrl = Objects.requireNonNull(baseUrl, "baseUrl");
      return this;
    }

    /**
     * Asks the provider to report what becomes of each message.
     *
     * @param callback the public address at which the application takes the call, exactly as the
     *     provider sees it
     * @return this
     */
    public Builder statusCallback(URI callback) {
      this.statusCallback = Optional.of(callback);
      return this;
    }

    /**
     * Sets bounds and trust; {@link HttpSettings#ofDefaults()} unless set.
     *
     * @param http the settings
     * @return this
     */
    public Builder http(HttpSettings http) {
      this.http = Objects.requireNonNull(http, "http");
      return this;
    }

    /**
     * Makes the settings.
     *
     * @return the settings
     * @throws IllegalStateException if there is no sender
     * @throws IllegalArgumentException if an address is not usable
     */
    public SmsSettings build() {
      if (sender.isEmpty()) {
        throw new IllegalStateException(
            "Say who sends: from(\"+1…\") or messagingService(\"MG…\")");
      }
      http.requireUsable(baseUrl);
      if (baseUrl.getRawQuery() != null) {
        throw new IllegalArgumentException("A provider's base address has no query");
      }
      statusCallback.ifPresent(http::requireUsable);
      return new SmsSettings(this);
    }
  }
}
