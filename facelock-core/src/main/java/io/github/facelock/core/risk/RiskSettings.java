package io.github.facelock.core.risk;

import io.github.facelock.core.risk.FailureVelocity.Per;
import io.github.facelock.spi.RiskResponse;
import io.github.facelock.spi.RiskRule;
import io.github.facelock.spi.store.AttemptStore;
import io.github.facelock.spi.store.CredentialStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Which risk rules there are. Immutable; the rules look in the order in which they were added. */
public final class RiskSettings {

  private final List<Maker> makers;

  /** Makes a rule when it is known where things are kept. */
  @FunctionalInterface
  private interface Maker {
    RiskRule make(CredentialStore credentials, AttemptStore attempts, SecureRandom random);
  }

  private RiskSettings(List<Maker> makers) {
    this.makers = List.copyOf(makers);
  }

  /**
   * No rule.
   *
   * @return the default
   */
  public static RiskSettings none() {
    return new RiskSettings(List.of());
  }

  /**
   * A new network adds a step; ten refused answers from one source within ten minutes raise an
   * alert and add a step, as do five for one name.
   *
   * @return three rules that turn nobody away
   */
  public static RiskSettings recommended() {
    Set<RiskResponse> alertAndStep = Set.of(RiskResponse.ALERT, RiskResponse.ADD_STEP);
    Duration window = Duration.ofMinutes(10);
    return none()
        .withNewNetwork(Set.of(RiskResponse.ADD_STEP))
        .withFailures(Per.SOURCE, 10, window, alertAndStep)
        .withFailures(Per.SUBJECT, 5, window, alertAndStep);
  }

  /**
   * Adds the rule {@link NewNetwork}.
   *
   * @param responses what follows
   * @return settings with one rule more
   */
  public RiskSettings withNewNetwork(Set<RiskResponse> responses) {
    Set<RiskResponse> copy = Set.copyOf(responses);
    return with((credentials, attempts, random) -> new NewNetwork(credentials, random, copy));
  }

  /**
   * Adds the rule {@link FailureVelocity}, at most once for each thing that is counted.
   *
   * @param per what is counted
   * @param failures from how many failures on, 1 to 1000
   * @param window in which time, 1 second to 1 day
   * @param responses what follows
   * @return settings with one rule more
   */
  public RiskSettings withFailures(
      Per per, int failures, Duration window, Set<RiskResponse> responses) {
    Set<RiskResponse> copy = Set.copyOf(responses);
    return with(
        (credentials, attempts, random) ->
            new FailureVelocity(attempts, per, failures, window, copy));
  }

  /**
   * Adds a rule.
   *
   * @param rule for example an {@link ImpossibleHour}, a {@link ListedNetwork}, or one of your own
   * @return settings with one rule more
   */
  public RiskSettings with(RiskRule rule) {
    Objects.requireNonNull(rule, "rule");
    return with((credentials, attempts, random) -> rule);
  }

  private RiskSettings with(Maker maker) {
    List<Maker> all = new ArrayList<>(makers);
    all.add(maker);
    return new RiskSettings(all);
  }

  /**
   * Makes the rules.
   *
   * @param credentials keeps what is remembered of subjects, sealed
   * @param attempts counts
   * @param random makes keys
   * @return the rules in their order
   * @throws IllegalArgumentException if a rule's settings are out of range
   */
  public List<RiskRule> rules(
      CredentialStore credentials, AttemptStore attempts, SecureRandom random) {
    return makers.stream().map(maker -> maker.make(credentials, attempts, random)).toList();
  }
}
