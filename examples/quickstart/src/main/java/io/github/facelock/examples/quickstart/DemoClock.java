package io.github.facelock.examples.quickstart;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** The system's clock, which can be put forward so that nobody waits for the next TOTP code. */
final class DemoClock extends Clock {

  private final Clock system = Clock.systemUTC();
  private volatile Duration ahead = Duration.ZERO;

  void later(Duration by) {
    ahead = ahead.plus(by);
  }

  @Override
  public Instant instant() {
    return system.instant().plus(ahead);
  }

  @Override
  public ZoneId getZone() {
    return system.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return Clock.offset(system.withZone(zone), ahead);
  }
}
