package io.github.facelock.core;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.face.ModelInfo;
import io.github.facelock.core.admin.SubjectRegister;
import io.github.facelock.core.alert.AlertDesk;
import io.github.facelock.core.audit.AuditRetention;
import io.github.facelock.core.audit.ChainedAuditLog;
import io.github.facelock.core.device.TrustedDeviceRegistry;
import io.github.facelock.core.face.FaceEnroller;
import io.github.facelock.core.lockout.BackOffLimiter;
import io.github.facelock.core.lockout.LockoutRules;
import io.github.facelock.core.password.Argon2idHasher;
import io.github.facelock.core.password.PasswordEnroller;
import io.github.facelock.core.password.PasswordFactor;
import io.github.facelock.core.presence.PresenceMonitor;
import io.github.facelock.core.store.memory.MemoryAttemptStore;
import io.github.facelock.core.store.memory.MemoryAuditStore;
import io.github.facelock.core.store.memory.MemoryTransactionStore;
import io.github.facelock.core.token.JwtProofIssuer;
import io.github.facelock.core.transaction.TransactionEngine;
import io.github.facelock.core.transaction.TransactionEngineBuilder;
import io.github.facelock.core.watchlist.FaceComparison;
import io.github.facelock.core.watchlist.WatchListRegistry;
import io.github.facelock.spi.AttemptLimiter;
import io.github.facelock.spi.AuditLog;
import io.github.facelock.spi.Factor;
import io.github.facelock.spi.store.AttemptStore;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a {@link FaceLock} together out of a builder's parts, once: keys first, then what everything
 * stands on, the factors, the engine, and at last what runs by itself.
 */
final class Assembly {

  private static final Logger LOG = LoggerFactory.getLogger(FaceLock.class);

  private final FaceLockBuilder parts;
  private final PolicySet policies;
  private final Deque<AutoCloseable> owned;
  private final KeyParts.Assembled key;
  private final Optional<ChainedAuditLog> trail;
  private final AlertDesk alerts;
  private final Foundation base;
  private final Argon2idHasher hasher;

  /**
   * Opens the keys, the trail and the alert desk.
   *
   * @param owned takes what must be closed at the end, also when this fails
   */
  Assembly(FaceLockBuilder parts, PolicySet policies, Deque<AutoCloseable> owned) {
    this.parts = parts;
    this.policies = policies;
    this.owned = owned;
    this.key = parts.keys.assemble(parts, parts.clock, parts.random);
    this.trail = parts.ownAudit.isPresent() ? Optional.empty() : Optional.of(trail());
    AuditLog audit = parts.ownAudit.or(() -> trail).orElseThrow();
    AttemptStore counts = parts.attempts.orElseGet(() -> new MemoryAttemptStore(parts.clock));
    this.alerts =
        parts.alerting.assemble(
            key.credentials(), counts, key.ring(), audit, parts.clock, parts.random, owned);
    this.base =
        new Foundation(
            key.credentials(),
            key.ring(),
            counts,
            audit,
            alerts::raise,
            parts.clock,
            parts.random,
            parts.applicationName);
    this.hasher = new Argon2idHasher(parts.argon2, parts.random);
  }

  FaceLock assemble() {
    CodeParts.Assembled code = parts.codes.assemble(base, owned);
    Optional<FaceStep> faceStep = faceStep();
    Map<FactorType, Factor> factors = factors(code, faceStep);

    TrustedDeviceRegistry devices =
        parts.circumstances.devices(
            base.credentials(),
            parts.subjects,
            base.audit(),
            base.alerts(),
            base.random(),
            base.clock());
    WatchListRegistry watchList =
        faceStep.map(FaceStep::watchList).orElseGet(() -> watchList(Optional.empty()));
    AttemptLimiter limits = parts.limiter.orElseGet(this::limiter);
    TransactionEngineBuilder engine = engine(factors, devices, watchList, limits);

    Optional<FaceEnroller> faces = faceStep.map(FaceStep::enroller);
    ToIntFunction<SubjectId> removal = removal(faces);
    SubjectRegister register =
        new SubjectRegister(
            parts.subjects, removal, devices::revokeAll, base.audit(), base.clock());
    List<ModelInfo> models = faceStep.map(FaceStep::models).orElse(List.of());
    tell(models);
    PresenceMonitor presence =
        new PresenceMonitor(faceStep.map(FaceStep::recogniser), base.audit(), alerts, base.clock());
    parts.keys.start(parts, key.rotation(), trail, base.clock(), owned);
    return new FaceLock(
        engine.build(),
        enrolment(code, faceStep, register, guard(removal, devices)),
        new AdministrationParts(
                parts.subjects,
                register,
                base.credentials(),
                limits,
                policies.factors(),
                base.audit(),
                trail,
                base.clock())
            .assemble(),
        trail,
        devices,
        watchList,
        presence,
        alerts,
        code.reports(),
        faceStep.map(FaceStep::guide),
        key.rotation(),
        models,
        policies.all().toList(),
        parts.limiter.isPresent() ? Optional.empty() : Optional.of(lockoutRules()),
        owned);
  }

  private ChainedAuditLog trail() {
    return parts
        .auditStore
        .map(store -> new ChainedAuditLog(store, key.ring(), parts.clock))
        .orElseGet(
            () ->
                new ChainedAuditLog(
                    new MemoryAuditStore(),
                    key.ring(),
                    parts.clock,
                    AuditRetention.last(StoreOptions.AUDIT_IN_MEMORY)));
  }

  private Optional<FaceStep> faceStep() {
    if (!policies.factors().contains(FactorType.FACE)
        || parts.ownFactors.containsKey(FactorType.FACE)) {
      return Optional.empty();
    }
    FaceStep step =
        parts.face.assemble(
            parts.subjects,
            base.credentials(),
            base.counts(),
            policies.livenessModes(),
            base.random(),
            base.clock(),
            owned,
            comparison -> watchList(Optional.of(comparison)),
            (subject, entry) ->
                CircumstanceParts.tellEnrolment(
                    subject, entry, base.audit(), base.alerts(), base.clock()),
            (subject, reference) ->
                FaceEnrolments.tellLearnt(subject, reference, base.audit(), base.clock()));
    policies.requireMeasured(step.calibrations());
    return Optional.of(step);
  }

  /** What the policies ask for, served by the caller's own factors before the built-in ones. */
  private Map<FactorType, Factor> factors(CodeParts.Assembled code, Optional<FaceStep> faceStep) {
    Map<FactorType, Factor> factors = new LinkedHashMap<>(code.factors());
    for (FactorType type : List.of(FactorType.PASSWORD, FactorType.PIN)) {
      factors.put(type, new PasswordFactor(type, base.credentials(), hasher, base.alerts()));
    }
    faceStep.ifPresent(step -> factors.put(FactorType.FACE, step.factor()));
    factors.putAll(parts.ownFactors);
    factors.keySet().retainAll(policies.factors());
    policies.requireServed(factors.keySet());
    return factors;
  }

  private WatchListRegistry watchList(Optional<FaceComparison> faces) {
    return parts.circumstances.watchList(
        base.keys(), base.audit(), base.random(), base.clock(), faces);
  }

  private AttemptLimiter limiter() {
    return new BackOffLimiter(base.counts(), lockoutRules(), base.clock());
  }

  private LockoutRules lockoutRules() {
    return parts.lockoutRules.orElseGet(() -> LockoutRules.defaults(policies.weakestLiveness()));
  }

  private TransactionEngineBuilder engine(
      Map<FactorType, Factor> factors,
      TrustedDeviceRegistry devices,
      WatchListRegistry watchList,
      AttemptLimiter limits) {
    TransactionEngineBuilder engine =
        TransactionEngine.builder()
            .verification(policies.verification())
            .riskRules(
                parts.circumstances.risk.rules(base.credentials(), base.counts(), base.random()))
            .devices(devices)
            .watch(watchList)
            .factors(factors.values())
            .subjects(parts.subjects)
            .transactions(
                parts.transactions.orElseGet(() -> new MemoryTransactionStore(base.clock())))
            .keys(base.keys())
            .limiter(limits)
            .audit(base.audit())
            .alerts(alerts)
            .proofs(
                parts.proofs.orElseGet(
                    () ->
                        JwtProofIssuer.ephemeral(
                            base.application(), base.application(), base.clock(), base.random())))
            .random(base.random())
            .clock(base.clock());
    policies.named().forEach(engine::verification);
    policies.identification().ifPresent(engine::identification);
    return engine;
  }

  private ToIntFunction<SubjectId> removal(Optional<FaceEnroller> faces) {
    return subject -> {
      alerts.eraseSnapshots(subject);
      return faces.map(enroller -> enroller.removeAll(subject)).orElse(0)
          + base.credentials().deleteAll(subject);
    };
  }

  private EnrolmentGuard guard(ToIntFunction<SubjectId> removal, TrustedDeviceRegistry devices) {
    return new EnrolmentGuard(
        parts.subjects,
        removal,
        devices::revokeAll,
        base.audit(),
        alerts,
        subject -> AlertParts.addresses(base.credentials(), subject),
        base.clock());
  }

  private SubjectEnrolment enrolment(
      CodeParts.Assembled code,
      Optional<FaceStep> faceStep,
      SubjectRegister register,
      EnrolmentGuard guard) {
    Optional<FaceEnroller> faces = faceStep.map(FaceStep::enroller);
    return new SubjectEnrolment(
        register,
        base.credentials(),
        new PasswordEnrolments(
            passwordEnroller(FactorType.PASSWORD), passwordEnroller(FactorType.PIN), guard),
        new CodeEnrolments(code.enrollers(), guard),
        new FaceEnrolments(faces, faceStep.flatMap(FaceStep::enrolmentChallenges), guard),
        faces,
        List.copyOf(policies.factors()),
        guard);
  }

  private PasswordEnroller passwordEnroller(FactorType type) {
    return new PasswordEnroller(
        type, base.credentials(), hasher, parts.commonSecrets, base.clock());
  }

  private void tell(List<ModelInfo> models) {
    LOG.info("FaceLock is ready with {}", policies.verification());
    for (ModelInfo model : models) {
      LOG.info(
          "Model {} {}, licence {}, holder {}. {}",
          model.id(),
          model.version(),
          model.licence(),
          model.holder(),
          model.caveat());
    }
  }
}
