package io.github.facelock.core.otp;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills named places of a text. */
final class Placeholders {

  static final String CODE = "{code}";

  private static final Pattern PLACE = Pattern.compile("\\{(app|code|minutes)\\}");
  private static final Pattern UNKNOWN =
      Pattern.compile("\\{(?!(?:app|code|minutes)\\})[a-zA-Z]{1,32}\\}");

  private Placeholders() {}

  static void check(String template, int longest) {
    if (template.isBlank() || template.length() > longest) {
      throw new IllegalArgumentException("A template has 1 to " + longest + " characters");
    }
    Matcher unknown = UNKNOWN.matcher(template);
    if (unknown.find()) {
      throw new IllegalArgumentException(
          "A template has the places {app}, {code} and {minutes}, and no " + unknown.group());
    }
  }

  /** In one pass, so that a value that looks like a place is not filled again. */
  static String fill(String template, Map<String, String> values, boolean html) {
    return PLACE
        .matcher(template)
        .replaceAll(
            place -> {
              String value = values.getOrDefault(place.group(1), "");
              return Matcher.quoteReplacement(html ? escape(value) : value);
            });
  }

  static String escape(String value) {
    return value
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
