package io.github.facelock.benchmarks.load;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The figures of one database, as a table and as a tree. Not thread-safe. */
public final class LoadReport {

  private static final double MEBIBYTE = 1 << 20;

  private final Map<String, Object> tree = new LinkedHashMap<>();
  private final String database;
  private final double loadBefore;
  private final List<String> rates = new ArrayList<>();
  private final List<String> sizes = new ArrayList<>();

  /**
   * Begins a report with the environment.
   *
   * @param database what it calls itself
   */
  public LoadReport(String database) {
    this.database = database;
    this.loadBefore = systemLoad();
    tree.put("database", database);
    tree.put("java", System.getProperty("java.version"));
    tree.put("cores", Runtime.getRuntime().availableProcessors());
    tree.put("heap MiB", Runtime.getRuntime().maxMemory() / MEBIBYTE);
    tree.put("load before", loadBefore);
  }

  /** The one minute's average; negative where the system does not tell. */
  private static double systemLoad() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  /**
   * Adds a rate.
   *
   * @param name of what
   * @param rate how often
   */
  public void rate(String name, Rate rate) {
    tree.put(name, rate.figures());
    rates.add(
        String.format(
            Locale.ROOT,
            "| %s | %.1f | %.1f | %.1f | %,d in %.1f s | %.1f |",
            name,
            rate.perSecond(),
            rate.medianMicros() / 1000.0,
            rate.p95Micros() / 1000.0,
            rate.count(),
            rate.taken().toMillis() / 1000.0,
            systemLoad()));
  }

  /**
   * Adds how long the table was filled.
   *
   * @param references how many
   * @param taken how long
   */
  public void filled(int references, Duration taken) {
    tree.put("table filled, s", taken.toMillis() / 1000.0);
    sizes.add(
        String.format(
            Locale.ROOT,
            "%,d references written in batches in %.1f s.",
            references,
            seconds(taken)));
  }

  /**
   * Adds how a node was opened.
   *
   * @param references how many it read
   * @param loaded time and memory
   */
  public void loaded(int references, References.Loaded loaded) {
    Map<String, Object> figures = new TreeMap<>();
    figures.put("references", references);
    figures.put("seconds", seconds(loaded.taken()));
    figures.put("heap after MiB", loaded.heapAfter() / MEBIBYTE);
    figures.put("heap peak MiB", loaded.heapPeak() / MEBIBYTE);
    tree.put("node opened", figures);
    sizes.add(
        String.format(
            Locale.ROOT,
            "A node with all of them opened in %.1f s; heap %.0f MiB afterwards, at most %.0f MiB"
                + " on the way, of %.0f MiB.",
            seconds(loaded.taken()),
            loaded.heapAfter() / MEBIBYTE,
            loaded.heapPeak() / MEBIBYTE,
            loaded.heapMost() / MEBIBYTE));
  }

  /**
   * Adds a rotation.
   *
   * @param rotated how fast it went
   */
  public void rotated(References.Rotated rotated) {
    rate("subjects rotated", rotated.moved());
    tree.put("rotation looked, s", seconds(rotated.looked()));
    sizes.add(
        String.format(
            Locale.ROOT,
            "The rotation looked through all of them first, in %.1f s.",
            seconds(rotated.looked())));
  }

  private static double seconds(Duration taken) {
    return taken.toMillis() / 1000.0;
  }

  /**
   * Gives all figures.
   *
   * @return for JSON
   */
  public Map<String, Object> tree() {
    return tree;
  }

  /**
   * Gives the figures to read.
   *
   * @return a heading, a table, and sentences
   */
  public String markdown() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "## %s%n%nJava %s, %d cores, heap of %.0f MiB, load average before: %.1f.%n%n",
            database,
            System.getProperty("java.version"),
            Runtime.getRuntime().availableProcessors(),
            Runtime.getRuntime().maxMemory() / MEBIBYTE,
            loadBefore));
    if (!rates.isEmpty()) {
      text.append("| what | per second | median ms | p95 ms | count | load after |\n");
      text.append("|---|---|---|---|---|---|\n");
      rates.forEach(line -> text.append(line).append('\n'));
      text.append('\n');
    }
    sizes.forEach(line -> text.append(line).append("\n\n"));
    return text.toString();
  }
}
