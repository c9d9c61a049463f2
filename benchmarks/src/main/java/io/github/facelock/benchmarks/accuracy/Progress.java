package io.github.facelock.benchmarks.accuracy;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Shows how far a long run has come. Used by one thread. */
public final class Progress {

  private static final int WIDTH = 30;
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration TERMINAL_EVERY = Duration.ofMillis(100);
  private static final Duration LOG_EVERY = Duration.ofSeconds(10);

  private final PrintStream out;
  private final boolean shown;
  private final boolean terminal;
  private final Clock clock;
  private final int total;
  private final Instant begin;
  private Instant next;
  private int done;
  private boolean drawn;

  /**
   * Begins a run.
   *
   * @param out where the bar is drawn, standard error
   * @param shown whether it is drawn at all
   * @param terminal whether a line can be drawn over; otherwise a line is written now and then
   * @param clock tells when to draw, and how long the rest takes
   * @param total the number of steps
   */
  public Progress(PrintStream out, boolean shown, boolean terminal, Clock clock, int total) {
    this.out = out;
    this.shown = shown;
    this.terminal = terminal;
    this.clock = clock;
    this.total = total;
    this.begin = clock.instant();
    // Short runs need no bar.
    this.next = begin.plus(FIRST);
  }

  /** One step is done. */
  void step() {
    done++;
    if (!shown) {
      return;
    }
    Instant now = clock.instant();
    if (now.isBefore(next)) {
      return;
    }
    next = now.plus(terminal ? TERMINAL_EVERY : LOG_EVERY);
    long left = Duration.between(begin, now).toSeconds() * (total - done) / done;
    int filled = (int) ((long) WIDTH * done / total);
    out.printf(
        "%s[%s%s] %d of %d pictures, about %d s left%s",
        terminal ? "\r" : "",
        "=".repeat(filled),
        " ".repeat(WIDTH - filled),
        done,
        total,
        left,
        terminal ? "  " : System.lineSeparator());
    out.flush();
    drawn = true;
  }

  /** The run is over: the bar goes away. */
  public void end() {
    if (drawn && terminal) {
      out.print("\r" + " ".repeat(WIDTH + 50) + "\r");
      out.flush();
    }
  }
}
