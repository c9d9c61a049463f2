package io.github.facelock.test.contract;

import static io.github.facelock.test.contract.Refusals.nullOf;
import static io.github.facelock.test.contract.Refusals.refusesNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.AlertMessage;
import io.github.facelock.spi.AlertSink;
import io.github.facelock.spi.Snapshot;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link AlertSink} promises.
 *
 * <pre>{@code
 * class MySinkTest extends AlertSinkContract {
 *   @Override
 *   protected AlertSink newSink() {
 *     return new MySink(fakeServer.address());
 *   }
 *
 *   @Override
 *   protected AlertSink newRefusedSink() {
 *     return new MySink(addressWithoutServer);
 *   }
 *
 *   @Override
 *   protected int delivered() {
 *     return fakeServer.requests().size();
 *   }
 * }
 * }</pre>
 */
public abstract class AlertSinkContract {

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Instant AT = Instant.parse("2030-01-01T12:34:56.789Z");

  private AlertSink sink = nullOf(AlertSink.class);

  /** For subclasses. */
  protected AlertSinkContract() {}

  /**
   * Makes the sink under test.
   *
   * @return a sink that delivers and has delivered nothing
   */
  protected abstract AlertSink newSink();

  /**
   * Makes a sink that cannot deliver.
   *
   * @return a sink whose next hop refuses or is not there
   */
  protected abstract AlertSink newRefusedSink();

  /**
   * Counts what came out of the sink that {@link #newSink()} made last.
   *
   * @return the number of alerts
   */
  protected abstract int delivered();

  @BeforeEach
  void openSink() {
    sink = newSink();
  }

  private static AlertMessage alert(Alert.Cause cause, String text) {
    return message(
        new Alert(
            AT,
            cause,
            Optional.of(SubjectId.of("alice")),
            Optional.of(FactorType.FACE),
            text,
            Map.of("text", text)));
  }

  /** Each with an id of its own: a sink may fold repetitions. */
  private static AlertMessage message(Alert alert) {
    return AlertMessage.of("m-" + NUMBER.incrementAndGet(), alert, Alert.Severity.WARNING);
  }

  @Test
  void everyCauseIsDelivered() {
    int count = 0;
    for (Alert.Cause cause : Alert.Cause.values()) {
      sink.deliver(alert(cause, "192.0.2.7"));
      count++;
      assertThat(delivered()).as("alerts after %s", cause).isEqualTo(count);
    }
  }

  @Test
  void anAlertAboutNobodyIsDelivered() {
    sink.deliver(
        message(
            new Alert(
                AT,
                Alert.Cause.NOT_VERIFIED,
                Optional.empty(),
                Optional.empty(),
                "front-door",
                Map.of())));

    assertThat(delivered()).isEqualTo(1);
  }

  @Test
  void oddAndLongTextsAreDelivered() {
    int count = 0;
    for (String text : OddTexts.texts()) {
      sink.deliver(alert(Alert.Cause.NOT_VERIFIED, text + "\r\nSubject: x\r\n\r\n\u0000"));
      count++;
    }
    sink.deliver(alert(Alert.Cause.NOT_VERIFIED, "\u65e5".repeat(4000)));
    count++;

    assertThat(delivered()).isEqualTo(count);
  }

  @Test
  void parallelAlertsAreAllDelivered() {
    Parallel.run(
        Parallel.CALLS, i -> sink.deliver(alert(Alert.Cause.ATTACK_SUSPECTED, "source " + i)));

    assertThat(delivered()).isEqualTo(Parallel.CALLS);
  }

  @Test
  void everythingThatAMessageMayCarryIsTaken() {
    AlertMessage plain = alert(Alert.Cause.WATCH_LIST, "front-door");
    int count = 0;
    for (Alert.Severity severity : Alert.Severity.values()) {
      sink.deliver(
          new AlertMessage(
              plain.id() + "." + severity,
              plain.alert(),
              severity,
              57,
              3,
              Optional.of(Secret.of("https://alerts.example/acknowledge?token=abc")),
              Optional.of(Snapshot.ofJpeg(new byte[] {(byte) 0xff, (byte) 0xd8, 1, 2, 3}))));
      count++;
    }

    assertThat(delivered()).isEqualTo(count);
  }

  @Test
  void aRefusalIsAFaultOfDelivery() {
    AlertSink refused = newRefusedSink();

    assertThatExceptionOfType(FaceLockException.Delivery.class)
        .isThrownBy(() -> refused.deliver(alert(Alert.Cause.LOCKED, "192.0.2.7")));
  }

  @Test
  void nullIsRefused() {
    refusesNull(() -> sink.deliver(nullOf(AlertMessage.class)));
    assertThat(delivered()).isZero();
  }
}
