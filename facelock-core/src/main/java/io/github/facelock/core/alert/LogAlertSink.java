package io.github.facelock.core.alert;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.AlertMessage;
import io.github.facelock.spi.AlertSink;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes alerts to the log, at level WARN; those that are good to know at INFO. Pictures and links
 * are not written. Thread-safe.
 */
public final class LogAlertSink implements AlertSink {

  private final Logger log;

  /** Makes a sink. */
  public LogAlertSink() {
    this(LoggerFactory.getLogger(LogAlertSink.class));
  }

  LogAlertSink(Logger log) {
    this.log = log;
  }

  /**
   * {@inheritDoc}
   *
   * @throws FaceLockException.Delivery if the logging framework fails, as some do on a full disk
   */
  @Override
  public void deliver(AlertMessage message) {
    Objects.requireNonNull(message, "message");
    try {
      write(message);
    } catch (RuntimeException e) {
      throw new FaceLockException.Delivery(
          "An alert was not logged: check the appenders of the logging framework", true, e);
    }
  }

  private void write(AlertMessage message) {
    Alert alert = message.alert();
    log.atLevel(message.severity() == Alert.Severity.INFO ? Level.INFO : Level.WARN)
        .log(
            "Alert {} {}: subject={} factor={} source={} at={} count={} level={} {}",
            message.severity(),
            alert.cause(),
            alert.subject().map(subject -> subject.value()).orElse("-"),
            alert.factor().map(factor -> factor.id()).orElse("-"),
            oneLine(alert.source()),
            alert.at(),
            message.count(),
            message.level(),
            oneLine(alert.details().toString()));
  }

  /** A source may be what a client sent; it must not begin a line of its own in the log. */
  private static String oneLine(String text) {
    return text.replaceAll("[\\p{Cntrl}\\x{80}-\\x{9f}\\x{2028}\\x{2029}]", "?");
  }
}
