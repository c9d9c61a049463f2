package io.github.facelock.spring.security;

import io.github.facelock.spring.autoconfigure.FaceLockWebProperties;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Which of FaceLock's paths are for everybody. All others below the base are for people who are
 * logged in, whatever the application's own rules are.
 */
public final class FaceLockPaths {

  private final RequestMatcher all;
  private final RequestMatcher open;
  private final RequestMatcher api;

  /**
   * Makes the matchers.
   *
   * @param properties name the base path, and say whether strangers may register
   */
  public FaceLockPaths(FaceLockWebProperties properties) {
    String base = properties.basePath();
    PathPatternRequestMatcher.Builder paths = PathPatternRequestMatcher.withDefaults();
    this.all = new OrRequestMatcher(List.of(paths.matcher(base), paths.matcher(base + "/**")));
    this.api = paths.matcher(base + "/api/**");
    Stream<RequestMatcher> registration =
        properties.registration()
            ? Stream.of(
                paths.matcher(base + "/register/**"), paths.matcher(base + "/api/register/**"))
            : Stream.empty();
    this.open =
        new OrRequestMatcher(
            Stream.concat(
                    Stream.of(
                        paths.matcher(base + "/login/**"),
                        paths.matcher(base + "/api/login/**"),
                        paths.matcher(HttpMethod.POST, base + "/api/guidance"),
                        paths.matcher(HttpMethod.GET, base + "/api/csrf"),
                        paths.matcher(HttpMethod.GET, base + "/openapi.json"),
                        paths.matcher(HttpMethod.GET, base + "/assets/**")),
                    registration)
                .toList());
  }

  /**
   * All of FaceLock's paths.
   *
   * @return a matcher
   */
  public RequestMatcher all() {
    return all;
  }

  /**
   * Those that nobody must be logged in for.
   *
   * @return a matcher
   */
  public RequestMatcher open() {
    return open;
  }

  /**
   * Those whose answers are JSON.
   *
   * @return a matcher
   */
  public RequestMatcher api() {
    return api;
  }
}
