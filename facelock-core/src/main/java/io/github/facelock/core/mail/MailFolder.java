package io.github.facelock.core.mail;

import io.github.facelock.api.FaceLockException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * Writes mails as {@code .eml} files (RFC 5322), which mail programs open: for development, and for
 * machines without a mail server. Thread-safe. A file is there completely or not at all; a mail
 * that is written again replaces its file.
 */
public final class MailFolder {

  private static final Pattern ODD = Pattern.compile("[^A-Za-z0-9_-]");

  private final Path folder;
  private final String from;
  private final String sender;
  private final Clock clock;
  private final Session session = Session.getInstance(new Properties());

  /**
   * Uses a folder.
   *
   * @param folder where the files go; made when the first one is written
   * @param from the sender's address
   * @param sender the sender's name
   * @param clock dates the mails
   * @throws IllegalArgumentException if the address is malformed
   */
  public MailFolder(Path folder, String from, String sender, Clock clock) {
    if (!MailAddress.isValid(from)) {
      throw new IllegalArgumentException("The sender must be one plain mail address");
    }
    this.folder = Objects.requireNonNull(folder, "folder");
    this.from = from;
    this.sender = Objects.requireNonNull(sender, "sender");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /**
   * Writes a mail.
   *
   * @param mail what to write
   * @return the file, named after the mail's id
   * @throws FaceLockException.Delivery if it cannot be written
   */
  public Path write(OutgoingMail mail) {
    Path file = folder.resolve(ODD.matcher(mail.id()).replaceAll("_") + ".eml");
    try {
      MimeMessage message = MimeMails.message(session, mail, from, sender, clock.instant());
      Files.createDirectories(folder);
      Path part = Files.createTempFile(folder, "mail", ".part");
      try {
        try (OutputStream out = Files.newOutputStream(part)) {
          message.writeTo(out);
        }
        return Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException | MessagingException e) {
      throw new FaceLockException.Delivery(
          "A mail could not be written to the folder for mails; check that it can be written to,"
              + " and the room on its disk",
          true,
          new IOException(e.getClass().getName()));
    }
  }

  @Override
  public String toString() {
    return "MailFolder[" + folder + "]";
  }
}
