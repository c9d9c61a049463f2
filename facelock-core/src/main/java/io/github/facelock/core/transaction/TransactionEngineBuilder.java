package io.github.facelock.core.transaction;

import io.github.facelock.api.FactorKind;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.api.policy.PolicyStep;
import io.github.facelock.core.crypto.KeyRing;
import io.github.facelock.spi.Alerts;
import io.github.facelock.spi.AttemptLimiter;
import io.github.facelock.spi.AuditLog;
import io.github.facelock.spi.DeviceTrust;
import io.github.facelock.spi.Factor;
import io.github.facelock.spi.ProofIssuer;
import io.github.facelock.spi.RiskRule;
import io.github.facelock.spi.Watch;
import io.github.facelock.spi.store.SubjectStore;
import io.github.facelock.spi.store.TransactionStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Collects the parts of a {@link TransactionEngine}; all but two are required. Not thread-safe. */
public final class TransactionEngineBuilder {

  private static final Pattern RULE = Pattern.compile("[a-z0-9-]{1,32}");

  private final Map<FactorType, Factor> factors = new LinkedHashMap<>();
  private final List<Policy> verifications = new ArrayList<>();
  private Optional<Policy> identification = Optional.empty();
  private @Nullable SubjectStore subjects;
  private @Nullable TransactionStore transactions;
  private @Nullable AttemptLimiter limiter;
  private @Nullable AuditLog audit;
  private @Nullable ProofIssuer proofs;
  private @Nullable KeyRing keys;
  private @Nullable SecureRandom random;
  private @Nullable Clock clock;
  private Alerts alerts = (alert, evidence) -> {};
  private List<RiskRule> riskRules = List.of();
  private DeviceTrust devices = DeviceTrust.none();
  private Watch watch = Watch.nobody();

  TransactionEngineBuilder() {}

  /**
   * Adds a policy for people who say who they are. The first one is the usual one; the others are
   * asked for by name.
   *
   * @param policy the policy
   * @return this
   */
  public TransactionEngineBuilder verification(Policy policy) {
    this.verifications.add(Objects.requireNonNull(policy, "policy"));
    return this;
  }

  /**
   * Sets the rules that look at the circumstances of logins; none unless set.
   *
   * @param rules in the order in which they look
   * @return this
   */
  public TransactionEngineBuilder riskRules(List<? extends RiskRule> rules) {
    this.riskRules = List.copyOf(rules);
    return this;
  }

  /**
   * Sets who knows the devices that subjects trust; none is trusted unless set.
   *
   * @param devices recognises devices
   * @return this
   */
  public TransactionEngineBuilder devices(DeviceTrust devices) {
    this.devices = Objects.requireNonNull(devices, "devices");
    return this;
  }

  /**
   * Sets who looks for those who must not get in; nobody unless set.
   *
   * @param watch looks
   * @return this
   */
  public TransactionEngineBuilder watch(Watch watch) {
    this.watch = Objects.requireNonNull(watch, "watch");
    return this;
  }

  /**
   * Sets the policy for people who say nothing; without one, nobody is identified.
   *
   * @param policy whose first step accepts faces only, and whose name is not that of the other
   * @return this
   */
  public TransactionEngineBuilder identification(Policy policy) {
    this.identification = Optional.of(policy);
    return this;
  }

  /**
   * Adds factors.
   *
   * @param factors one for each type that a policy names; more do no harm
   * @return this
   * @throws IllegalArgumentException if there are two of a type
   */
  public TransactionEngineBuilder factors(Collection<? extends Factor> factors) {
    for (Factor factor : factors) {
      if (this.factors.putIfAbsent(factor.type(), factor) != null) {
        throw new IllegalArgumentException("There are two factors of the type " + factor.type());
      }
    }
    return this;
  }

  /**
   * Sets where subjects are found.
   *
   * @param subjects the store
   * @return this
   */
  public TransactionEngineBuilder subjects(SubjectStore subjects) {
    this.subjects = Objects.requireNonNull(subjects, "subjects");
    return this;
  }

  /**
   * Sets where logins wait for their next request.
   *
   * @param transactions the store
   * @return this
   */
  public TransactionEngineBuilder transactions(TransactionStore transactions) {
    this.transactions = Objects.requireNonNull(transactions, "transactions");
    return this;
  }

  /**
   * Sets who limits guessing.
   *
   * @param limiter the limiter
   * @return this
   */
  public TransactionEngineBuilder limiter(AttemptLimiter limiter) {
    this.limiter = Objects.requireNonNull(limiter, "limiter");
    return this;
  }

  /**
   * Sets the audit trail.
   *
   * @param audit the log
   * @return this
   */
  public TransactionEngineBuilder audit(AuditLog audit) {
    this.audit = Objects.requireNonNull(audit, "audit");
    return this;
  }

  /**
   * Sets who is told of alerts; nobody unless set.
   *
   * @param alerts takes each alert at once
   * @return this
   */
  public TransactionEngineBuilder alerts(Alerts alerts) {
    this.alerts = Objects.requireNonNull(alerts, "alerts");
    return this;
  }

  /**
   * Sets who signs what a login proved.
   *
   * @param proofs the issuer
   * @return this
   */
  public TransactionEngineBuilder proofs(ProofIssuer proofs) {
    this.proofs = Objects.requireNonNull(proofs, "proofs");
    return this;
  }

  /**
   * Sets the keys that seal logins between two requests.
   *
   * @param keys the same on every node
   * @return this
   */
  public TransactionEngineBuilder keys(KeyRing keys) {
    this.keys = Objects.requireNonNull(keys, "keys");
    return this;
  }

  /**
   * Sets where handles come from.
   *
   * @param random a cryptographic source
   * @return this
   */
  public TransactionEngineBuilder random(SecureRandom random) {
    this.random = Objects.requireNonNull(random, "random");
    return this;
  }

  /**
   * Sets the clock.
   *
   * @param clock tells the time
   * @return this
   */
  public TransactionEngineBuilder clock(Clock clock) {
    this.clock = Objects.requireNonNull(clock, "clock");
    return this;
  }

  /**
   * Makes the engine.
   *
   * @return the engine
   * @throws IllegalStateException if a part is missing, or a policy cannot work; the message says
   *     what to do
   */
  public TransactionEngine build() {
    required(verifications.isEmpty() ? null : verifications, "verification policy");
    verifications.forEach(this::requireFactors);
    identification.ifPresent(this::requireIdentifies);
    requireOwnNames();
    requireOwnRuleNames();
    Map<String, FactorType> types = new HashMap<>();
    factors.keySet().forEach(type -> types.put(type.id(), type));
    return new TransactionEngine(
        verifications,
        identification,
        new Questions(Map.copyOf(factors)),
        new Claimants(required(subjects, "subject store")),
        new Circumstances(riskRules, devices, watch),
        new TransactionVault(
            required(transactions, "transaction store"),
            required(keys, "key ring"),
            new TransactionCodec(types),
            required(random, "source of randomness")),
        required(limiter, "attempt limiter"),
        new Journal(required(audit, "audit log"), alerts),
        required(proofs, "proof issuer"),
        required(clock, "clock"));
  }

  private void requireFactors(Policy policy) {
    for (PolicyStep step : policy.steps()) {
      for (FactorType type : step.anyOf()) {
        if (!factors.containsKey(type)) {
          throw new IllegalStateException(
              "Policy %s asks for the factor %s, which is not there: add it, or take it out of the policy"
                  .formatted(policy.name(), type));
        }
      }
    }
  }

  /** Logins in progress find their policy by name. */
  private void requireOwnNames() {
    Set<String> names = new HashSet<>();
    Stream.concat(verifications.stream(), identification.stream())
        .filter(policy -> !names.add(policy.name()))
        .findFirst()
        .ifPresent(
            policy -> {
              throw new IllegalStateException(
                  "Two policies have one name, %s: rename one".formatted(policy.name()));
            });
  }

  private void requireOwnRuleNames() {
    Set<String> names = new HashSet<>(Set.of(Circumstances.WATCH_LIST));
    for (RiskRule rule : riskRules) {
      if (!RULE.matcher(rule.name()).matches() || !names.add(rule.name())) {
        throw new IllegalStateException(
            "The risk rule name %s is taken or malformed: each rule has its own name of 1 to 32"
                    .formatted(rule.name())
                + " lower-case letters, digits and hyphens");
      }
    }
  }

  private void requireIdentifies(Policy policy) {
    requireFactors(policy);
    for (FactorType type : policy.steps().get(0).anyOf()) {
      if (type.kind() != FactorKind.INHERENCE) {
        throw new IllegalStateException(
            "Policy %s begins with %s, which cannot find out who somebody is: begin with a face"
                .formatted(policy.name(), type));
      }
    }
  }

  private static <T> T required(@Nullable T part, String name) {
    if (part == null) {
      throw new IllegalStateException("The engine needs a " + name + ": set it on the builder");
    }
    return part;
  }
}
