package io.github.facelock.core.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes JSON (RFC 8259): texts, numbers, truth values, lists and objects. Stateless. */
public final class JsonText {

  private JsonText() {}

  /**
   * Writes an object.
   *
   * @param members by name, in the map's order: {@link CharSequence}, {@link Number}, {@link
   *     Boolean}, {@link List} or {@link Map} of these with text names
   * @return the text; letters beyond ASCII as they are, controls and unpaired surrogates escaped
   * @throws IllegalArgumentException if a value is of another type
   */
  public static String object(Map<String, ?> members) {
    StringBuilder out = new StringBuilder();
    append(out, members);
    return out.toString();
  }

  private static void append(StringBuilder out, Object value) {
    if (value instanceof CharSequence text) {
      quote(out, text);
    } else if (value instanceof Boolean || value instanceof Integer || value instanceof Long) {
      out.append(value);
    } else if (value instanceof Double number && Double.isFinite(number)) {
      out.append(number);
    } else if (value instanceof List<?> list) {
      String separator = "[";
      for (Object each : list) {
        out.append(separator);
        append(out, each);
        separator = ",";
      }
      out.append(list.isEmpty() ? "[]" : "]");
    } else if (value instanceof Map<?, ?> map) {
      String separator = "{";
      for (Map.Entry<?, ?> each : map.entrySet()) {
        out.append(separator);
        quote(out, String.valueOf(each.getKey()));
        out.append(':');
        append(out, each.getValue());
        separator = ",";
      }
      out.append(map.isEmpty() ? "{}" : "}");
    } else {
      throw new IllegalArgumentException("JSON has no form for " + value.getClass().getName());
    }
  }

  private static void quote(StringBuilder out, CharSequence text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (pair) {
        out.append(c).append(text.charAt(++i));
      } else if (c < ' ' || Character.isSurrogate(c) || c == 0x2028 || c == 0x2029) {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
