package io.github.facelock.core.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.spi.AlertSink;
import io.github.facelock.test.contract.AlertSinkContract;
import java.io.Serial;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

class LogAlertSinkContractTest extends AlertSinkContract {

  private final List<String> lines = new CopyOnWriteArrayList<>();

  @Override
  protected AlertSink newSink() {
    lines.clear();
    return new LogAlertSink(new Lines(lines::add));
  }

  @Override
  protected AlertSink newRefusedSink() {
    return new LogAlertSink(
        new Lines(
            line -> {
              throw new IllegalStateException("disk full");
            }));
  }

  @Override
  protected int delivered() {
    return lines.size();
  }

  @AfterEach
  void everyAlertIsOneLine() {
    assertThat(lines)
        .allSatisfy(
            line ->
                assertThat(line)
                    .doesNotContainPattern("[\\p{Cntrl}\\x{80}-\\x{9f}\\x{2028}\\x{2029}]"));
  }

  private interface Appender {
    void append(String line);
  }

  /** A log whose lines a test can read. */
  private static final class Lines extends LegacyAbstractLogger {
    @Serial private static final long serialVersionUID = 1;

    private final transient Appender appender;

    Lines(Appender appender) {
      this.name = "lines";
      this.appender = appender;
    }

    @Override
    public boolean isTraceEnabled() {
      return false;
    }

    @Override
    public boolean isDebugEnabled() {
      return false;
    }

    @Override
    public boolean isInfoEnabled() {
      return true;
    }

    @Override
    public boolean isWarnEnabled() {
      return true;
    }

    @Override
    public boolean isErrorEnabled() {
      return true;
    }

    @Override
    protected String getFullyQualifiedCallerName() {
      return "";
    }

    @Override
    protected void handleNormalizedLoggingCall(
        Level level,
        @Nullable Marker marker,
        String message,
        Object @Nullable [] arguments,
        @Nullable Throwable cause) {
      appender.append(MessageFormatter.basicArrayFormat(message, arguments));
    }
  }
}
