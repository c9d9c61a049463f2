package io.github.facelock.benchmarks.accuracy;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes maps, lists, strings, numbers and truth values as JSON (RFC 8259). */
public final class Json {

  private final StringBuilder out = new StringBuilder();

  private Json() {}

  /**
   * Writes a tree, indented. Numbers that are not finite and empty optionals become null.
   *
   * @param tree of maps, lists, strings, numbers, truth values and optionals
   * @return the document
   */
  public static String write(Map<String, Object> tree) {
    Json json = new Json();
    json.value(tree, 0);
    return json.out.append('\n').toString();
  }

  private void value(Object value, int depth) {
    if (value instanceof Map<?, ?> map) {
      object(map, depth);
    } else if (value instanceof List<?> list) {
      array(list, depth);
    } else if (value instanceof Optional<?> optional) {
      if (optional.isPresent()) {
        value(optional.get(), depth);
      } else {
        out.append("null");
      }
    } else if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      out.append(Double.isFinite(number) ? value.toString() : "null");
    } else if (value instanceof Number || value instanceof Boolean) {
      out.append(value);
    } else {
      string(value.toString());
    }
  }

  private void object(Map<?, ?> map, int depth) {
    out.append('{');
    Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<?, ?> entry = entries.next();
      line(depth + 1);
      string(String.valueOf(entry.getKey()));
      out.append(": ");
      value(entry.getValue(), depth + 1);
      out.append(entries.hasNext() ? "," : "");
    }
    if (!map.isEmpty()) {
      line(depth);
    }
    out.append('}');
  }

  private void array(List<?> list, int depth) {
    out.append('[');
    for (int i = 0; i < list.size(); i++) {
      line(depth + 1);
      value(list.get(i), depth + 1);
      out.append(i < list.size() - 1 ? "," : "");
    }
    if (!list.isEmpty()) {
      line(depth);
    }
    out.append(']');
  }

  private void line(int depth) {
    out.append('\n').append("  ".repeat(depth));
  }

  private void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
