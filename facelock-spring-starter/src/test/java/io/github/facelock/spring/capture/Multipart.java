package io.github.facelock.spring.capture;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of a form as a browser sends it; enough of RFC 7578 for a test to read. */
final class Multipart {

  private static final Pattern NAME = Pattern.compile("name=\"([^\"]*)\"");

  /** One part. */
  static final class Part {
    final String name;
    final String head;
    private final byte[] content;

    private Part(String name, String head, byte[] content) {
      this.name = name;
      this.head = head;
      this.content = content;
    }

    byte[] content() {
      return content.clone();
    }

    String text() {
      return new String(content, StandardCharsets.UTF_8);
    }
  }

  private Multipart() {}

  static List<Part> read(byte[] body, String contentType) {
    String boundary = "--" + contentType.substring(contentType.indexOf("boundary=") + 9);
    List<Part> parts = new ArrayList<>();
    // One character for each byte, so that lengths and contents stay.
    String all = new String(body, StandardCharsets.ISO_8859_1);
    for (String piece : all.split(Pattern.quote(boundary), -1)) {
      int end = piece.indexOf("\r\n\r\n");
      if (end < 0) {
        continue;
      }
      String head = piece.substring(2, end);
      Matcher name = NAME.matcher(head);
      parts.add(
          new Part(
              name.find() ? name.group(1) : "",
              head,
              piece.substring(end + 4, piece.length() - 2).getBytes(StandardCharsets.ISO_8859_1)));
    }
    return parts;
  }

  static List<Part> named(List<Part> parts, String name) {
    return parts.stream().filter(part -> part.name.equals(name)).toList();
  }
}
