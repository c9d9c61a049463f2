package io.github.facelock.spring.web;

import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Secret;
import io.github.facelock.spring.autoconfigure.FaceLockWebProperties;
import io.github.facelock.spring.web.page.Texts;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.servlet.support.RequestContextUtils;

/**
 * Tells FaceLock where a request came from, and keeps a trusted device's token in a cookie.
 * Immutable and thread-safe.
 *
 * <p>The source is the connection's address. Behind a proxy, let the server take it over from the
 * proxy's header ({@code server.forward-headers-strategy=native}, and a proxy that replaces the
 * header): nothing is read from headers here, because a client could write them.
 */
public final class RequestContexts {

  private static final int LONGEST_SOURCE = 128;
  private static final int LONGEST_ATTRIBUTE = 512;

  private final Texts texts;
  private final FaceLockWebProperties properties;

  /**
   * Takes the settings.
   *
   * @param texts knows the languages
   * @param properties name the cookie
   */
  public RequestContexts(Texts texts, FaceLockWebProperties properties) {
    this.texts = texts;
    this.properties = properties;
  }

  /**
   * Describes a request.
   *
   * @param request the request
   * @return its source, its language, its browser, and what a trusted device presents
   */
  public RequestContext of(HttpServletRequest request) {
    Map<String, String> attributes = new HashMap<>();
    String agent = oneLine(request.getHeader(HttpHeaders.USER_AGENT), LONGEST_ATTRIBUTE);
    if (!agent.isEmpty()) {
      attributes.put("user-agent", agent);
    }
    String source = oneLine(request.getRemoteAddr(), LONGEST_SOURCE);
    return new RequestContext(
        source.isBlank() ? "unknown" : source, locale(request), attributes, token(request));
  }

  /**
   * The language of a request.
   *
   * @param request the request
   * @return one that there are texts in
   */
  public Locale locale(HttpServletRequest request) {
    return texts.supported(RequestContextUtils.getLocale(request), request.getLocales());
  }

  private Optional<Secret> token(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    if (cookies == null) {
      return Optional.empty();
    }
    for (Cookie cookie : cookies) {
      if (cookie.getName().equals(properties.device().cookie())
          && !cookie.getValue().isEmpty()
          && cookie.getValue().length() <= Secret.MAX_LENGTH) {
        return Optional.of(Secret.of(cookie.getValue()));
      }
    }
    return Optional.empty();
  }

  /**
   * Lets the browser keep a trusted device's token.
   *
   * @param response of the request
   * @param token what the device presents next time
   */
  public void keepDevice(HttpServletResponse response, Secret token) {
    write(response, new String(token.reveal()), properties.device().maxAge());
  }

  /**
   * Lets the browser forget a trusted device's token.
   *
   * @param response of the request
   */
  public void forgetDevice(HttpServletResponse response) {
    write(response, "", Duration.ZERO);
  }

  private void write(HttpServletResponse response, String value, Duration age) {
    ResponseCookie cookie =
        ResponseCookie.from(properties.device().cookie(), value)
            .httpOnly(true)
            .secure(properties.device().secure())
            .sameSite("Strict")
            .path("/")
            .maxAge(age)
            .build();
    response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
  }

  /** A client writes what it likes; what goes to logs has neither lines nor control characters. */
  private static String oneLine(@Nullable String text, int longest) {
    if (text == null) {
      return "";
    }
    String line =
        text.codePoints()
            .filter(c -> !Character.isISOControl(c) && c != 0x2028 && c != 0x2029)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return line.length() <= longest ? line : line.substring(0, longest);
  }
}
