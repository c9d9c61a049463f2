package io.github.facelock.core.alert;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who is told, level after level, until somebody acknowledges. The next level is told when its time
 * is over, and at once when nobody of a level could be reached. Immutable.
 */
public final class EscalationPolicy {

  /** One level. */
  record Level(Duration after, List<AlertTarget> targets) {
    Level {
      targets = List.copyOf(targets);
    }
  }

  private final List<Level> levels;

  private EscalationPolicy(List<Level> levels) {
    this.levels = List.copyOf(levels);
    Set<String> names = new HashSet<>();
    for (Level level : levels) {
      for (AlertTarget target : level.targets()) {
        if (!names.add(target.name())) {
          throw new IllegalArgumentException(
              "The alert target "
                  + target.name()
                  + " is in one policy twice; name each differently");
        }
      }
    }
  }

  /**
   * Begins with those who are told at once.
   *
   * @param targets all of them are told
   * @return a policy of one level
   * @throws IllegalArgumentException if two have one name
   */
  public static EscalationPolicy atOnce(AlertTarget... targets) {
    return new EscalationPolicy(List.of(new Level(Duration.ZERO, List.of(targets))));
  }

  /**
   * Adds a level.
   *
   * @param after how long the level before has to acknowledge, 1 second to 7 days
   * @param targets who is told then
   * @return the longer policy
   * @throws IllegalArgumentException if the time is out of range, or two have one name
   */
  public EscalationPolicy then(Duration after, AlertTarget... targets) {
    if (after.compareTo(Duration.ofSeconds(1)) < 0 || after.compareTo(Duration.ofDays(7)) > 0) {
      throw new IllegalArgumentException("Somebody has 1 second to 7 days to acknowledge");
    }
    List<Level> more = new ArrayList<>(levels);
    more.add(new Level(after, List.of(targets)));
    return new EscalationPolicy(more);
  }

  /** Adds somebody to the first level. */
  EscalationPolicy with(AlertTarget target) {
    List<Level> changed = new ArrayList<>(levels);
    List<AlertTarget> first = new ArrayList<>(levels.get(0).targets());
    first.add(target);
    changed.set(0, new Level(Duration.ZERO, first));
    return new EscalationPolicy(changed);
  }

  /** How many levels there are. */
  int levels() {
    return levels.size();
  }

  /** Who is told at a level, from 1. */
  List<AlertTarget> targets(int level) {
    return levels.get(level - 1).targets();
  }

  /** How long the level before this one has. */
  Duration after(int level) {
    return levels.get(level - 1).after();
  }

  Optional<AlertTarget> find(String name) {
    return levels.stream()
        .flatMap(level -> level.targets().stream())
        .filter(target -> target.name().equals(name))
        .findFirst();
  }
}
