package io.github.facelock.core.otp;

import io.github.facelock.api.Secret;
import io.github.facelock.core.fixtures.FakeProvider;
import io.github.facelock.core.http.SmsSettings;
import io.github.facelock.spi.OtpChannel;
import io.github.facelock.test.contract.OtpChannelContract;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SmsCodeChannelContractTest extends OtpChannelContract {

  private final FakeProvider provider = new FakeProvider();

  SmsCodeChannelContractTest() {
    provider.answers(
        201, "{\"sid\": \"SM0123456789abcdef0123456789abcdef\", \"status\": \"queued\"}");
  }

  @AfterEach
  void stop() {
    provider.close();
  }

  @Override
  protected OtpChannel newChannel() {
    return channel(provider.uri(""));
  }

  @Override
  protected OtpChannel newRefusedChannel() {
    provider.answers(400, "{\"code\": 21211, \"message\": \"no number: +4915112345000\"}");
    return channel(provider.uri(""));
  }

  private static OtpChannel channel(URI base) {
    return new SmsCodeChannel(
        SmsSettings.account("AC1", Secret.of("token")).from("+15005550006").baseUrl(base).build(),
        "Acme");
  }

  @Override
  protected String destination(int number) {
    return "+4915112345%03d".formatted(number);
  }

  @Override
  protected List<Arrival> arrivals() {
    return provider.requests().stream()
        .map(request -> new Arrival(request.form().get("To"), request.form().get("Body")))
        .toList();
  }
}
