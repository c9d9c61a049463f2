package io.github.facelock.core.otp;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.github.facelock.core.fixtures.StoppedClock;
import io.github.facelock.core.mail.SmtpSecurity;
import io.github.facelock.core.mail.SmtpSettings;
import io.github.facelock.spi.OtpChannel;
import io.github.facelock.test.contract.OtpChannelContract;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SmtpCodeChannelContractTest extends OtpChannelContract {

  private final GreenMail server =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

  SmtpCodeChannelContractTest() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Override
  protected OtpChannel newChannel() {
    return channel(server.getSmtp().getPort());
  }

  @Override
  protected OtpChannel newRefusedChannel() {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return channel(free.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static OtpChannel channel(int port) {
    Duration patience = Duration.ofSeconds(30);
    return new SmtpCodeChannel(
        SmtpSettings.server("127.0.0.1", port, "no-reply@acme.example")
            .security(SmtpSecurity.NONE)
            .timeouts(patience, patience, patience)
            .build(),
        new StoppedClock(Instant.parse("2026-11-21T12:00:00Z")));
  }

  @Override
  protected List<Arrival> arrivals() {
    List<Arrival> arrivals = new ArrayList<>();
    try {
      for (MimeMessage mail : server.getReceivedMessages()) {
        MimeMultipart parts = (MimeMultipart) mail.getContent();
        String text = mail.getSubject() + "\n" + parts.getBodyPart(0).getContent();
        arrivals.add(new Arrival(mail.getAllRecipients()[0].toString(), text));
      }
    } catch (MessagingException | IOException e) {
      throw new IllegalStateException(e);
    }
    return arrivals;
  }
}
