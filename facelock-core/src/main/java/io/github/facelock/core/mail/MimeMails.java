package io.github.facelock.core.mail;

import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;

/** Brings mails into the form of RFC 5322 and RFC 2045. Stateless. */
final class MimeMails {

  private static final String UTF_8 = StandardCharsets.UTF_8.name();

  private MimeMails() {}

  /**
   * Makes a message.
   *
   * @param session the library's settings
   * @param mail the words
   * @param from the sender's address
   * @param sender the sender's name
   * @param at its date
   * @return multipart/alternative; within multipart/mixed if there are attachments
   */
  static MimeMessage message(
      Session session, OutgoingMail mail, String from, String sender, Instant at)
      throws MessagingException, UnsupportedEncodingException {
    MimeMessage message = new IdentifiedMail(session, messageId(mail.id(), from));
    message.setFrom(new InternetAddress(from, sender, UTF_8));
    for (String recipient : mail.recipients()) {
      message.addRecipient(Message.RecipientType.TO, new InternetAddress(recipient, true));
    }
    message.setSubject(mail.subject(), UTF_8);
    message.setSentDate(Date.from(at));
    // RFC 3834: no out-of-office answers.
    message.setHeader("Auto-Submitted", "auto-generated");
    message.setHeader("Content-Language", mail.language());
    message.setContent(content(mail));
    message.saveChanges();
    return message;
  }

  private static MimeMultipart content(OutgoingMail mail) throws MessagingException {
    MimeBodyPart text = new MimeBodyPart();
    text.setText(mail.text(), UTF_8, "plain");
    MimeBodyPart html = new MimeBodyPart();
    html.setText(mail.html(), UTF_8, "html");
    MimeMultipart words = new MimeMultipart("alternative", text, html);
    if (mail.attachments().isEmpty()) {
      return words;
    }
    MimeBodyPart body = new MimeBodyPart();
    body.setContent(words);
    MimeMultipart all = new MimeMultipart("mixed", body);
    for (MailAttachment attachment : mail.attachments()) {
      MimeBodyPart file = new MimeBodyPart();
      file.setDataHandler(
          new DataHandler(new ByteArrayDataSource(attachment.bytes(), attachment.type())));
      file.setFileName(attachment.name());
      file.setDisposition(Part.ATTACHMENT);
      all.addBodyPart(file);
    }
    return all;
  }

  /** The same for each try, so that a mail server or reader can fold repetitions. */
  private static String messageId(String id, String from) throws MessagingException {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
      String domain = from.substring(from.indexOf('@') + 1);
      return "<" + HexFormat.of().formatHex(hash, 0, 16) + "@" + domain + ">";
    } catch (NoSuchAlgorithmException e) {
      throw new MessagingException("SHA-256", e);
    }
  }

  private static final class IdentifiedMail extends MimeMessage {
    private final String id;

    IdentifiedMail(Session session, String id) {
      super(session);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", id);
    }
  }
}
