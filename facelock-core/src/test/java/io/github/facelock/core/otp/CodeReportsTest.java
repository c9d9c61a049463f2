package io.github.facelock.core.otp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.FactorType;
import io.github.facelock.core.fixtures.StoppedClock;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.DeliveryReport;
import io.github.facelock.spi.DeliveryReports;
import io.github.facelock.spi.DeliveryStatus;
import io.github.facelock.spi.OtpChannel;
import io.github.facelock.spi.OtpMessage;
import io.github.facelock.spi.ProviderCall;
import io.github.facelock.spi.SendReceipt;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class CodeReportsTest {

  private final StoppedClock clock = new StoppedClock(Instant.parse("2026-11-21T12:00:00Z"));
  private final RecordingAudit audit = new RecordingAudit();

  /** Knows calls whose body is its word; the query tells the rest. */
  private static final class Reporting implements OtpChannel, DeliveryReports {
    @Override
    public FactorType factor() {
      return FactorType.SMS_CODE;
    }

    @Override
    public String name() {
      return "pigeon";
    }

    @Override
    public SendReceipt send(OtpMessage message) {
      return SendReceipt.of(DeliveryStatus.QUEUED);
    }

    @Override
    public Optional<DeliveryReport> read(ProviderCall call) {
      return switch (call.body()) {
        case "delivered" ->
            Optional.of(
                new DeliveryReport(
                    Optional.of("tx-1/sms-code/1"), "SM1", DeliveryStatus.DELIVERED, ""));
        case "failed" ->
            Optional.of(
                new DeliveryReport(Optional.empty(), "SM1", DeliveryStatus.FAILED, "30003"));
        default -> Optional.empty();
      };
    }
  }

  private final CodeReports reports =
      new CodeReports(
          List.of(new ScriptedChannel(FactorType.EMAIL_CODE), new Reporting()), audit, clock);

  private static ProviderCall call(String body) {
    return new ProviderCall("", Map.of(), body);
  }

  @Test
  void aReportIsAuditedWithItsLogin() {
    assertThat(reports.accept(call("delivered"))).isTrue();
    assertThat(audit.all())
        .containsExactly(
            new AuditEvent(
                clock.instant(),
                AuditEvent.Type.CODE_STATUS,
                "tx-1",
                Optional.empty(),
                Optional.of(FactorType.SMS_CODE),
                "provider",
                Map.of("channel", "pigeon", "status", "delivered", "reference", "SM1")));
  }

  @Test
  void aFailureNamesTheProvidersError() {
    assertThat(reports.accept(call("failed"))).isTrue();
    assertThat(audit.all().get(0).details())
        .containsEntry("status", "failed")
        .containsEntry("error", "30003");
    assertThat(audit.all().get(0).transaction()).isEmpty();
  }

  @Test
  void aRepetitionIsKnownAndWrittenOnce() {
    assertThat(reports.accept(call("delivered"))).isTrue();
    assertThat(reports.accept(call("delivered"))).isTrue();
    assertThat(reports.accept(call("failed"))).isTrue();
    assertThat(audit.all()).hasSize(2);
  }

  @Test
  void aForgedCallIsNotWritten() {
    assertThat(reports.accept(call("forged"))).isFalse();
    assertThat(audit.all()).isEmpty();
  }

  @Test
  void whatCouldNotBeWrittenIsTakenWhenItComesAgain() {
    AtomicBoolean full = new AtomicBoolean(true);
    CodeReports fragile =
        new CodeReports(
            List.of(new Reporting()),
            event -> {
              if (full.get()) {
                throw new IllegalStateException("disk full");
              }
              audit.append(event);
            },
            clock);
    assertThatThrownBy(() -> fragile.accept(call("delivered")))
        .isInstanceOf(IllegalStateException.class);
    full.set(false);
    assertThat(fragile.accept(call("delivered"))).isTrue();
    assertThat(audit.all()).hasSize(1);
  }
}
