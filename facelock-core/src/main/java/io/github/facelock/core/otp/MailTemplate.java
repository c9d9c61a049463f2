package io.github.facelock.core.otp;

/**
 * The words of a mail with a code. {@code {app}}, {@code {code}} and {@code {minutes}} are filled
 * in, escaped in the HTML part.
 *
 * @param subject one line, at most 200 characters, without the code: subjects show on locked
 *     screens
 * @param text the plain part, with the code; at most 20 000 characters
 * @param html the HTML part, a whole document with the code; at most 100 000 characters
 */
public record MailTemplate(String subject, String text, String html) {

  /**
   * Checks the texts.
   *
   * @throws IllegalArgumentException if a text is too long or empty, has an unknown place, lacks
   *     the code, or tells it in the subject
   */
  public MailTemplate {
    Placeholders.check(subject, 200);
    Placeholders.check(text, 20_000);
    Placeholders.check(html, 100_000);
    if (subject.contains(Placeholders.CODE) || subject.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("A mail's subject is one line, without {code}");
    }
    if (!text.contains(Placeholders.CODE) || !html.contains(Placeholders.CODE)) {
      throw new IllegalArgumentException("Both parts of a mail need {code}");
    }
  }
}
