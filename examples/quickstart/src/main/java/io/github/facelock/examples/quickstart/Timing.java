package io.github.facelock.examples.quickstart;

import java.util.Locale;

/** How long something took. */
record Timing(long begin) {

  static Timing start() {
    return new Timing(System.nanoTime());
  }

  String elapsed() {
    return String.format(Locale.ROOT, "%4d ms", (System.nanoTime() - begin) / 1_000_000);
  }
}
