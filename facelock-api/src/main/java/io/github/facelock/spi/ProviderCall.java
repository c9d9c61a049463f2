package io.github.facelock.spi;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An HTTP POST that arrived at the application's call-back address, as it came and believed by
 * nobody yet.
 *
 * @param query the raw query string, without the question mark; empty if there was none
 * @param headers the request's headers; of a repeated one, any
 * @param body the body, in ISO-8859-1 or UTF-8 as the sender encoded it; at most {@value #MAX_BODY}
 *     characters
 */
public record ProviderCall(String query, Map<String, String> headers, String body) {

  /** The longest body, in characters. */
  public static final int MAX_BODY = 65_536;

  private static final int MAX_QUERY = 4096;
  private static final int MAX_HEADERS = 200;

  /**
   * Checks the sizes; header names are kept in lower case.
   *
   * @throws IllegalArgumentException if query, headers or body are too long
   */
  public ProviderCall {
    Objects.requireNonNull(query, "query");
    Objects.requireNonNull(body, "body");
    if (query.length() > MAX_QUERY || body.length() > MAX_BODY || headers.size() > MAX_HEADERS) {
      throw new IllegalArgumentException("The call is longer than any provider's: refuse it");
    }
    headers =
        headers.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    e -> e.getKey().toLowerCase(Locale.ROOT),
                    Map.Entry::getValue,
                    (first, second) -> first));
  }

  /**
   * Finds a header.
   *
   * @param name in any case
   * @return its value
   */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /** Without the contents: a body may name a telephone number. */
  @Override
  public String toString() {
    return "ProviderCall[redacted]";
  }
}
