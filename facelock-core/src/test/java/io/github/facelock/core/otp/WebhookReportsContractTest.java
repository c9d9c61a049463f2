package io.github.facelock.core.otp;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import io.github.facelock.core.fixtures.StoppedClock;
import io.github.facelock.core.http.HttpSettings;
import io.github.facelock.core.http.WebhookSignature;
import io.github.facelock.spi.DeliveryReports;
import io.github.facelock.spi.ProviderCall;
import io.github.facelock.test.contract.DeliveryReportsContract;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

class WebhookReportsContractTest extends DeliveryReportsContract {

  private static final Secret KEY = Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final String BODY = "{\"id\": \"tx-1/sms-code/2\", \"status\": \"delivered\"}";

  @Override
  protected DeliveryReports newReports() {
    return new WebhookCodeChannel(
        FactorType.SMS_CODE,
        URI.create("https://hooks.example.org/"),
        KEY,
        HttpSettings.ofDefaults(),
        new StoppedClock(NOW));
  }

  @Override
  protected ProviderCall signedCall() {
    return new ProviderCall(
        "",
        Map.of(
            WebhookSignature.ID_HEADER, "r1",
            WebhookSignature.TIMESTAMP_HEADER, Long.toString(NOW.getEpochSecond()),
            WebhookSignature.SIGNATURE_HEADER,
                new WebhookSignature(KEY).sign("r1", NOW, BODY.getBytes(StandardCharsets.UTF_8))),
        BODY);
  }
}
