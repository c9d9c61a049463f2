package io.github.facelock.core.alert;

import io.github.facelock.core.mail.MailAddress;
import io.github.facelock.core.mail.MailAttachment;
import io.github.facelock.core.mail.MailFolder;
import io.github.facelock.core.mail.OutgoingMail;
import io.github.facelock.core.mail.SmtpClient;
import io.github.facelock.spi.AlertMessage;
import io.github.facelock.spi.AlertSink;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Mails alerts as plain text and HTML, with the picture attached where one is kept. Thread-safe.
 * All tries of a message have one {@code Message-ID}.
 */
public final class MailAlertSink implements AlertSink {

  private final Consumer<OutgoingMail> carrier;
  private final List<String> recipients;
  private final Locale locale;
  private final AlertTemplates templates;

  private MailAlertSink(
      Consumer<OutgoingMail> carrier,
      List<String> recipients,
      Locale locale,
      AlertTemplates templates) {
    this.carrier = carrier;
    this.recipients = List.copyOf(recipients);
    this.locale = Objects.requireNonNull(locale, "locale");
    this.templates = Objects.requireNonNull(templates, "templates");
    if (recipients.isEmpty() || !recipients.stream().allMatch(MailAddress::isValid)) {
      throw new IllegalArgumentException("Alerts go to plain mail addresses, at least one");
    }
  }

  /**
   * Mails by SMTP.
   *
   * @param client the mail server
   * @param recipients their mail addresses, at least one
   * @param locale the language
   * @param templates the words
   * @return the sink
   * @throws IllegalArgumentException if an address is malformed
   */
  public static MailAlertSink bySmtp(
      SmtpClient client, List<String> recipients, Locale locale, AlertTemplates templates) {
    return new MailAlertSink(client::send, recipients, locale, templates);
  }

  /**
   * Writes mails into a folder, for development.
   *
   * @param folder the folder
   * @param recipients the mail addresses that the mails name, at least one
   * @param locale the language
   * @param templates the words
   * @return the sink
   * @throws IllegalArgumentException if an address is malformed
   */
  public static MailAlertSink toFolder(
      MailFolder folder, List<String> recipients, Locale locale, AlertTemplates templates) {
    return new MailAlertSink(folder::write, recipients, locale, templates);
  }

  @Override
  public void deliver(AlertMessage message) {
    AlertWords words = AlertWords.forAlert(templates, locale, message);
    OutgoingMail mail =
        OutgoingMail.to(
            message.id(),
            recipients,
            words.language(),
            words.subject(),
            words.text(),
            words.html());
    carrier.accept(
        message
            .snapshot()
            .map(
                snapshot ->
                    mail.with(
                        List.of(MailAttachment.of("snapshot.jpg", "image/jpeg", snapshot.jpeg()))))
            .orElse(mail));
  }
}
