package io.github.facelock.spring.web;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code multipart/form-data} (RFC 7578) that lies in memory whole. Knows what browsers
 * write, and refuses the rest: no nesting, no transfer encodings, short headers.
 */
final class MultipartBody {

  private static final Pattern BOUNDARY =
      Pattern.compile(
          "multipart/form-data\\s*;(?:.*;)?\\s*boundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70}))\\s*(?:;.*)?",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME =
      Pattern.compile(
          "content-disposition:\\s*form-data\\s*;(?:[^\\r\\n]*;)?\\s*name=\"([^\"\\r\\n]{1,64})\"",
          Pattern.CASE_INSENSITIVE);
  private static final byte[] END_OF_HEADERS = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST_HEADERS = 1024;

  private final byte[] body;
  private final int length;
  private final byte[] delimiter;

  MultipartBody(byte[] body, int length, String boundary) {
    this.body = body;
    this.length = length;
    this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII);
  }

  /** The boundary that a content type names; empty if it is not {@code multipart/form-data}. */
  static Optional<String> boundary(@Nullable String contentType) {
    if (contentType == null || contentType.length() > 256) {
      return Optional.empty();
    }
    Matcher matcher = BOUNDARY.matcher(contentType);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String quoted = matcher.group(1);
    return Optional.of(quoted == null ? matcher.group(2) : quoted);
  }

  /**
   * Hands over each part.
   *
   * @return whether the body was well formed to its end
   */
  boolean read(BiConsumer<String, byte[]> parts) {
    // The first delimiter has no line break before it.
    if (!startsWith(0, delimiter, 2)) {
      return false;
    }
    int at = delimiter.length - 2;
    while (true) {
      if (at + 2 > length) {
        return false;
      }
      if (body[at] == '-' && body[at + 1] == '-') {
        return true;
      }
      if (body[at] != '\r' || body[at + 1] != '\n') {
        return false;
      }
      int headersEnd = find(END_OF_HEADERS, at, Math.min(length, at + LONGEST_HEADERS));
      if (headersEnd < 0) {
        return false;
      }
      String headers = new String(body, at + 2, headersEnd - at, StandardCharsets.UTF_8);
      Matcher name = NAME.matcher(headers);
      int content = headersEnd + END_OF_HEADERS.length;
      int end = find(delimiter, content, length);
      if (end < 0 || !name.find()) {
        return false;
      }
      parts.accept(name.group(1), Arrays.copyOfRange(body, content, end));
      at = end + delimiter.length;
    }
  }

  private boolean startsWith(int at, byte[] wanted, int from) {
    if (at + wanted.length - from > length) {
      return false;
    }
    return Arrays.equals(body, at, at + wanted.length - from, wanted, from, wanted.length);
  }

  private int find(byte[] wanted, int from, int to) {
    for (int i = from; i <= to - wanted.length; i++) {
      if (body[i] == wanted[0] && startsWith(i, wanted, 0)) {
        return i;
      }
    }
    return -1;
  }
}
