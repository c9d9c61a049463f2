package io.github.facelock.core.alert;

import io.github.facelock.api.SubjectId;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.AlertMessage;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.regex.Matcher;

/**
 * The words for one message in one language. What people and clients wrote is shown on one line and
 * escaped in HTML. Details other than those named here stay away from mails and telephones.
 */
final class AlertWords {

  private static final String BUNDLE = "io.github.facelock.core.alert.AlertText";
  private static final Set<String> LANGUAGES = Set.of("es", "de", "hi", "bn");
  private static final int LONGEST = 200;
  private static final AlertTemplate BUNDLED =
      new AlertTemplate(
          "{app}: {cause}",
          "{cause}\n\n{facts}\n",
          """
          <!DOCTYPE html>
          <html lang="{language}">
          <head><meta charset="utf-8"><title>{app}</title></head>
          <body style="font-family:sans-serif">
          <p style="font-size:1.2em"><strong>{cause}</strong></p>
          {facts}
          </body>
          </html>
          """);

  private final ResourceBundle words;
  private final Locale language;
  private final AlertTemplate template;
  private final Map<String, String> values = new LinkedHashMap<>();
  private final Map<String, String> facts = new LinkedHashMap<>();
  private final String last;

  private AlertWords(
      AlertTemplates templates, Locale locale, AlertMessage message, boolean forSubject) {
    // Chosen here, because the bundle's own search would fall back to the machine's language.
    boolean translated = LANGUAGES.contains(locale.getLanguage());
    this.language = translated ? Locale.forLanguageTag(locale.getLanguage()) : Locale.ENGLISH;
    this.words = ResourceBundle.getBundle(BUNDLE, translated ? language : Locale.ROOT);
    this.template = forSubject ? BUNDLED : templates.own(locale).orElse(BUNDLED);
    Alert alert = message.alert();
    values.put("app", templates.application());
    values.put("language", language.toLanguageTag());
    values.put("severity", words.getString("severity." + message.severity()));
    values.put("subject", alert.subject().map(SubjectId::value).map(AlertWords::line).orElse(""));
    values.put("factor", alert.factor().map(factor -> factor.id()).orElse(""));
    values.put("source", line(alert.source()));
    values.put(
        "time",
        DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
            alert.at().truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC)));
    values.put("count", message.count() > 1 ? Integer.toString(message.count()) : "");
    values.put("link", message.acknowledge().map(link -> new String(link.reveal())).orElse(""));
    String cause = words.getString((forSubject ? "notice." : "cause.") + alert.cause());
    Optional<String> of = Optional.ofNullable(alert.details().get("of")).flatMap(this::causeNamed);
    values.put("cause", of.map(name -> cause + " (" + name + ")").orElse(cause));
    this.last = forSubject ? words.getString("notice.warning") : "";
    fact("severity", !forSubject);
    fact("subject", true);
    fact("factor", true);
    fact("source", !forSubject);
    fact("time", true);
    fact("count", true);
    fact("link", true);
  }

  static AlertWords forAlert(AlertTemplates templates, Locale locale, AlertMessage message) {
    return new AlertWords(templates, locale, message, false);
  }

  /** To the subject itself, in words that help it; own templates are for administrators. */
  static AlertWords forSubject(AlertTemplates templates, Locale locale, AlertMessage message) {
    return new AlertWords(templates, locale, message, true);
  }

  private Optional<String> causeNamed(String name) {
    String key = "cause." + name;
    return words.containsKey(key) ? Optional.of(words.getString(key)) : Optional.empty();
  }

  private void fact(String name, boolean shown) {
    String value = values.getOrDefault(name, "");
    if (shown && !value.isEmpty()) {
      facts.put(words.getString("label." + name), value);
    }
  }

  Locale language() {
    return language;
  }

  String subject() {
    return fill(template.subject(), "", false);
  }

  String text() {
    StringBuilder lines = new StringBuilder();
    facts.forEach((label, value) -> lines.append(label).append(": ").append(value).append('\n'));
    if (!last.isEmpty()) {
      lines.append('\n').append(last).append('\n');
    }
    return fill(template.text(), lines.toString().strip(), false);
  }

  String html() {
    StringBuilder rows = new StringBuilder("<table>\n");
    facts.forEach(
        (label, value) ->
            rows.append("<tr><th style=\"text-align:left;padding-right:1em\">")
                .append(escape(label))
                .append("</th><td>")
                .append(
                    value.equals(values.get("link"))
                        ? "<a href=\"" + escape(value) + "\">" + escape(value) + "</a>"
                        : escape(value))
                .append("</td></tr>\n"));
    rows.append("</table>");
    if (!last.isEmpty()) {
      rows.append("\n<p>").append(escape(last)).append("</p>");
    }
    return fill(template.html(), rows.toString(), true);
  }

  /** One or two telephone messages long, most important first; the link is never cut. */
  String brief() {
    StringBuilder brief = new StringBuilder(values.get("app") + ": " + values.get("cause"));
    for (String name : new String[] {"subject", "source", "time"}) {
      String value = values.getOrDefault(name, "");
      if (!value.isEmpty() && facts.containsValue(value)) {
        brief.append(", ").append(cut(value, 60));
      }
    }
    if (!values.getOrDefault("count", "").isEmpty()) {
      brief.append(", ").append(values.get("count")).append('×');
    }
    if (!last.isEmpty()) {
      brief.append(". ").append(last);
    }
    if (!values.getOrDefault("link", "").isEmpty()) {
      brief.append(' ').append(values.get("link"));
    }
    return brief.toString();
  }

  /** In one pass, so that a value that looks like a place is not filled again. */
  private String fill(String template, String listed, boolean html) {
    return AlertTemplate.PLACE
        .matcher(template)
        .replaceAll(
            place -> {
              if (place.group(1).equals("facts")) {
                return Matcher.quoteReplacement(listed);
              }
              String value = values.getOrDefault(place.group(1), "");
              return Matcher.quoteReplacement(html ? escape(value) : value);
            });
  }

  private static String line(String text) {
    return cut(text.replaceAll("[\\p{Cntrl}\\x{80}-\\x{9f}\\x{2028}\\x{2029}]", "?"), LONGEST);
  }

  private static String cut(String text, int longest) {
    return text.codePointCount(0, text.length()) <= longest
        ? text
        : text.substring(0, text.offsetByCodePoints(0, longest)) + "…";
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
