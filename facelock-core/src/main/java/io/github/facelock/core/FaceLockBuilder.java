package io.github.facelock.core;

import io.github.facelock.api.policy.LivenessMode;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.core.alert.AlertSettings;
import io.github.facelock.core.device.TrustedDeviceRules;
import io.github.facelock.core.lockout.LockoutRules;
import io.github.facelock.core.risk.RiskSettings;
import io.github.facelock.core.watchlist.WatchListRules;
import io.github.facelock.spi.AlertSink;
import io.github.facelock.spi.AttemptLimiter;
import io.github.facelock.spi.ProofIssuer;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Collects the parts of a {@link FaceLock}. What is not set gets a default that works offline and
 * in memory; parts that the caller sets are the caller's to close. Not thread-safe.
 */
public final class FaceLockBuilder extends FactorOptions {

  private Optional<Policy> policy = Optional.empty();
  private final List<Policy> namedPolicies = new ArrayList<>();
  private Optional<Policy> identificationPolicy = Optional.empty();
  String applicationName = "FaceLock";
  Clock clock = Clock.systemUTC();
  SecureRandom random = new SecureRandom();
  Optional<AttemptLimiter> limiter = Optional.empty();
  Optional<LockoutRules> lockoutRules = Optional.empty();
  Optional<ProofIssuer> proofs = Optional.empty();

  FaceLockBuilder() {}

  @Override
  FaceLockBuilder self() {
    return this;
  }

  /**
   * Sets what a login asks for when the person says who they are. The only part without a default.
   *
   * @param policy for example one of {@link io.github.facelock.api.policy.Policies}
   * @return this
   */
  public FaceLockBuilder policy(Policy policy) {
    this.policy = Optional.of(policy);
    return this;
  }

  /**
   * Sets what a login asks for when the person says nothing (1:N). Its first step is the face.
   *
   * @param policy with another name than the other policy
   * @return this
   */
  public FaceLockBuilder identificationPolicy(Policy policy) {
    this.identificationPolicy = Optional.of(policy);
    return this;
  }

  /**
   * Adds a policy that is asked for by name: for a step-up, or for another entrance.
   *
   * @param policy with a name of its own
   * @return this
   */
  public FaceLockBuilder namedPolicy(Policy policy) {
    this.namedPolicies.add(Objects.requireNonNull(policy, "policy"));
    return this;
  }

  /**
   * Names the application: in authenticator apps, in mails, and as the issuer of proofs; {@code
   * FaceLock} unless set.
   *
   * @param name 1 to 64 characters, no control character, no colon (it separates issuer and account
   *     in {@code otpauth} addresses)
   * @return this
   * @throws IllegalArgumentException if the name is empty or too long, or has a colon or a control
   *     character
   */
  public FaceLockBuilder applicationName(String name) {
    boolean oneLine = name.chars().noneMatch(Character::isISOControl);
    if (name.isBlank() || name.length() > 64 || name.indexOf(':') >= 0 || !oneLine) {
      throw new IllegalArgumentException(
          "An application name has 1 to 64 characters, no colon and no control character");
    }
    this.applicationName = name;
    return this;
  }

  /**
   * Sets the clock by which everything expires.
   *
   * @param clock the clock
   * @return this
   */
  public FaceLockBuilder clock(Clock clock) {
    this.clock = Objects.requireNonNull(clock, "clock");
    return this;
  }

  /**
   * Sets the source of handles, codes, secrets and nonces.
   *
   * @param random a cryptographically strong generator
   * @return this
   */
  public FaceLockBuilder random(SecureRandom random) {
    this.random = Objects.requireNonNull(random, "random");
    return this;
  }

  /**
   * Sets how many attempts are allowed; NIST's limits unless set, which for faces depend on whether
   * every policy that asks for one draws a challenge ({@link LockoutRules#defaults(LivenessMode)}).
   *
   * @param rules the rules
   * @return this
   */
  public FaceLockBuilder lockoutRules(LockoutRules rules) {
    this.lockoutRules = Optional.of(rules);
    return this;
  }

  /**
   * Replaces the limiter; then {@link #attemptStore} and {@link #lockoutRules} have no effect.
   *
   * @param limiter the limiter
   * @return this
   */
  public FaceLockBuilder attemptLimiter(AttemptLimiter limiter) {
    this.limiter = Optional.of(limiter);
    return this;
  }

  /**
   * Sets the rules that look at the circumstances of logins; none unless set.
   *
   * @param settings for example {@link RiskSettings#recommended()}
   * @return this
   */
  public FaceLockBuilder risk(RiskSettings settings) {
    circumstances.risk = Objects.requireNonNull(settings, "settings");
    return this;
  }

  /**
   * Sets how long and how many devices are trusted. They matter to policies that have a step with
   * {@link io.github.facelock.api.policy.StepCondition#UNLESS_TRUSTED_DEVICE} only.
   *
   * @param rules the rules
   * @return this
   */
  public FaceLockBuilder trustedDevices(TrustedDeviceRules rules) {
    circumstances.devices = Objects.requireNonNull(rules, "rules");
    return this;
  }

  /**
   * Sets how the watch-list is searched, and who gets on it by itself.
   *
   * @param rules the rules
   * @return this
   */
  public FaceLockBuilder watchList(WatchListRules rules) {
    circumstances.watchRules = Objects.requireNonNull(rules, "rules");
    return this;
  }

  /**
   * Adds somebody who is told about alerts. Without any, alerts go to the application's log.
   *
   * @param sink the sink
   * @return this
   */
  public FaceLockBuilder alertSink(AlertSink sink) {
    alerting.sinks.add(Objects.requireNonNull(sink, "sink"));
    return this;
  }

  /**
   * Sets who is told what and when, and whether pictures are kept; sinks of {@link #alertSink} are
   * told beside the policies of these settings.
   *
   * @param settings the settings
   * @return this
   */
  public FaceLockBuilder alerts(AlertSettings settings) {
    alerting.settings = Objects.requireNonNull(settings, "settings");
    return this;
  }

  /**
   * Sets who signs what a login proved. Without it a key is used that ends with the process.
   *
   * @param proofs the issuer
   * @return this
   */
  public FaceLockBuilder proofIssuer(ProofIssuer proofs) {
    this.proofs = Optional.of(proofs);
    return this;
  }

  /**
   * Puts everything together; loads the models if a policy asks for a face.
   *
   * @return a running FaceLock
   * @throws IllegalStateException if there is no policy, or a policy names a factor that nothing
   *     serves
   * @throws IllegalArgumentException if the face model was not measured as strictly as a policy
   *     asks
   * @throws io.github.facelock.api.FaceLockException if a model or a native library cannot be
   *     loaded, or the keys are not those under which the store was written
   */
  public FaceLock build() {
    Policy verification =
        policy.orElseThrow(
            () ->
                new IllegalStateException(
                    "Say what a login asks for: policy(Policies.web()), for example"));
    Deque<AutoCloseable> owned = new ArrayDeque<>();
    try {
      return new Assembly(
              this, new PolicySet(verification, namedPolicies, identificationPolicy), owned)
          .assemble();
    } catch (RuntimeException | Error e) {
      FaceLock.closeAll(owned);
      throw e;
    }
  }
}
