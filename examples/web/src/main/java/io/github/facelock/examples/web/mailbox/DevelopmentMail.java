package io.github.facelock.examples.web.mailbox;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Properties;

/**
 * A mail in the folder.
 *
 * @param id its file's name, without {@code .eml}
 * @param to who gets it
 * @param subject what it is about
 * @param sent when
 * @param text its plain part
 * @param pictures attached pictures as data addresses
 */
record DevelopmentMail(
    String id, String to, String subject, Instant sent, String text, List<String> pictures) {

  static DevelopmentMail read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MimeMessage mail = new MimeMessage(Session.getInstance(new Properties()), in);
      StringBuilder text = new StringBuilder();
      List<String> pictures = new ArrayList<>();
      collect(mail, text, pictures);
      String name = file.getFileName().toString();
      return new DevelopmentMail(
          name.substring(0, name.length() - ".eml".length()),
          InternetAddress.toString(mail.getAllRecipients()),
          mail.getSubject(),
          mail.getSentDate().toInstant(),
          text.toString(),
          pictures);
    } catch (MessagingException e) {
      throw new IOException("Not a mail: " + file.getFileName(), e);
    }
  }

  private static void collect(Part part, StringBuilder text, List<String> pictures)
      throws MessagingException, IOException {
    if (part.getContent() instanceof Multipart parts) {
      for (int i = 0; i < parts.getCount(); i++) {
        BodyPart child = parts.getBodyPart(i);
        collect(child, text, pictures);
      }
    } else if (part.isMimeType("text/plain")) {
      text.append(part.getContent());
    } else if (part.isMimeType("image/jpeg")) {
      try (InputStream in = part.getInputStream()) {
        pictures.add(
            "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(in.readAllBytes()));
      }
    }
  }
}
