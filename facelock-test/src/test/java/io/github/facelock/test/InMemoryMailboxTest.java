package io.github.facelock.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import io.github.facelock.spi.OtpMessage;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class InMemoryMailboxTest {

  private final InMemoryMailbox mailbox = new InMemoryMailbox(FactorType.EMAIL_CODE);

  private void send(String to, String code) {
    mailbox.send(
        new OtpMessage(
            "id", Secret.of(to), Secret.of(code), Duration.ofMinutes(5), Locale.ENGLISH));
  }

  @Test
  void codesAreReadOnceInTheirOrder() {
    send("a", "1");
    send("b", "2");
    send("a", "3");

    assertThat(mailbox.awaitCode("a")).isEqualTo("1");
    assertThat(mailbox.awaitCode("a")).isEqualTo("3");
    assertThat(mailbox.awaitCode("b")).isEqualTo("2");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> mailbox.awaitCode("a", Duration.ZERO))
        .withMessageContaining("3 messages came");
    assertThat(mailbox.received()).extracting(ReceivedCode::code).containsExactly("1", "2", "3");
  }

  @Test
  void aReaderWaitsForTheSender() {
    CompletableFuture<String> reader = CompletableFuture.supplyAsync(() -> mailbox.awaitCode("a"));
    send("a", "1");

    assertThat(reader.join()).isEqualTo("1");
  }

  @Test
  void itRefusesUntilItAccepts() {
    mailbox.refuse();
    assertThatExceptionOfType(FaceLockException.Delivery.class)
        .isThrownBy(() -> send("a", "1"))
        .matches(e -> !e.retryable());
    mailbox.accept();
    send("a", "2");

    assertThat(mailbox.awaitCode("a")).isEqualTo("2");
  }

  @Test
  void itFailsAsOftenAsItWasTold() {
    mailbox.failTimes(2);
    for (int i = 0; i < 2; i++) {
      assertThatExceptionOfType(FaceLockException.Delivery.class)
          .isThrownBy(() -> send("a", "1"))
          .matches(FaceLockException.Delivery::retryable);
    }
    send("a", "1");

    assertThat(mailbox.received()).hasSize(1);
  }

  @Test
  void aHangingSenderGoesOnWhenReleased() {
    mailbox.hang();
    CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> send("a", "1"));
    mailbox.awaitHanging(1);
    assertThat(mailbox.received()).isEmpty();

    mailbox.accept();
    sender.join();

    assertThat(mailbox.received()).hasSize(1);
  }

  @Test
  void anInterruptedSenderFails() throws InterruptedException {
    mailbox.hang();
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    Thread sender =
        new Thread(
            () -> {
              try {
                send("a", "1");
              } catch (FaceLockException.Delivery e) {
                failure.complete(e);
              }
            });
    sender.start();
    mailbox.awaitHanging(1);
    sender.interrupt();
    sender.join();

    assertThat(failure.join()).isInstanceOf(FaceLockException.Delivery.class);
    assertThat(mailbox.received()).isEmpty();
  }
}
