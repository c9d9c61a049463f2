package io.github.facelock.core.watchlist;

import io.github.facelock.api.face.FalseMatchRate;
import java.util.Objects;
import java.util.Optional;

/**
 * How the watch-list is searched, and who gets on it by itself. Immutable.
 *
 * @param falseMatchRate the rate at which somebody who is not on the list is taken for somebody on
 *     it, for the whole list: each comparison is stricter by the number of templates (union bound)
 * @param automatic who is added by rule; nobody unless set
 */
public record WatchListRules(FalseMatchRate falseMatchRate, Optional<AutomaticEntries> automatic) {

  /** Refuses null. */
  public WatchListRules {
    Objects.requireNonNull(falseMatchRate, "falseMatchRate");
    Objects.requireNonNull(automatic, "automatic");
  }

  /**
   * One false alarm in 10 000 looks at the whole list; nobody is added by rule.
   *
   * @return the default rules
   */
  public static WatchListRules ofDefaults() {
    return new WatchListRules(FalseMatchRate.oneIn(10_000), Optional.empty());
  }

  /**
   * The same rules with another rate.
   *
   * @param rate the rate for the whole list
   * @return the rules
   */
  public WatchListRules withFalseMatchRate(FalseMatchRate rate) {
    return new WatchListRules(rate, automatic);
  }

  /**
   * The same rules, with strangers added by themselves.
   *
   * @param entries who, and for how long
   * @return the rules
   */
  public WatchListRules withAutomatic(AutomaticEntries entries) {
    return new WatchListRules(falseMatchRate, Optional.of(entries));
  }
}
