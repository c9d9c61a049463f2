package io.github.facelock.core.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.Secret;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SmtpSettingsTest {

  private static final Duration SHORT = Duration.ofMillis(300);

  @Test
  void mailsCrossANetworkOnlyProtected() {
    assertThatThrownBy(
            () ->
                SmtpSettings.server("mail.example.org", 25, "a@b.c")
                    .security(SmtpSecurity.NONE)
                    .build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("STARTTLS_REQUIRED");
    for (String host :
        List.of("localhost", "127.0.0.1", "127.1.2.3", "::1", "[::1]", "LOCALHOST")) {
      assertThat(SmtpSettings.server(host, 25, "a@b.c").security(SmtpSecurity.NONE).build().host())
          .isEqualTo(host);
    }
    assertThat(
            SmtpSettings.server("mail.example.org", 25, "a@b.c")
                .security(SmtpSecurity.NONE)
                .acceptPlainText()
                .build()
                .port())
        .isEqualTo(25);
    assertThat(SmtpSettings.server("mail.example.org", 587, "a@b.c").build().security())
        .isEqualTo(SmtpSecurity.STARTTLS_REQUIRED);
  }

  @Test
  void settingsAreCheckedAndNeverPrintThePassword() {
    for (int port : new int[] {0, 65_536}) {
      assertThatThrownBy(() -> SmtpSettings.server("h", port, "a@b.c"))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> SmtpSettings.server(" ", 25, "a@b.c"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SmtpSettings.server("h", 25, "a@b.c\r\nBcc: x@y.z"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(SmtpSettings.server("h", 1, "a@b.c").build().port()).isEqualTo(1);
    SmtpSettings.Builder builder = SmtpSettings.server("h", 65_535, "a@b.c");
    assertThat(builder.application("a".repeat(64)).build().application()).hasSize(64);
    assertThat(builder.timeouts(Duration.ofMillis(1), SHORT, Duration.ofMinutes(5)).build())
        .satisfies(
            s -> {
              assertThat(s.connectTimeout()).isEqualTo(Duration.ofMillis(1));
              assertThat(s.writeTimeout()).isEqualTo(Duration.ofMinutes(5));
              assertThat(s.deliverWithin()).isEqualTo(Duration.ofSeconds(30));
            });
    for (String name : List.of("", "a\r\nb", "a".repeat(65))) {
      assertThatThrownBy(() -> builder.application(name))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (Duration bad : List.of(Duration.ZERO, Duration.ofMinutes(5).plusMillis(1))) {
      assertThatThrownBy(() -> builder.timeouts(SHORT, bad, SHORT))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> builder.deliverWithin(bad))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(builder.credentials("u", Secret.of("hush")).build().toString())
        .isEqualTo("SmtpSettings[h:65535, STARTTLS_REQUIRED]");
  }
}
