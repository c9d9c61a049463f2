package io.github.facelock.core;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.face.ModelInfo;
import io.github.facelock.api.policy.LivenessMode;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.core.admin.SubjectRegister;
import io.github.facelock.core.alert.AlertDesk;
import io.github.facelock.core.alert.AlertSettings;
import io.github.facelock.core.audit.AuditRetention;
import io.github.facelock.core.audit.ChainedAuditLog;
import io.github.facelock.core.crypto.KeyRing;
import io.github.facelock.core.device.TrustedDeviceRegistry;
import io.github.facelock.core.device.TrustedDeviceRules;
import io.github.facelock.core.face.AdaptationRules;
import io.github.facelock.core.face.EnrolmentRules;
import io.github.facelock.core.face.FaceEnroller;
import io.github.facelock.core.lockout.BackOffLimiter;
import io.github.facelock.core.lockout.LockoutRules;
import io.github.facelock.core.otp.CodeSettings;
import io.github.facelock.core.password.Argon2Parameters;
import io.github.facelock.core.password.Argon2idHasher;
import io.github.facelock.core.password.CommonSecrets;
import io.github.facelock.core.password.PasswordEnroller;
import io.github.facelock.core.password.PasswordFactor;
import io.github.facelock.core.presence.PresenceMonitor;
import io.github.facelock.core.risk.RiskSettings;
import io.github.facelock.core.store.memory.MemoryAttemptStore;
import io.github.facelock.core.store.memory.MemoryAuditStore;
import io.github.facelock.core.store.memory.MemoryCredentialStore;
import io.github.facelock.core.store.memory.MemorySubjectStore;
import io.github.facelock.core.store.memory.MemoryTransactionStore;
import io.github.facelock.core.token.JwtProofIssuer;
import io.github.facelock.core.transaction.TransactionEngine;
import io.github.facelock.core.transaction.TransactionEngineBuilder;
import io.github.facelock.core.watchlist.WatchListRegistry;
import io.github.facelock.core.watchlist.WatchListRules;
import io.github.facelock.spi.AlertSink;
import io.github.facelock.spi.AttemptLimiter;
import io.github.facelock.spi.AuditLog;
import io.github.facelock.spi.Factor;
import io.github.facelock.spi.KeyProvider;
import io.github.facelock.spi.OtpChannel;
import io.github.facelock.spi.ProofIssuer;
import io.github.facelock.spi.face.FaceDetector;
import io.github.facelock.spi.face.FaceEmbedder;
import io.github.facelock.spi.face.FaceLandmarker;
import io.github.facelock.spi.face.HeadPoseEstimator;
import io.github.facelock.spi.face.LivenessDetector;
import io.github.facelock.spi.face.PictureDecoder;
import io.github.facelock.spi.store.AttemptStore;
import io.github.facelock.spi.store.AuditStore;
import io.github.facelock.spi.store.CredentialStore;
import io.github.facelock.spi.store.OutboxStore;
import io.github.facelock.spi.store.SnapshotStore;
import io.github.facelock.spi.store.Stores;
import io.github.facelock.spi.store.SubjectStore;
import io.github.facelock.spi.store.TransactionStore;
import io.github.facelock.spi.store.WatchListStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects the parts of a {@link FaceLock}. What is not set gets a default that works offline and
 * in memory; parts that the caller sets are the caller's to close. Not thread-safe.
 */
public final class FaceLockBuilder {

  private static final Logger LOG = LoggerFactory.getLogger(FaceLock.class);

  /** A trail in memory must not grow for ever. */
  static final int AUDIT_IN_MEMORY = 10_000;

  private Optional<Policy> policy = Optional.empty();
  private final List<Policy> namedPolicies = new ArrayList<>();
  private Optional<Policy> identificationPolicy = Optional.empty();
  private String applicationName = "FaceLock";
  private Clock clock = Clock.systemUTC();
  private SecureRandom random = new SecureRandom();
  private final KeyParts keys = new KeyParts();
  private SubjectStore subjects = new MemorySubjectStore();
  private CredentialStore credentials = new MemoryCredentialStore();
  private Optional<TransactionStore> transactions = Optional.empty();
  private Optional<AttemptStore> attempts = Optional.empty();
  private Optional<AttemptLimiter> limiter = Optional.empty();
  private Optional<LockoutRules> lockoutRules = Optional.empty();
  private Optional<AuditLog> ownAudit = Optional.empty();
  private Optional<AuditStore> auditStore = Optional.empty();
  private Optional<ProofIssuer> proofs = Optional.empty();
  private Argon2Parameters argon2 = Argon2Parameters.recommended();
  private CommonSecrets commonSecrets = CommonSecrets.bundled();
  private final AlertParts alerting = new AlertParts();
  private final CodeParts codes = new CodeParts();
  private final Map<FactorType, Factor> ownFactors = new LinkedHashMap<>();
  private final FaceParts face = new FaceParts();
  private final CircumstanceParts circumstances = new CircumstanceParts();

  FaceLockBuilder() {}

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
   * Sets where the watch-list is kept; its faces are encrypted before they get there.
   *
   * @param store the store
   * @return this
   */
  public FaceLockBuilder watchListStore(WatchListStore store) {
    circumstances.watchStore = Objects.requireNonNull(store, "store");
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
   * Sets the keys that seal templates, secrets and transactions. Without them a random key is used
   * that ends with the process, and a warning is logged.
   *
   * @param keys the keys
   * @return this
   */
  public FaceLockBuilder keys(KeyProvider keys) {
    this.keys.provider = Optional.of(keys);
    return this;
  }

  /**
   * Sets where everything is kept: a database, for example. A part that is set after this call
   * replaces the place's own. Give {@linkplain #keys keys} that outlive the process, too.
   *
   * @param stores for example a {@link io.github.facelock.core.store.jdbc.JdbcStores}
   * @return this
   */
  public FaceLockBuilder stores(Stores stores) {
    return subjectStore(stores.subjects())
        .credentialStore(stores.credentials())
        .transactionStore(stores.transactions())
        .attemptStore(stores.attempts())
        .watchListStore(stores.watchList())
        .auditStore(stores.audit())
        .alertStores(stores.outbox(), stores.snapshots());
  }

  /**
   * Sets where subjects are kept.
   *
   * @param store the store
   * @return this
   */
  public FaceLockBuilder subjectStore(SubjectStore store) {
    this.subjects = Objects.requireNonNull(store, "store");
    return this;
  }

  /**
   * Sets where credentials are kept; they are encrypted before they get there.
   *
   * @param store the store
   * @return this
   */
  public FaceLockBuilder credentialStore(CredentialStore store) {
    this.credentials = Objects.requireNonNull(store, "store");
    return this;
  }

  /**
   * Sets where the subjects' wrapped keys are kept; with the credentials unless set. Whoever has
   * neither this store nor a backup of it cannot read a credential, the keys of {@link #keys} or
   * not: keep its backups for a short time, and an erased subject is gone from the other ones too.
   *
   * @param store for example one on another database; holds one short record for each subject
   * @return this
   */
  public FaceLockBuilder subjectKeyStore(CredentialStore store) {
    this.keys.subjectKeys = Optional.of(store);
    return this;
  }

  /**
   * Sets what is done at intervals: re-encryption and retention. Without it nothing is; call {@link
   * FaceLock#keyRotation()} from an own scheduler then.
   *
   * @param settings what is done, and how often
   * @return this
   */
  public FaceLockBuilder housekeeping(HousekeepingSettings settings) {
    this.keys.housekeeping = Optional.of(settings);
    return this;
  }

  /**
   * Sets where logins are kept between two requests; they are encrypted before they get there.
   *
   * @param store the store
   * @return this
   */
  public FaceLockBuilder transactionStore(TransactionStore store) {
    this.transactions = Optional.of(store);
    return this;
  }

  /**
   * Sets where attempts are counted.
   *
   * @param store the store
   * @return this
   */
  public FaceLockBuilder attemptStore(AttemptStore store) {
    this.attempts = Optional.of(store);
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
   * Sets where the audit trail is kept, as a chain under the {@linkplain #keys keys}. Without it
   * the last {@value #AUDIT_IN_MEMORY} records are kept in memory.
   *
   * @param store keeps what it is given until somebody cuts it
   * @return this
   */
  public FaceLockBuilder auditStore(AuditStore store) {
    this.auditStore = Optional.of(store);
    return this;
  }

  /**
   * Replaces the audit trail by one of the application's own; then {@link FaceLock#audit()} is
   * empty and {@link #auditStore} has no effect.
   *
   * @param audit the log
   * @return this
   */
  public FaceLockBuilder auditLog(AuditLog audit) {
    this.ownAudit = Optional.of(audit);
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
   * Sets where alerts wait until they have gone out, and where their pictures are kept; both are
   * encrypted before they get there. Without this they end with the process.
   *
   * @param outbox keeps alerts
   * @param snapshots keeps pictures
   * @return this
   */
  public FaceLockBuilder alertStores(OutboxStore outbox, SnapshotStore snapshots) {
    alerting.outbox = Objects.requireNonNull(outbox, "outbox");
    alerting.snapshots = Objects.requireNonNull(snapshots, "snapshots");
    return this;
  }

  /**
   * Adds a way for codes to reach people. Several of one factor are tried in the order of these
   * calls.
   *
   * @param channel for example a {@link io.github.facelock.core.otp.SmtpCodeChannel}
   * @return this
   */
  public FaceLockBuilder codeChannel(OtpChannel channel) {
    this.codes.channels.add(Objects.requireNonNull(channel, "channel"));
    return this;
  }

  /**
   * Sets how one-time codes look, how many are sent, and how they are accepted.
   *
   * @param settings the settings
   * @return this
   */
  public FaceLockBuilder codeSettings(CodeSettings settings) {
    codes.settings = Objects.requireNonNull(settings, "settings");
    return this;
  }

  /**
   * Adds a factor, or replaces the built-in one of its type.
   *
   * @param factor the factor
   * @return this
   */
  public FaceLockBuilder factor(Factor factor) {
    this.ownFactors.put(factor.type(), factor);
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
   * Sets how costly passwords are to guess; hashes with other costs are renewed at the next login.
   *
   * @param parameters the costs
   * @return this
   */
  public FaceLockBuilder passwordCosts(Argon2Parameters parameters) {
    this.argon2 = Objects.requireNonNull(parameters, "parameters");
    return this;
  }

  /**
   * Sets which passwords and PINs are too common to be accepted.
   *
   * @param commonSecrets the list
   * @return this
   */
  public FaceLockBuilder commonSecrets(CommonSecrets commonSecrets) {
    this.commonSecrets = Objects.requireNonNull(commonSecrets, "commonSecrets");
    return this;
  }

  /**
   * Replaces the decoder of pictures.
   *
   * @param decoder the decoder
   * @return this
   */
  public FaceLockBuilder pictureDecoder(PictureDecoder decoder) {
    face.decoder = Optional.of(decoder);
    return this;
  }

  /**
   * Replaces the detector of faces.
   *
   * @param detector the detector
   * @return this
   */
  public FaceLockBuilder faceDetector(FaceDetector detector) {
    face.detector = Optional.of(detector);
    return this;
  }

  /**
   * Replaces the finder of a face's points.
   *
   * @param landmarker the landmarker
   * @return this
   */
  public FaceLockBuilder faceLandmarker(FaceLandmarker landmarker) {
    face.landmarker = Optional.of(landmarker);
    return this;
  }

  /**
   * Replaces the estimator of the head's pose.
   *
   * @param headPose the estimator
   * @return this
   */
  public FaceLockBuilder headPoseEstimator(HeadPoseEstimator headPose) {
    face.headPose = Optional.of(headPose);
    return this;
  }

  /**
   * Replaces the embedder. Templates of another model stay in the store and are not compared.
   *
   * @param embedder the embedder
   * @return this
   */
  public FaceLockBuilder faceEmbedder(FaceEmbedder embedder) {
    face.embedder = Optional.of(embedder);
    return this;
  }

  /**
   * Adds presentation attack detection; each detector can veto.
   *
   * @param detector the detector
   * @return this
   */
  public FaceLockBuilder livenessDetector(LivenessDetector detector) {
    face.liveness.add(Objects.requireNonNull(detector, "detector"));
    return this;
  }

  /**
   * Sets how many references a subject may have, and what duplicates mean.
   *
   * @param rules the rules
   * @return this
   */
  public FaceLockBuilder enrolmentRules(EnrolmentRules rules) {
    face.enrolmentRules = Objects.requireNonNull(rules, "rules");
    return this;
  }

  /**
   * Sets how liveness works where a policy asks for it; {@link LivenessSettings#ofDefaults()}
   * unless set.
   *
   * @param settings challenges and thresholds
   * @return this
   */
  public FaceLockBuilder liveness(LivenessSettings settings) {
    face.livenessSettings = Objects.requireNonNull(settings, "settings");
    return this;
  }

  /**
   * Keeps comparing references of a model that was replaced, until their owners have logged in with
   * a second factor; then they have references of both. People who say nothing (1:N) are found by
   * the present model only.
   *
   * @param former the embedder that was used before
   * @return this
   */
  public FaceLockBuilder formerFaceEmbedder(FaceEmbedder former) {
    face.former.add(Objects.requireNonNull(former, "former"));
    return this;
  }

  /**
   * Lets references follow their owners as these change; off unless set.
   *
   * @param rules what guards it
   * @return this
   */
  public FaceLockBuilder faceAdaptation(AdaptationRules rules) {
    face.adaptation = Optional.of(rules);
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
      return build(verification, owned);
    } catch (RuntimeException | Error e) {
      FaceLock.closeAll(owned);
      throw e;
    }
  }

  private FaceLock build(Policy verification, Deque<AutoCloseable> owned) {
    KeyParts.Assembled key = keys.assemble(credentials, circumstances.watchStore, clock, random);
    KeyRing ring = key.ring();
    CredentialStore sealed = key.credentials();
    Optional<ChainedAuditLog> trail =
        ownAudit.isPresent() ? Optional.empty() : Optional.of(trail(ring));
    AuditLog audit = ownAudit.or(() -> trail).orElseThrow();
    Argon2idHasher hasher = new Argon2idHasher(argon2, random);
    Set<FactorType> asked = factorsOf(verification);
    otherPolicies().forEach(other -> asked.addAll(factorsOf(other)));

    AttemptStore counts = attempts.orElseGet(() -> new MemoryAttemptStore(clock));
    AlertDesk alerts = alerting.assemble(sealed, counts, ring, audit, clock, random, owned);
    CodeParts.Assembled code =
        codes.assemble(
            new Foundation(
                sealed, ring, counts, audit, alerts::raise, clock, random, applicationName),
            owned);

    Map<FactorType, Factor> factors = new LinkedHashMap<>(code.factors());
    for (FactorType type : List.of(FactorType.PASSWORD, FactorType.PIN)) {
      factors.put(type, new PasswordFactor(type, sealed, hasher, alerts::raise));
    }
    Optional<FaceStep> faceStep = Optional.empty();
    if (asked.contains(FactorType.FACE) && !ownFactors.containsKey(FactorType.FACE)) {
      faceStep =
          Optional.of(
              face.assemble(
                  subjects,
                  sealed,
                  counts,
                  livenessModes(verification),
                  random,
                  clock,
                  owned,
                  comparison ->
                      circumstances.watchList(ring, audit, random, clock, Optional.of(comparison)),
                  (subject, entry) ->
                      CircumstanceParts.tellEnrolment(subject, entry, audit, alerts::raise, clock),
                  (subject, reference) ->
                      FaceEnrolments.tellLearnt(subject, reference, audit, clock)));
      requireMeasured(verification, faceStep.get());
      FaceStep step = faceStep.get();
      otherPolicies().forEach(other -> requireMeasured(other, step));
      factors.put(FactorType.FACE, faceStep.get().factor());
    }
    factors.putAll(ownFactors);
    factors.keySet().retainAll(asked);
    requireServed(asked, factors.keySet());

    TrustedDeviceRegistry devices =
        circumstances.devices(sealed, subjects, audit, alerts::raise, random, clock);
    WatchListRegistry watchList =
        faceStep
            .map(FaceStep::watchList)
            .orElseGet(() -> circumstances.watchList(ring, audit, random, clock, Optional.empty()));
    AttemptLimiter limits =
        limiter.orElseGet(
            () ->
                new BackOffLimiter(
                    counts,
                    lockoutRules.orElseGet(() -> LockoutRules.defaults(weakest(verification))),
                    clock));
    TransactionEngineBuilder engine =
        TransactionEngine.builder()
            .verification(verification)
            .riskRules(circumstances.risk.rules(sealed, counts, random))
            .devices(devices)
            .watch(watchList)
            .factors(factors.values())
            .subjects(subjects)
            .transactions(transactions.orElseGet(() -> new MemoryTransactionStore(clock)))
            .keys(ring)
            .limiter(limits)
            .audit(audit)
            .alerts(alerts)
            .proofs(
                proofs.orElseGet(
                    () ->
                        JwtProofIssuer.ephemeral(applicationName, applicationName, clock, random)))
            .random(random)
            .clock(clock);
    namedPolicies.forEach(engine::verification);
    identificationPolicy.ifPresent(engine::identification);

    Optional<FaceEnroller> faces = faceStep.map(FaceStep::enroller);
    ToIntFunction<SubjectId> removal =
        subject -> {
          alerts.eraseSnapshots(subject);
          return faces.map(enroller -> enroller.removeAll(subject)).orElse(0)
              + sealed.deleteAll(subject);
        };
    SubjectRegister register =
        new SubjectRegister(subjects, removal, devices::revokeAll, audit, clock);
    EnrolmentGuard guard =
        new EnrolmentGuard(
            subjects,
            removal,
            devices::revokeAll,
            audit,
            alerts,
            subject -> AlertParts.addresses(sealed, subject),
            clock);
    SubjectEnrolment enrolment =
        new SubjectEnrolment(
            register,
            sealed,
            new PasswordEnrolments(
                new PasswordEnroller(FactorType.PASSWORD, sealed, hasher, commonSecrets, clock),
                new PasswordEnroller(FactorType.PIN, sealed, hasher, commonSecrets, clock),
                guard),
            new CodeEnrolments(code.enrollers(), guard),
            new FaceEnrolments(faces, guard),
            faces,
            List.copyOf(asked),
            guard);
    AdministrationParts administration =
        new AdministrationParts(subjects, register, sealed, limits, asked, audit, trail, clock);
    List<ModelInfo> models = faceStep.map(FaceStep::models).orElse(List.of());
    tell(verification, models);
    PresenceMonitor presence =
        new PresenceMonitor(faceStep.map(FaceStep::recogniser), audit, alerts, clock);
    keys.start(key.rotation(), circumstances.watchStore, clock, owned);
    return new FaceLock(
        engine.build(),
        enrolment,
        administration.assemble(),
        trail,
        devices,
        watchList,
        presence,
        alerts,
        code.reports(),
        faceStep.map(FaceStep::guide),
        key.rotation(),
        models,
        owned);
  }

  private ChainedAuditLog trail(KeyRing ring) {
    return auditStore
        .map(store -> new ChainedAuditLog(store, ring, clock))
        .orElseGet(
            () ->
                new ChainedAuditLog(
                    new MemoryAuditStore(), ring, clock, AuditRetention.last(AUDIT_IN_MEMORY)));
  }

  private List<Policy> otherPolicies() {
    return Stream.concat(namedPolicies.stream(), identificationPolicy.stream()).toList();
  }

  private Set<LivenessMode> livenessModes(Policy verification) {
    return Stream.concat(Stream.of(verification), otherPolicies().stream())
        .filter(policy -> factorsOf(policy).contains(FactorType.FACE))
        .map(Policy::liveness)
        .collect(Collectors.toSet());
  }

  /** Of the policies that ask for a face; the modes are declared in rising order. */
  private LivenessMode weakest(Policy verification) {
    return Stream.concat(Stream.of(verification), otherPolicies().stream())
        .filter(policy -> factorsOf(policy).contains(FactorType.FACE))
        .map(Policy::liveness)
        .min(Comparator.naturalOrder())
        .orElse(LivenessMode.NONE);
  }

  private static Set<FactorType> factorsOf(Policy policy) {
    Set<FactorType> factors = new LinkedHashSet<>();
    policy.steps().forEach(step -> factors.addAll(step.anyOf()));
    return factors;
  }

  /** A promise that the model's calibration does not cover fails now, not at the first login. */
  private static void requireMeasured(Policy policy, FaceStep step) {
    step.calibrations().forEach(each -> each.threshold(policy.falseMatchRate()));
  }

  private static void requireServed(Set<FactorType> asked, Set<FactorType> served) {
    for (FactorType factor : asked) {
      if (!served.contains(factor)) {
        throw new IllegalStateException(
            "A policy asks for "
                + factor
                + ", and nothing serves it: add codeChannel(…) for a code that is sent, or"
                + " factor(…) for a factor of your own");
      }
    }
  }

  private static void tell(Policy policy, List<ModelInfo> models) {
    LOG.info("FaceLock is ready with {}", policy);
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
