package io.github.facelock.core.otp;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.core.mail.MailAddress;
import io.github.facelock.core.mail.OutgoingMail;
import io.github.facelock.spi.OtpMessage;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** What a mail with a code says, whoever carries it. */
final class CodeMails {

  private CodeMails() {}

  static OutgoingMail mail(OtpMessage message, CodeTemplates templates, String application) {
    String destination = new String(message.destination().reveal());
    if (!MailAddress.isValid(destination)) {
      throw new FaceLockException.Delivery(
          "The stored mail address is malformed; let the person set it anew",
          false,
          new IOException("malformed address"));
    }
    CodeMail words =
        templates.mail(
            message.locale(),
            CodeMail.values(application, new String(message.code().reveal()), message.validFor()));
    return OutgoingMail.to(
        message.id(),
        List.of(destination),
        Locale.forLanguageTag(words.language()),
        words.subject(),
        words.text(),
        words.html());
  }
}
