package io.github.facelock.core.alert;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import io.github.facelock.core.mail.MailAddress;
import io.github.facelock.core.mail.MailFolder;
import io.github.facelock.core.mail.OutgoingMail;
import io.github.facelock.core.mail.SmtpClient;
import io.github.facelock.spi.AlertMessage;
import io.github.facelock.spi.NoticeChannel;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;

/** Mails subjects what happened to their own credentials. Thread-safe. */
public final class MailNoticeChannel implements NoticeChannel {

  private final Consumer<OutgoingMail> carrier;
  private final AlertTemplates templates;

  private MailNoticeChannel(Consumer<OutgoingMail> carrier, AlertTemplates templates) {
    this.carrier = carrier;
    this.templates = Objects.requireNonNull(templates, "templates");
  }

  /**
   * Mails by SMTP.
   *
   * @param client the mail server
   * @param templates whose application name is told
   * @return the channel
   */
  public static MailNoticeChannel bySmtp(SmtpClient client, AlertTemplates templates) {
    return new MailNoticeChannel(client::send, templates);
  }

  /**
   * Writes mails into a folder, for development.
   *
   * @param folder the folder
   * @param templates whose application name is told
   * @return the channel
   */
  public static MailNoticeChannel toFolder(MailFolder folder, AlertTemplates templates) {
    return new MailNoticeChannel(folder::write, templates);
  }

  @Override
  public FactorType addresses() {
    return FactorType.EMAIL_CODE;
  }

  @Override
  public void notify(Secret destination, Locale locale, AlertMessage message) {
    String address = new String(destination.reveal());
    if (!MailAddress.isValid(address)) {
      throw new FaceLockException.Delivery(
          "The stored mail address is malformed; let the person set it anew",
          false,
          new IOException("malformed address"));
    }
    AlertWords words = AlertWords.forSubject(templates, locale, message);
    carrier.accept(
        OutgoingMail.to(
            message.id(),
            List.of(address),
            words.language(),
            words.subject(),
            words.text(),
            words.html()));
  }
}
