package io.github.facelock.core.alert;

import io.github.facelock.spi.AlertSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Somebody who is told, and by what: the first sink, and where that fails, the next one. Immutable.
 */
public final class AlertTarget {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,31}");

  private final String name;
  private final List<AlertSink> sinks;

  private AlertTarget(String name, List<AlertSink> sinks) {
    this.name = name;
    this.sinks = List.copyOf(sinks);
  }

  /**
   * Somebody.
   *
   * @param name 1 to 32 letters, digits, hyphens and underscores; the same after a restart, because
   *     alerts that wait name it; in the audit trail
   * @param sink what is tried first
   * @return the target
   * @throws IllegalArgumentException if the name is malformed
   */
  public static AlertTarget of(String name, AlertSink sink) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "The name of an alert target has 1 to 32 letters, digits, hyphens and underscores");
    }
    return new AlertTarget(name, List.of(sink));
  }

  /**
   * The same with one more sink.
   *
   * @param sink what is tried when all before it failed
   * @return the extended target
   */
  public AlertTarget orElse(AlertSink sink) {
    List<AlertSink> more = new ArrayList<>(sinks);
    more.add(Objects.requireNonNull(sink, "sink"));
    return new AlertTarget(name, more);
  }

  String name() {
    return name;
  }

  List<AlertSink> sinks() {
    return sinks;
  }

  @Override
  public String toString() {
    return "AlertTarget[" + name + ", " + sinks.size() + " sinks]";
  }
}
