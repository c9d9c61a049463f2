package io.github.facelock.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSignatureTest {

  private static final Secret KEY = Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final Instant AT = Instant.ofEpochSecond(1614265330);
  private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
  private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

  private final WebhookSignature signature = new WebhookSignature(KEY);

  /** The example of the Standard Webhooks specification. */
  @Test
  void theSpecificationsExampleIsSignedAndVerified() {
    assertThat(signature.sign(ID, AT, BODY)).isEqualTo(SIGNATURE);
    assertThat(signature.verify(ID, "1614265330", SIGNATURE, BODY, AT)).isTrue();
  }

  @Test
  void oneRightSignatureOfSeveralIsEnough() {
    assertThat(signature.verify(ID, "1614265330", "v1,AAAA v2,x " + SIGNATURE + " v1,!", BODY, AT))
        .isTrue();
    assertThat(signature.verify(ID, "1614265330", "v1,AAAA ".repeat(8) + SIGNATURE, BODY, AT))
        .as("more than eight are not read")
        .isFalse();
  }

  @Test
  void whatWasChangedIsForged() {
    byte[] other = "{\"test\": 2432232315}".getBytes(StandardCharsets.UTF_8);
    assertThat(signature.verify(ID, "1614265330", SIGNATURE, other, AT)).isFalse();
    assertThat(signature.verify(ID + "x", "1614265330", SIGNATURE, BODY, AT)).isFalse();
    assertThat(signature.verify(ID, "1614265331", SIGNATURE, BODY, AT)).isFalse();
    assertThat(signature.verify(ID, "1614265330", SIGNATURE.substring(3), BODY, AT)).isFalse();
    assertThat(signature.verify(ID, "1614265330", "", BODY, AT)).isFalse();
    assertThat(signature.verify("", "1614265330", SIGNATURE, BODY, AT)).isFalse();
    assertThat(signature.verify(ID, "", SIGNATURE, BODY, AT)).isFalse();
    assertThat(signature.verify(ID, "99999999999999999999", SIGNATURE, BODY, AT)).isFalse();
    WebhookSignature stranger =
        new WebhookSignature(
            Secret.of("whsec_" + Base64.getEncoder().encodeToString(new byte[24])));
    assertThat(stranger.verify(ID, "1614265330", SIGNATURE, BODY, AT)).isFalse();
  }

  @Test
  void whatIsOldOrFromTheFutureIsRefused() {
    for (long seconds : new long[] {300, -300}) {
      assertThat(signature.verify(ID, "1614265330", SIGNATURE, BODY, AT.plusSeconds(seconds)))
          .isTrue();
    }
    for (Duration away : List.of(Duration.ofMillis(300_001), Duration.ofMillis(-300_001))) {
      assertThat(signature.verify(ID, "1614265330", SIGNATURE, BODY, AT.plus(away))).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "whsec_", "whsec_%%%", "whsec_c2hvcnQ=", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"})
  void otherSecretsAreRefused(String secret) {
    assertThatThrownBy(() -> new WebhookSignature(Secret.of(secret)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("MfKQ");
  }

  @Test
  void aSecretHas24To64Bytes() {
    for (int length : new int[] {24, 64}) {
      assertThat(
              new WebhookSignature(
                      Secret.of("whsec_" + Base64.getEncoder().encodeToString(new byte[length])))
                  .toString())
          .contains("redacted");
    }
    for (int length : new int[] {23, 65}) {
      assertThatThrownBy(
              () ->
                  new WebhookSignature(
                      Secret.of("whsec_" + Base64.getEncoder().encodeToString(new byte[length]))))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\r\nb", "a.b\u00e9"})
  void malformedIdsAreNotSigned(String id) {
    assertThatThrownBy(() -> signature.sign(id, AT, BODY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void jsonIsEscaped() {
    assertThat(JsonText.object(Map.of("a\"b", "\\ \" \n \u0001 \u2028 \ud800 \ud83d\ude00 \u00e9")))
        .isEqualTo(
            "{\"a\\\"b\":\"\\\\ \\\" \\u000a \\u0001 \\u2028 \\ud800 \ud83d\ude00 \u00e9\"}");
    assertThat(JsonText.object(Map.of())).isEqualTo("{}");
    assertThat(JsonText.object(Map.of("a", List.of()))).isEqualTo("{\"a\":[]}");
    assertThat(JsonText.object(Map.of("a", List.of(1, 2L, 1.5, true, Map.of("b", "c")))))
        .isEqualTo("{\"a\":[1,2,1.5,true,{\"b\":\"c\"}]}");
    assertThatThrownBy(() -> JsonText.object(Map.of("a", Double.NaN)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> JsonText.object(Map.of("a", new Object())))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
