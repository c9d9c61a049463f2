package io.github.facelock.test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that stands still until a test moves it. Thread-safe; clocks made by {@link #withZone}
 * share the time.
 *
 * <pre>{@code
 * MutableClock clock = MutableClock.at(Instant.parse("2030-01-01T00:00:00Z"));
 * clock.advance(Duration.ofSeconds(30));
 * }</pre>
 */
public final class MutableClock extends Clock {

  private final AtomicReference<Instant> now;
  private final ZoneId zone;

  private MutableClock(AtomicReference<Instant> now, ZoneId zone) {
    this.now = now;
    this.zone = Objects.requireNonNull(zone, "zone");
  }

  /**
   * Makes a clock in UTC.
   *
   * @param now the time that it shows
   * @return the clock
   */
  public static MutableClock at(Instant now) {
    return new MutableClock(
        new AtomicReference<>(Objects.requireNonNull(now, "now")), ZoneOffset.UTC);
  }

  /**
   * Sets the time, forwards or backwards.
   *
   * @param now the time that it shows from now on
   */
  public void set(Instant now) {
    this.now.set(Objects.requireNonNull(now, "now"));
  }

  /**
   * Moves the time.
   *
   * @param by how far; a negative duration moves it back
   */
  public void advance(Duration by) {
    now.updateAndGet(instant -> instant.plus(by));
  }

  @Override
  public Instant instant() {
    // Never null; the reference's type cannot say so.
    return Objects.requireNonNull(now.get());
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public MutableClock withZone(ZoneId zone) {
    return new MutableClock(now, zone);
  }

  @Override
  public String toString() {
    return "MutableClock[" + instant() + ", " + zone + "]";
  }
}
