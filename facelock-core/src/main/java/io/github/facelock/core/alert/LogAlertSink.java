package io.github.facelock.core.alert;

import io.github.facelock.spi.Alert;
import io.github.facelock.spi.AlertSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes alerts to the log, at level WARN. Thread-safe. */
public final class LogAlertSink implements AlertSink {

  private static final Logger LOG = LoggerFactory.getLogger(LogAlertSink.class);

  /** Makes a sink. */
  public LogAlertSink() {}

  @Override
  public void deliver(Alert alert) {
    LOG.warn(
        "Alert {}: subject={} factor={} source={} at={} {}",
        alert.cause(),
        alert.subject().map(subject -> subject.value()).orElse("-"),
        alert.factor().map(factor -> factor.id()).orElse("-"),
        oneLine(alert.source()),
        alert.at(),
        oneLine(alert.details().toString()));
  }

  /** A source may be what a client sent; it must not begin a line of its own in the log. */
  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
