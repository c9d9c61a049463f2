package io.github.facelock.core.otp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.TotpParameters;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtpAuthUriTest {

  @Test
  void namesIssuerAccountAndParameters() {
    TotpParameters parameters =
        new TotpParameters(TotpParameters.Algorithm.SHA256, 8, Duration.ofSeconds(60));
    Secret uri =
        new OtpAuthUri("Acme & Co/1").of(SubjectId.of("zoë:a@b.c"), new byte[20], parameters);
    assertThat(new String(uri.reveal()))
        .isEqualTo(
            "otpauth://totp/Acme%20%26%20Co%2F1:zo%C3%AB%3Aa%40b.c?secret="
                + "A".repeat(32)
                + "&issuer=Acme%20%26%20Co%2F1&algorithm=SHA256&digits=8&period=60");
  }

  @Test
  void onlyWhatAUriReservesIsEscaped() {
    String plain = "AZaz09-._~";
    assertThat(
            new String(
                new OtpAuthUri(plain + "@[`{/")
                    .of(SubjectId.of("a"), new byte[20], TotpParameters.COMPATIBLE)
                    .reveal()))
        .startsWith("otpauth://totp/" + plain + "%40%5B%60%7B%2F:a?");
  }

  @Test
  void theLongestNamesStillMakeAnAddress() {
    Secret uri =
        new OtpAuthUri("公".repeat(32))
            .of(SubjectId.of("安".repeat(128)), new byte[64], TotpParameters.COMPATIBLE);
    URI parsed = URI.create(new String(uri.reveal()));
    assertThat(parsed.getPath()).startsWith("/" + "公".repeat(32) + ":安安").doesNotContain("\uFFFD");
    assertThat(parsed.getRawQuery()).endsWith("&algorithm=SHA1&digits=6&period=30");
    assertThat(uri.length()).isBetween(Secret.MAX_LENGTH - 8, Secret.MAX_LENGTH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "a:b", "a\nb", "123456789012345678901234567890123"})
  void malformedIssuersAreRefused(String issuer) {
    assertThatThrownBy(() -> new OtpAuthUri(issuer)).isInstanceOf(IllegalArgumentException.class);
  }
}
