package io.github.facelock.core.risk;

import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.RiskFinding;
import io.github.facelock.spi.RiskResponse;
import io.github.facelock.spi.RiskRule;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Notices logins at hours at which nobody should be there: an office at night, a school on Sunday.
 * Immutable.
 *
 * <p>Hours are the wall clock's of a zone. Hours over midnight ({@code 22:00} to {@code 06:00})
 * belong to the day on which they begin. When clocks are put back, the repeated hour is treated as
 * its hands show, both times.
 */
public final class ImpossibleHour implements RiskRule {

  private final ZoneId zone;
  private final LocalTime from;
  private final LocalTime to;
  private final Set<DayOfWeek> days;
  private final RiskFinding finding;

  /**
   * Makes a rule.
   *
   * @param zone whose wall clock counts
   * @param from the first moment at which logins are usual
   * @param to the first moment at which they no longer are; equal to {@code from} for the whole day
   * @param days the days on which the usual hours begin; not empty
   * @param responses what follows outside these hours
   * @throws IllegalArgumentException if there is no day
   */
  public ImpossibleHour(
      ZoneId zone, LocalTime from, LocalTime to, Set<DayOfWeek> days, Set<RiskResponse> responses) {
    this.zone = Objects.requireNonNull(zone, "zone");
    this.from = Objects.requireNonNull(from, "from");
    this.to = Objects.requireNonNull(to, "to");
    if (days.isEmpty()) {
      throw new IllegalArgumentException("Name at least one day on which logins are usual");
    }
    this.days = EnumSet.copyOf(days);
    this.finding = new RiskFinding(responses, Map.of("impossible", "true"));
  }

  @Override
  public String name() {
    return "hour";
  }

  @Override
  public RiskFinding assess(FactorContext context) {
    return usual(context.now()) ? RiskFinding.nothing() : finding;
  }

  private boolean usual(Instant now) {
    ZonedDateTime local = now.atZone(zone);
    LocalTime time = local.toLocalTime();
    DayOfWeek day = local.getDayOfWeek();
    if (from.isBefore(to)) {
      return days.contains(day) && !time.isBefore(from) && time.isBefore(to);
    }
    return (days.contains(day) && !time.isBefore(from))
        || (days.contains(day.minus(1)) && time.isBefore(to));
  }
}
