package io.github.facelock.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.Secret;
import io.github.facelock.spi.ProviderCall;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SmsCallbacksTest {

  private static final String BODY =
      "CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309"
          + "&To=%2B18005551212";
  private static final String SIGNATURE = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";

  private static SmsCallbacks callbacks(String token) {
    return new SmsCallbacks(
        SmsSettings.account("AC1", Secret.of(token))
            .from("+15005550006")
            .statusCallback(URI.create("https://mycompany.com/myapp.php?ours=1"))
            .build());
  }

  private static ProviderCall call(String query, String signature) {
    return new ProviderCall(query, Map.of("x-twilio-signature", signature), BODY);
  }

  /** The example of Twilio's documentation of request validation. */
  @Test
  void theProvidersExampleIsSigned() {
    assertThat(callbacks("12345").signedFields(call("foo=1&bar=2", SIGNATURE)))
        .hasValueSatisfying(
            fields ->
                assertThat(fields)
                    .containsEntry("Digits", "1234")
                    .containsEntry("To", "+18005551212"));
    assertThat(callbacks("12346").signedFields(call("foo=1&bar=2", SIGNATURE))).isEmpty();
    assertThat(callbacks("12345").signedFields(call("foo=1&bar=3", SIGNATURE))).isEmpty();
    assertThat(callbacks("12345").signedFields(call("foo=1&bar=2", "RSOY"))).isEmpty();
  }

  @Test
  void theMessagesIdIsAppendedToTheAddress() {
    assertThat(SmsCallbacks.withId(URI.create("https://a.example/cb"), "t/x/1"))
        .isEqualTo("https://a.example/cb?facelock=t%2Fx%2F1");
    assertThat(SmsCallbacks.withId(URI.create("https://a.example/cb?k=v"), "t/x/1"))
        .isEqualTo("https://a.example/cb?k=v&facelock=t%2Fx%2F1");
  }
}
