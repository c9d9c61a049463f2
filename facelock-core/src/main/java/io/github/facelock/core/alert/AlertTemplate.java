package io.github.facelock.core.alert;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of a mail about an alert, or to a subject. Filled in, and escaped in the HTML part, are
 * {@code {app}}, {@code {cause}} (in words), {@code {severity}}, {@code {subject}}, {@code
 * {factor}}, {@code {source}}, {@code {time}}, {@code {count}}, {@code {link}} and {@code {facts}}
 * (all of them, one in a line or row, those that are empty left out).
 *
 * @param subject one line, at most 200 characters
 * @param text the plain part, at most 20 000 characters
 * @param html the HTML part, a whole document, at most 100 000 characters
 */
public record AlertTemplate(String subject, String text, String html) {

  private static final String NAMES =
      "app|cause|severity|subject|factor|source|time|count|link|facts|language";
  static final Pattern PLACE = Pattern.compile("\\{(" + NAMES + ")\\}");
  private static final Pattern UNKNOWN =
      Pattern.compile("\\{(?!(?:" + NAMES + ")\\})[a-zA-Z]{1,32}\\}");

  /**
   * Checks the texts.
   *
   * @throws IllegalArgumentException if a text is empty or too long, or has an unknown place, or
   *     the subject more than one line, or facts or link
   */
  public AlertTemplate {
    check(subject, 200);
    check(text, 20_000);
    check(html, 100_000);
    if (subject.chars().anyMatch(Character::isISOControl)
        || subject.contains("{facts}")
        || subject.contains("{link}")) {
      throw new IllegalArgumentException("A mail's subject is one line, without facts and link");
    }
  }

  private static void check(String template, int longest) {
    if (template.isBlank() || template.length() > longest) {
      throw new IllegalArgumentException("A template has 1 to " + longest + " characters");
    }
    Matcher unknown = UNKNOWN.matcher(template);
    if (unknown.find()) {
      throw new IllegalArgumentException("A template of alerts has no place " + unknown.group());
    }
  }
}
