package io.github.facelock.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.FaceLockException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\n", "+491512345", "caf\u00e9", "a/b"})
  void aReferenceThatCouldHoldMoreThanANameIsRefused(String reference) {
    assertThatThrownBy(() -> new SendReceipt(DeliveryStatus.SENT, Optional.of(reference)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aReferenceHasAtMost128Characters() {
    assertThat(new SendReceipt(DeliveryStatus.SENT, Optional.of("x".repeat(128))).reference())
        .isPresent();
    assertThatThrownBy(() -> new SendReceipt(DeliveryStatus.SENT, Optional.of("x".repeat(129))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(SendReceipt.of(DeliveryStatus.QUEUED).reference()).isEmpty();
  }

  @Test
  void headersAreFoundInAnyCase() {
    ProviderCall call = new ProviderCall("", Map.of("X-Signature", "s"), "body");
    assertThat(call.header("x-signature")).contains("s");
    assertThat(call.header("X-SIGNATURE")).contains("s");
    assertThat(call.header("other")).isEmpty();
  }

  @Test
  void aFaultOfDeliveryTellsWhatTheNextTryMeans() {
    IOException cause = new IOException("x");
    assertThat(new FaceLockException.Delivery("m", true, cause).uncertain()).isFalse();
    assertThat(new FaceLockException.Delivery("m", false, cause).retryAfter())
        .isEqualTo(Duration.ZERO);
    FaceLockException.Delivery perhaps = FaceLockException.Delivery.uncertain("m", cause);
    assertThat(perhaps.uncertain()).isTrue();
    assertThat(perhaps.retryable()).isTrue();
    FaceLockException.Delivery later =
        FaceLockException.Delivery.after("m", Duration.ofSeconds(3), cause);
    assertThat(later.retryable()).isTrue();
    assertThat(later.uncertain()).isFalse();
    assertThat(later.retryAfter()).isEqualTo(Duration.ofSeconds(3));
    assertThatThrownBy(() -> FaceLockException.Delivery.after("m", Duration.ofMillis(-1), cause))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
