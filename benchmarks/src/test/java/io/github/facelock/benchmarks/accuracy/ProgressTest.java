package io.github.facelock.benchmarks.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);

  @Test
  void aShortRunDrawsNothing() {
    Progress bar = new Progress(print, true, true, new Ticking(10), 20);
    steps(bar, 20);
    bar.end();

    assertThat(text()).isEmpty();
  }

  @Test
  void aLongRunOnATerminalDrawsOneLineAndRemovesIt() {
    Progress bar = new Progress(print, true, true, new Ticking(1000), 20);
    steps(bar, 10);

    assertThat(text()).contains("10 of 20 pictures, about 10 s left").doesNotContain("\n");

    bar.end();
    assertThat(text()).endsWith("\r");
  }

  @Test
  void aLongRunElsewhereWritesALineNowAndThen() {
    Progress bar = new Progress(print, true, false, new Ticking(1000), 40);
    steps(bar, 40);
    bar.end();

    assertThat(text().lines()).hasSizeBetween(3, 5);
    assertThat(text()).doesNotContain("\r[");
  }

  @Test
  void aBarThatIsNotWantedIsNotDrawn() {
    Progress bar = new Progress(print, false, true, new Ticking(1000), 20);
    steps(bar, 20);
    bar.end();

    assertThat(text()).isEmpty();
  }

  private static void steps(Progress bar, int count) {
    for (int i = 0; i < count; i++) {
      bar.step();
    }
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }

  /** Each look takes as long as one picture. */
  private static final class Ticking extends Clock {
    private final long millis;
    private long looks;

    Ticking(long millis) {
      this.millis = millis;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis * looks++);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
