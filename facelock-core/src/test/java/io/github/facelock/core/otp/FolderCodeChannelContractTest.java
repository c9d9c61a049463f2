package io.github.facelock.core.otp;

import io.github.facelock.core.fixtures.StoppedClock;
import io.github.facelock.core.mail.MailFolder;
import io.github.facelock.spi.OtpChannel;
import io.github.facelock.test.contract.OtpChannelContract;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

class FolderCodeChannelContractTest extends OtpChannelContract {

  @TempDir Path folder;

  @Override
  protected OtpChannel newChannel() {
    return channel(folder.resolve("mails"));
  }

  @Override
  protected OtpChannel newRefusedChannel() {
    try {
      return channel(Files.writeString(folder.resolve("occupied"), "a file, not a folder"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static OtpChannel channel(Path mails) {
    return new FolderCodeChannel(
        new MailFolder(
            mails,
            "no-reply@acme.example",
            "Acme",
            new StoppedClock(Instant.parse("2026-11-21T12:00:00Z"))),
        CodeTemplates.bundled(),
        "Acme");
  }

  @Override
  protected List<Arrival> arrivals() {
    Path mails = folder.resolve("mails");
    if (!Files.exists(mails)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(mails)) {
      return files.map(FolderCodeChannelContractTest::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Arrival read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      MimeMessage mail = new MimeMessage(Session.getInstance(new Properties()), in);
      MimeMultipart parts = (MimeMultipart) mail.getContent();
      return new Arrival(
          mail.getAllRecipients()[0].toString(),
          mail.getSubject() + "\n" + parts.getBodyPart(0).getContent());
    } catch (MessagingException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
