package io.github.facelock.core.otp;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a mail with a code, in the languages that have a bundle; else in English. */
final class CodeMail {

  private static final String BUNDLE = "io.github.facelock.core.otp.CodeMail";
  private static final Set<String> LANGUAGES = Set.of("es", "de", "hi", "bn");
  private static final Pattern PLACE = Pattern.compile("\\{(app|code|minutes)\\}");

  private final ResourceBundle words;
  private final String language;
  private final Map<String, String> values;

  CodeMail(Locale locale, String application, String code, Duration validFor) {
    boolean translated = LANGUAGES.contains(locale.getLanguage());
    // Chosen here, because the bundle's own search would fall back to the machine's language.
    this.language = translated ? locale.getLanguage() : "en";
    this.words =
        ResourceBundle.getBundle(
            BUNDLE, translated ? Locale.forLanguageTag(language) : Locale.ROOT);
    long minutes = Math.max(1, validFor.toMinutes());
    this.values = Map.of("app", application, "code", code, "minutes", Long.toString(minutes));
  }

  String language() {
    return language;
  }

  /** Without the code: subjects show on locked screens and in logs. */
  String subject() {
    return fill(words.getString("subject"), false);
  }

  String text() {
    return String.join(
            "\n\n",
            fill(words.getString("intro"), false),
            values.get("code"),
            fill(words.getString("validity"), false),
            fill(words.getString("warning"), false))
        + "\n";
  }

  String html() {
    return """
    <!DOCTYPE html>
    <html lang="%s">
    <head><meta charset="utf-8"><title>%s</title></head>
    <body style="font-family:sans-serif">
    <p>%s</p>
    <p style="font-size:1.6em;letter-spacing:.1em"><strong>%s</strong></p>
    <p>%s</p>
    <p>%s</p>
    </body>
    </html>
    """
        .formatted(
            language,
            fill(words.getString("subject"), true),
            fill(words.getString("intro"), true),
            fill("{code}", true),
            fill(words.getString("validity"), true),
            fill(words.getString("warning"), true));
  }

  /** In one pass, so that a value that looks like a place is not filled again. */
  private String fill(String template, boolean html) {
    return PLACE
        .matcher(template)
        .replaceAll(
            place -> {
              String value = values.getOrDefault(place.group(1), "");
              return Matcher.quoteReplacement(html ? escape(value) : value);
            });
  }

  private static String escape(String value) {
    return value
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
