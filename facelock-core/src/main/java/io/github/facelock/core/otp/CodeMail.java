package io.github.facelock.core.otp;

import java.time.Duration;
import java.util.Map;

/** The words of one mail with a code. Never prints. */
final class CodeMail {

  private final MailTemplate template;
  private final String language;
  private final Map<String, String> values;

  CodeMail(MailTemplate template, String language, Map<String, String> values) {
    this.template = template;
    this.language = language;
    this.values = Map.copyOf(values);
  }

  /** What the places of a template are filled with. */
  static Map<String, String> values(String application, String code, Duration validFor) {
    long minutes = Math.max(1, validFor.toMinutes());
    return Map.of("app", application, "code", code, "minutes", Long.toString(minutes));
  }

  String language() {
    return language;
  }

  String subject() {
    return Placeholders.fill(template.subject(), values, false);
  }

  String text() {
    return Placeholders.fill(template.text(), values, false);
  }

  String html() {
    return Placeholders.fill(template.html(), values, true);
  }
}
