package io.github.facelock.core.otp;

import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.AuditLog;
import io.github.facelock.spi.DeliveryReport;
import io.github.facelock.spi.DeliveryReports;
import io.github.facelock.spi.DeliveryStatus;
import io.github.facelock.spi.OtpChannel;
import io.github.facelock.spi.ProviderCall;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Writes to the audit trail what providers report later, as {@link AuditEvent.Type#CODE_STATUS}.
 * The application gives it what arrives at its call-back address. Where a provider says that a
 * message will not arrive, the next channel is given it, if this node sent it and its code still
 * works. Thread-safe.
 */
public final class CodeReports {

  /** Enough to fold a provider's repetitions; older ones are written again. */
  private static final int REMEMBERED = 10_000;

  private final List<OtpChannel> channels;
  private final AuditLog audit;
  private final Clock clock;
  private final BiConsumer<OtpChannel, String> undelivered;
  private final Map<String, Boolean> seen =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * Makes a receiver that only writes down.
   *
   * @param channels those that implement {@link DeliveryReports} are asked
   * @param audit takes what is reported
   * @param clock tells when
   */
  public CodeReports(List<? extends OtpChannel> channels, AuditLog audit, Clock clock) {
    this(channels, audit, clock, (channel, reference) -> {});
  }

  /**
   * Makes a receiver that also has the next channel tried where one reports a failure.
   *
   * @param channels those that implement {@link DeliveryReports} are asked
   * @param audit takes what is reported
   * @param clock tells when
   * @param dispatcher sent the codes
   */
  public CodeReports(
      List<? extends OtpChannel> channels, AuditLog audit, Clock clock, CodeDispatcher dispatcher) {
    this(channels, audit, clock, dispatcher::undelivered);
  }

  private CodeReports(
      List<? extends OtpChannel> channels,
      AuditLog audit,
      Clock clock,
      BiConsumer<OtpChannel, String> undelivered) {
    this.channels = List.copyOf(channels);
    this.undelivered = undelivered;
    this.audit = Objects.requireNonNull(audit, "audit");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /**
   * Takes a call. Whoever answers it says 204 for true and 403 for false.
   *
   * @param call what arrived, as it came
   * @return whether one of the channels knows its provider's signature; a repetition is known too,
   *     and written once
   * @throws io.github.facelock.api.FaceLockException.Store if it could not be written; the provider
   *     calls again when it is answered with 5xx
   */
  public boolean accept(ProviderCall call) {
    Objects.requireNonNull(call, "call");
    for (OtpChannel channel : channels) {
      if (channel instanceof DeliveryReports reports) {
        Optional<DeliveryReport> report = reports.read(call);
        if (report.isPresent()) {
          record(channel, report.get());
          return true;
        }
      }
    }
    return false;
  }

  private void record(OtpChannel channel, DeliveryReport report) {
    String key = channel.name() + "/" + report.reference() + "/" + report.status();
    synchronized (seen) {
      if (seen.containsKey(key)) {
        return;
      }
    }
    Map<String, String> details = new HashMap<>();
    details.put("channel", channel.name());
    details.put("status", word(report.status()));
    details.put("reference", report.reference());
    if (!report.error().isEmpty()) {
      details.put("error", report.error());
    }
    audit.append(
        new AuditEvent(
            clock.instant(),
            AuditEvent.Type.CODE_STATUS,
            report.messageId().map(CodeReports::transactionOf).orElse(""),
            Optional.empty(),
            Optional.of(channel.factor()),
            "provider",
            details));
    synchronized (seen) {
      seen.put(key, true);
    }
    if (report.status() == DeliveryStatus.FAILED) {
      undelivered.accept(channel, report.reference());
    }
  }

  static String word(Enum<?> status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  private static String transactionOf(String messageId) {
    int slash = messageId.indexOf('/');
    return slash < 0 ? "" : messageId.substring(0, slash);
  }
}
