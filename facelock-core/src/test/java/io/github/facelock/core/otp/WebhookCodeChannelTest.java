package io.github.facelock.core.otp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import io.github.facelock.core.fixtures.FakeProvider;
import io.github.facelock.core.fixtures.StoppedClock;
import io.github.facelock.core.http.HttpSettings;
import io.github.facelock.core.http.WebhookSignature;
import io.github.facelock.spi.DeliveryReport;
import io.github.facelock.spi.DeliveryStatus;
import io.github.facelock.spi.OtpMessage;
import io.github.facelock.spi.ProviderCall;
import io.github.facelock.spi.SendReceipt;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class WebhookCodeChannelTest {

  private static final Secret KEY = Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

  private final FakeProvider receiver = new FakeProvider();
  private final StoppedClock clock = new StoppedClock(Instant.parse("2026-11-21T12:00:00Z"));
  private final WebhookCodeChannel channel = channel(receiver.uri("/codes"));
  private final WebhookSignature signature = new WebhookSignature(KEY);

  private WebhookCodeChannel channel(URI uri) {
    return new WebhookCodeChannel(FactorType.SMS_CODE, uri, KEY, HttpSettings.ofDefaults(), clock);
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  private static OtpMessage message() {
    return new OtpMessage(
        "tx-1/sms-code/2",
        Secret.of("+4915123456789"),
        Secret.of("12345678"),
        Duration.ofMinutes(5),
        Locale.GERMANY);
  }

  @Test
  void theReceiverGetsSignedJson() {
    assertThat(channel.send(message())).isEqualTo(SendReceipt.of(DeliveryStatus.QUEUED));
    FakeProvider.Request request = receiver.requests().get(0);
    assertThat(request.path()).isEqualTo("/codes");
    assertThat(request.header("Content-type")).isEqualTo("application/json");
    assertThat(request.body())
        .isEqualTo(
            "{\"type\":\"facelock.code\",\"id\":\"tx-1/sms-code/2\",\"factor\":\"sms-code\","
                + "\"destination\":\"+4915123456789\",\"code\":\"12345678\","
                + "\"validForSeconds\":300,\"expiresAt\":\"2026-11-21T12:05:00Z\","
                + "\"locale\":\"de-DE\"}");
    assertThat(request.header("Webhook-id")).isEqualTo("tx-1/sms-code/2");
    assertThat(
            signature.verify(
                request.header("Webhook-id"),
                request.header("Webhook-timestamp"),
                request.header("Webhook-signature"),
                request.body().getBytes(StandardCharsets.UTF_8),
                clock.instant()))
        .isTrue();
    assertThat(channel.name()).isEqualTo("webhook");
    assertThat(channel.factor()).isEqualTo(FactorType.SMS_CODE);
  }

  @ParameterizedTest
  @CsvSource({
    "400,false",
    "404,false",
    "301,false",
    "401,false",
    "429,true",
    "500,true",
    "503,true"
  })
  void aRefusalIsAFaultThatTellsNoSecret(int status, boolean retryable) {
    receiver.answers(status, "12345678");
    FaceLockException.Delivery fault =
        catchThrowableOfType(FaceLockException.Delivery.class, () -> channel.send(message()));
    assertThat(fault.retryable()).isEqualTo(retryable);
    assertThat(fault.toString()).doesNotContain("12345678").doesNotContain("+49");
    assertThat(receiver.requests()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"queued,QUEUED", "sent,SENT", "delivered,DELIVERED", "failed,FAILED"})
  void aSignedReportIsRead(String word, DeliveryStatus status) {
    String body = "{\"id\": \"tx-1/sms-code/2\", \"status\": \"" + word + "\"}";
    assertThat(channel.read(call(body, clock.instant())))
        .contains(
            new DeliveryReport(Optional.of("tx-1/sms-code/2"), "tx-1/sms-code/2", status, ""));
  }

  private ProviderCall call(String body, Instant at) {
    return new ProviderCall(
        "",
        Map.of(
            "Webhook-Id", "r1",
            "Webhook-Timestamp", Long.toString(at.getEpochSecond()),
            "Webhook-Signature", signature.sign("r1", at, body.getBytes(StandardCharsets.UTF_8))),
        body);
  }

  @Test
  void forgedOldAndSenselessReportsAreRefused() {
    String body = "{\"id\": \"tx-1/sms-code/2\", \"status\": \"delivered\"}";
    ProviderCall right = call(body, clock.instant());
    assertThat(channel.read(new ProviderCall("", right.headers(), body + " "))).isEmpty();
    assertThat(channel.read(new ProviderCall("", Map.of(), body))).isEmpty();
    assertThat(channel.read(call(body, clock.instant().minusSeconds(301)))).isEmpty();
    assertThat(channel.read(call("{\"id\": \"x\"}", clock.instant()))).isEmpty();
    assertThat(channel.read(call("{\"status\": \"sent\"}", clock.instant()))).isEmpty();
    assertThat(channel.read(call("{\"id\": \"x\", \"status\": \"eaten\"}", clock.instant())))
        .isEmpty();
    assertThat(channel.read(right)).isPresent();
  }

  @Test
  void anUnprotectedAddressIsRefused() {
    assertThatThrownBy(() -> channel(URI.create("http://hooks.example.org/")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("https");
  }
}
