package io.github.facelock.core.mail;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A mail before it has a sender and a date: the same words as plain text and as HTML. Immutable;
 * prints neither words nor addresses.
 */
public final class OutgoingMail {

  private final String id;
  private final List<String> recipients;
  private final String language;
  private final String subject;
  private final String text;
  private final String html;
  private final List<MailAttachment> attachments;

  private OutgoingMail(
      String id,
      List<String> recipients,
      String language,
      String subject,
      String text,
      String html,
      List<MailAttachment> attachments) {
    this.id = Objects.requireNonNull(id, "id");
    this.recipients = List.copyOf(recipients);
    this.language = Objects.requireNonNull(language, "language");
    this.subject = Objects.requireNonNull(subject, "subject");
    this.text = Objects.requireNonNull(text, "text");
    this.html = Objects.requireNonNull(html, "html");
    this.attachments = List.copyOf(attachments);
  }

  /**
   * Words for somebody.
   *
   * @param id the same for each try to send the same mail; becomes its {@code Message-ID}, hashed
   * @param recipients at least one plain mail address, as {@link MailAddress} says
   * @param language of the words
   * @param subject one line; controls are replaced, so that it can begin no further header
   * @param text the words as plain text
   * @param html the same words as a page; the caller escapes what it fills in
   * @return a mail without attachments
   * @throws IllegalArgumentException if an address is malformed or there is none; the message does
   *     not repeat it
   */
  public static OutgoingMail to(
      String id,
      List<String> recipients,
      Locale language,
      String subject,
      String text,
      String html) {
    if (recipients.isEmpty() || !recipients.stream().allMatch(MailAddress::isValid)) {
      throw new IllegalArgumentException("A mail needs recipients, each one plain mail address");
    }
    return new OutgoingMail(
        id, recipients, language.toLanguageTag(), oneLine(subject), text, html, List.of());
  }

  /**
   * The same mail with files.
   *
   * @param files what travels with it
   * @return the changed mail
   */
  public OutgoingMail with(List<MailAttachment> files) {
    return new OutgoingMail(id, recipients, language, subject, text, html, files);
  }

  private static String oneLine(String subject) {
    return subject.replaceAll("[\\p{Cntrl}\\x{80}-\\x{9f}\\x{2028}\\x{2029}]+", " ").strip();
  }

  String id() {
    return id;
  }

  List<String> recipients() {
    return recipients;
  }

  String language() {
    return language;
  }

  String subject() {
    return subject;
  }

  String text() {
    return text;
  }

  String html() {
    return html;
  }

  List<MailAttachment> attachments() {
    return attachments;
  }

  @Override
  public String toString() {
    return "OutgoingMail[redacted, %s]".formatted(attachments);
  }
}
