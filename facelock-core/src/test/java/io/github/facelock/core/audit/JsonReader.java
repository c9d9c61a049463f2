package io.github.facelock.core.audit;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.util.HashMap;
import java.util.Map;

/** Reads a line as any consumer would, with a parser that is not ours. */
final class JsonReader {

  private JsonReader() {}

  /** Numbers as texts. */
  static Map<String, Object> read(String line) {
    try {
      Map<String, Object> members = new HashMap<>(JSONObjectUtils.parse(line));
      members.replaceAll((name, value) -> value instanceof Number ? value.toString() : value);
      return members;
    } catch (ParseException e) {
      throw new AssertionError("No JSON: " + line, e);
    }
  }
}
