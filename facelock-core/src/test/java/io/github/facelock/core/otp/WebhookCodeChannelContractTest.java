package io.github.facelock.core.otp;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import io.github.facelock.core.fixtures.FakeProvider;
import io.github.facelock.core.fixtures.StoppedClock;
import io.github.facelock.core.http.HttpSettings;
import io.github.facelock.spi.OtpChannel;
import io.github.facelock.test.contract.OtpChannelContract;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class WebhookCodeChannelContractTest extends OtpChannelContract {

  private static final Pattern DESTINATION = Pattern.compile("\"destination\":\"([^\"]*)\"");

  private final FakeProvider receiver = new FakeProvider();

  @AfterEach
  void stop() {
    receiver.close();
  }

  @Override
  protected OtpChannel newChannel() {
    return new WebhookCodeChannel(
        FactorType.EMAIL_CODE,
        receiver.uri("/codes"),
        Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
        HttpSettings.ofDefaults(),
        new StoppedClock(Instant.parse("2026-11-21T12:00:00Z")));
  }

  @Override
  protected OtpChannel newRefusedChannel() {
    receiver.answers(422, "person0@example.org 493027");
    return newChannel();
  }

  @Override
  protected List<Arrival> arrivals() {
    return receiver.requests().stream()
        .map(
            request -> {
              Matcher to = DESTINATION.matcher(request.body());
              return new Arrival(to.find() ? to.group(1) : "", request.body());
            })
        .toList();
  }
}
