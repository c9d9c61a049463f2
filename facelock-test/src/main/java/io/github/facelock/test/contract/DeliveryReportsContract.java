package io.github.facelock.test.contract;

import static io.github.facelock.test.contract.Refusals.nullOf;
import static io.github.facelock.test.contract.Refusals.refusesNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.spi.DeliveryReport;
import io.github.facelock.spi.DeliveryReports;
import io.github.facelock.spi.DeliveryStatus;
import io.github.facelock.spi.ProviderCall;
import io.github.facelock.spi.SendReceipt;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What everything that reads a provider's call-backs promises: only what the provider signed is
 * believed.
 *
 * <pre>{@code
 * class MyReportsTest extends DeliveryReportsContract {
 *   @Override
 *   protected DeliveryReports newReports() {
 *     return new MyChannel(settings);
 *   }
 *
 *   @Override
 *   protected ProviderCall signedCall() {
 *     return new ProviderCall("", Map.of("X-Signature", sign(BODY)), BODY);
 *   }
 * }
 * }</pre>
 */
public abstract class DeliveryReportsContract {

  private DeliveryReports reports = nullOf(DeliveryReports.class);
  private ProviderCall signed = nullOf(ProviderCall.class);

  /** For subclasses. */
  protected DeliveryReportsContract() {}

  /**
   * Makes the reader under test.
   *
   * @return a reader that knows the provider's key
   */
  protected abstract DeliveryReports newReports();

  /**
   * Makes a call as the provider makes it.
   *
   * @return a call that says what became of one message, rightly signed, with a body
   */
  protected abstract ProviderCall signedCall();

  @BeforeEach
  void openReports() {
    reports = newReports();
    signed = signedCall();
  }

  @Test
  void aSignedCallIsRead() {
    DeliveryReport report = reports.read(signed).orElseThrow();

    // The reference goes to the audit trail: it must have the form of a receipt's.
    assertThat(
            new SendReceipt(DeliveryStatus.SENT, Optional.of(report.reference().replace('/', '.'))))
        .isNotNull();
    assertThat(reports.read(signed)).as("read again").contains(report);
  }

  @Test
  void aCallWithoutItsHeadersIsRefused() {
    assertThat(reports.read(new ProviderCall(signed.query(), Map.of(), signed.body()))).isEmpty();
  }

  @Test
  void aCallWithAnotherBodyIsRefused() {
    String body = signed.body();
    for (int i = 0; i < body.length(); i++) {
      char changed = body.charAt(i) == 'x' ? 'y' : 'x';
      String other = body.substring(0, i) + changed + body.substring(i + 1);
      assertThat(reports.read(new ProviderCall(signed.query(), signed.headers(), other)))
          .as("changed at %d", i)
          .isEmpty();
    }
    for (String other : List.of("", body + "&a=b", body + " ", body + body)) {
      assertThat(reports.read(new ProviderCall(signed.query(), signed.headers(), other))).isEmpty();
    }
  }

  @Test
  void aCallWithAnotherSignatureIsRefused() {
    for (String value : List.of("", "AAAA", "\u0000", "v1,AAAA", "=".repeat(1000))) {
      Map<String, String> headers = new HashMap<>(signed.headers());
      headers.replaceAll((name, before) -> value);
      assertThat(reports.read(new ProviderCall(signed.query(), headers, signed.body()))).isEmpty();
    }
  }

  @Test
  void nonsenseIsRefusedAndNeverThrown() {
    for (String text : OddTexts.texts()) {
      String bounded = text.substring(0, Math.min(text.length(), 4000));
      assertThat(reports.read(new ProviderCall(bounded, signed.headers(), bounded))).isEmpty();
      assertThat(reports.read(new ProviderCall(bounded, Map.of("a", bounded), bounded))).isEmpty();
    }
  }

  @Test
  void parallelCallsAreReadAlike() {
    DeliveryReport expected = reports.read(signed).orElseThrow();
    Parallel.run(Parallel.CALLS, i -> assertThat(reports.read(signed)).contains(expected));
  }

  @Test
  void nullIsRefused() {
    refusesNull(() -> reports.read(nullOf(ProviderCall.class)));
  }
}
