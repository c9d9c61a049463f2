package io.github.facelock.core.alert;

import io.github.facelock.api.Secret;
import io.github.facelock.core.fixtures.FakeProvider;
import io.github.facelock.core.fixtures.StoppedClock;
import io.github.facelock.core.http.HttpSettings;
import io.github.facelock.core.http.SignedWebhook;
import io.github.facelock.core.http.SmsGateway;
import io.github.facelock.core.http.SmsSettings;
import io.github.facelock.core.mail.MailFolder;
import io.github.facelock.spi.AlertSink;
import io.github.facelock.test.contract.AlertSinkContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class SinkContractsTest {

  private static final Clock CLOCK = new StoppedClock(Instant.parse("2030-01-01T12:00:00Z"));
  private static final AlertTemplates WORDS = AlertTemplates.of("Acme");

  @Nested
  class Folder extends AlertSinkContract {
    @TempDir Path folder;

    @Override
    protected AlertSink newSink() {
      return to(folder);
    }

    @Override
    protected AlertSink newRefusedSink() {
      try {
        return to(Files.createFile(folder.resolve("a file")));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static AlertSink to(Path folder) {
      return MailAlertSink.toFolder(
          new MailFolder(folder, "no-reply@acme.example", "Acme", CLOCK),
          List.of("guard@acme.example"),
          Locale.ENGLISH,
          WORDS);
    }

    @Override
    protected int delivered() {
      try (var files = Files.list(folder)) {
        return (int) files.filter(file -> file.toString().endsWith(".eml")).count();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Nested
  class Webhook extends AlertSinkContract {
    private final FakeProvider receiver = new FakeProvider();

    @AfterEach
    void stop() {
      receiver.close();
    }

    @Override
    protected AlertSink newSink() {
      return new WebhookAlertSink(
          new SignedWebhook(
              receiver.uri("/alerts"),
              Secret.of("whsec_" + Base64.getEncoder().encodeToString(new byte[32])),
              HttpSettings.ofDefaults()),
          CLOCK);
    }

    @Override
    protected AlertSink newRefusedSink() {
      receiver.answers(410, "");
      return newSink();
    }

    @Override
    protected int delivered() {
      return receiver.requests().size();
    }
  }

  @Nested
  class Sms extends AlertSinkContract {
    private final FakeProvider provider = new FakeProvider();

    @AfterEach
    void stop() {
      provider.close();
    }

    @Override
    protected AlertSink newSink() {
      provider.answers(201, "{\"sid\": \"SM1\", \"status\": \"queued\"}");
      return new SmsAlertSink(
          new SmsGateway(
              SmsSettings.account("AC0123456789abcdef0123456789abcdef", Secret.of("hush"))
                  .from("+15005550006")
                  .baseUrl(provider.uri(""))
                  .build()),
          Secret.of("+491701234567"),
          Locale.ENGLISH,
          WORDS);
    }

    @Override
    protected AlertSink newRefusedSink() {
      AlertSink sink = newSink();
      provider.answers(400, "{\"code\": 21211}");
      return sink;
    }

    @Override
    protected int delivered() {
      return provider.requests().size();
    }
  }

  @Nested
  class Sound extends AlertSinkContract {
    private final AtomicInteger played = new AtomicInteger();

    @Override
    protected AlertSink newSink() {
      return new SoundAlertSink((format, samples) -> played.incrementAndGet());
    }

    @Override
    protected AlertSink newRefusedSink() {
      return new SoundAlertSink(
          (format, samples) -> {
            throw new IOException("no line");
          });
    }

    @Override
    protected int delivered() {
      return played.get();
    }
  }
}
