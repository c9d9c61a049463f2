package io.github.facelock.examples.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What steps took and how they ended. Thread-safe. */
final class LoadTimes {

  private final Map<String, List<Long>> took = new TreeMap<>();
  private final Map<String, Integer> ended = new TreeMap<>();

  synchronized void took(String step, long nanos) {
    took.computeIfAbsent(step, s -> new ArrayList<>()).add(nanos);
  }

  synchronized void ended(String how) {
    ended.merge(how, 1, Integer::sum);
  }

  synchronized String table() {
    StringBuilder table = new StringBuilder("| step | requests | p50 ms | p95 ms | longest ms |\n");
    took.forEach(
        (step, all) -> {
          long[] sorted = all.stream().mapToLong(Long::longValue).sorted().toArray();
          table.append(
              String.format(
                  Locale.ROOT,
                  "| %s | %d | %.0f | %.0f | %.0f |%n",
                  step,
                  sorted.length,
                  sorted[sorted.length / 2] / 1e6,
                  sorted[sorted.length * 95 / 100] / 1e6,
                  sorted[sorted.length - 1] / 1e6));
        });
    return table.append("logins: ").append(ended).toString();
  }
}
