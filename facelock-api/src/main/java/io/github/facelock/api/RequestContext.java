package io.github.facelock.api;

import io.github.facelock.api.face.LivenessNeed;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Where a request came from. The application fills it in from what it trusts (the socket's address,
 * not a header that a client can write).
 *
 * @param source the address or terminal that the request came from, for example {@code 192.0.2.7}
 *     or {@code front-door}; attempts are limited per source; 1 to 128 characters, no control
 *     character or line separator, as it is written to logs
 * @param locale the language for messages
 * @param attributes further facts for rules and the audit trail, for example {@code user-agent}; at
 *     most 32 entries of at most 512 characters, none of them a control character or line separator
 * @param deviceToken what a trusted device presents, for example in a cookie that is HttpOnly,
 *     Secure and SameSite=Strict; never logged
 */
public record RequestContext(
    String source, Locale locale, Map<String, String> attributes, Optional<Secret> deviceToken) {

  private static final int MAX_SOURCE = 128;
  private static final int MAX_ATTRIBUTES = 32;
  private static final int MAX_ATTRIBUTE = 512;

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if a part is empty or too long, or has a control character
   */
  public RequestContext {
    Objects.requireNonNull(locale, "locale");
    Objects.requireNonNull(deviceToken, "deviceToken");
    if (source.isBlank() || source.length() > MAX_SOURCE || !isOneLine(source)) {
      throw new IllegalArgumentException(
          "A request source has 1 to " + MAX_SOURCE + " characters and no control characters");
    }
    attributes = Map.copyOf(attributes);
    if (attributes.size() > MAX_ATTRIBUTES
        || !attributes.entrySet().stream()
            .allMatch(e -> isAttribute(e.getKey()) && isAttribute(e.getValue()))) {
      throw new IllegalArgumentException(
          "Request attributes: at most "
              + MAX_ATTRIBUTES
              + " entries of at most "
              + MAX_ATTRIBUTE
              + " characters, without control characters");
    }
  }

  /**
   * A request that presents no trusted device.
   *
   * @param source where it came from
   * @param locale the language for messages
   * @param attributes further facts
   */
  public RequestContext(String source, Locale locale, Map<String, String> attributes) {
    this(source, locale, attributes, Optional.empty());
  }

  private static boolean isAttribute(String text) {
    return text.length() <= MAX_ATTRIBUTE && isOneLine(text);
  }

  /** What a client can write must not begin a line of its own in a log (CWE-117). */
  private static boolean isOneLine(String text) {
    return text.chars().noneMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029);
  }

  /**
   * A request from a network address or terminal, in English.
   *
   * @param source where it came from
   * @return the context
   */
  public static RequestContext from(String source) {
    return new RequestContext(source, Locale.ENGLISH, Map.of());
  }

  /**
   * A request from this machine, in English.
   *
   * @return the context
   */
  public static RequestContext local() {
    return from("local");
  }

  /**
   * The same request in another language.
   *
   * @param locale the language for messages
   * @return the changed context
   */
  public RequestContext withLocale(Locale locale) {
    return new RequestContext(source, locale, attributes, deviceToken);
  }

  /**
   * The same request with what a trusted device presented.
   *
   * @param token from {@link io.github.facelock.api.device.TrustedDevices#trust}, or from the last
   *     grant
   * @return the changed context
   */
  public RequestContext withDeviceToken(Secret token) {
    return new RequestContext(source, locale, attributes, Optional.of(token));
  }

  /**
   * The same request of a person who cannot do all that a face step may ask.
   *
   * @param needs what must not be asked
   * @return the changed context
   */
  public RequestContext withLivenessNeeds(Set<LivenessNeed> needs) {
    Map<String, String> changed = new HashMap<>(attributes);
    changed.put(LivenessNeed.ATTRIBUTE, LivenessNeed.format(needs));
    return new RequestContext(source, locale, changed, deviceToken);
  }
}
