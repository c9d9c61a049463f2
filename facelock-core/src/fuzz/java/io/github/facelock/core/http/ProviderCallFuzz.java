package io.github.facelock.core.http;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.facelock.api.Secret;
import io.github.facelock.spi.ProviderCall;
import java.net.URI;
import java.util.Map;

/** Calls that nobody signed are refused, whatever they say. */
class ProviderCallFuzz {

  private final SmsCallbacks callbacks =
      new SmsCallbacks(
          SmsSettings.account("AC1", Secret.of("token"))
              .from("+15005550006")
              .statusCallback(URI.create("https://login.example.org/sms"))
              .build());

  @FuzzTest(maxDuration = "20s")
  void aForgedCallGivesNothing(FuzzedDataProvider data) {
    ProviderCall call =
        new ProviderCall(
            data.consumeString(200),
            Map.of("x-twilio-signature", data.consumeString(64)),
            data.consumeString(2000));
    if (callbacks.read(call).isPresent()) {
      throw new AssertionError("believed");
    }
  }
}
