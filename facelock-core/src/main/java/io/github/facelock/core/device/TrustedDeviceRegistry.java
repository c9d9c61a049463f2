package io.github.facelock.core.device;

import io.github.facelock.api.AssuranceLevel;
import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.Outcome;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.device.DeviceToken;
import io.github.facelock.api.device.TrustedDevice;
import io.github.facelock.api.device.TrustedDevices;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.AuditLog;
import io.github.facelock.spi.DeviceTrust;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.store.Credential;
import io.github.facelock.spi.store.CredentialStore;
import io.github.facelock.spi.store.Subject;
import io.github.facelock.spi.store.SubjectStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps the devices that subjects trust, as credentials of a type of their own. Thread-safe, and
 * exact over all nodes that share the store.
 *
 * <p><strong>Rotation.</strong> Each granted login gives the device its next token. For {@value
 * #GRACE_SECONDS} seconds the one before still works, for logins that began together; presented
 * later, it is a copy, and the device is no longer trusted.
 */
public final class TrustedDeviceRegistry implements TrustedDevices, DeviceTrust {

  /** How long a token that was replaced still works. */
  public static final int GRACE_SECONDS = 60;

  private static final Duration GRACE = Duration.ofSeconds(GRACE_SECONDS);
  private static final Duration FRESH = Duration.ofMinutes(10);
  private static final int MAX_LABEL = 64;
  private static final int MOST_RACES = 50;

  private final CredentialStore credentials;
  private final SubjectStore subjects;
  private final AuditLog audit;
  private final Consumer<? super Alert> alerts;
  private final SecureRandom random;
  private final Clock clock;
  private final TrustedDeviceRules rules;

  /**
   * Makes a registry.
   *
   * @param credentials keeps the devices; seals their keys
   * @param subjects tells who may trust a device
   * @param audit is told of each change
   * @param alerts tells owners of changes, and somebody of copies
   * @param random makes ids and keys
   * @param clock tells the time
   * @param rules how long and how many
   */
  public TrustedDeviceRegistry(
      CredentialStore credentials,
      SubjectStore subjects,
      AuditLog audit,
      Consumer<? super Alert> alerts,
      SecureRandom random,
      Clock clock,
      TrustedDeviceRules rules) {
    this.credentials = Objects.requireNonNull(credentials, "credentials");
    this.subjects = Objects.requireNonNull(subjects, "subjects");
    this.audit = Objects.requireNonNull(audit, "audit");
    this.alerts = Objects.requireNonNull(alerts, "alerts");
    this.random = Objects.requireNonNull(random, "random");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.rules = Objects.requireNonNull(rules, "rules");
  }

  @Override
  public DeviceToken trust(Outcome.Granted login, String label, RequestContext request) {
    Instant now = clock.instant();
    requireFresh(login, now);
    requireLabel(label);
    SubjectId subject = login.subject();
    requireActive(subject);
    makeRoom(subject);
    TrustedDevice device =
        new TrustedDevice(newId(), label, now, now, request.source(), now.plus(rules.lifetime()));
    byte[] key = new byte[DeviceSecret.KEY_LENGTH];
    random.nextBytes(key);
    DeviceSecret secret = new DeviceSecret(key);
    if (!credentials.insert(DeviceRecord.first(subject, device, secret))) {
      throw new FaceLockException.Store(
          "The store has a device of a random id already. Check the random number generator");
    }
    if (!isActive(subject)) {
      // Suspended or erased meanwhile: nothing of the subject may stay behind.
      credentials.delete(subject, device.id());
      throw unknown();
    }
    changed(AuditEvent.Type.CREDENTIAL_SET, subject, device.id(), request.source(), "trusted");
    return new DeviceToken(device, secret.token(device.id(), 1));
  }

  private static void requireFresh(Outcome.Granted login, Instant now) {
    if (login.at().isAfter(now) || Duration.between(login.at(), now).compareTo(FRESH) > 0) {
      throw new IllegalArgumentException(
          "The login is older than ten minutes: a device is trusted when its owner has just logged"
              + " in on it");
    }
    if (login.level() != AssuranceLevel.AAL2) {
      throw new IllegalArgumentException(
          "A device is trusted after a login at AAL2 only: ask for two kinds of factors first");
    }
    if (login.deviceToken().isPresent()) {
      throw new IllegalArgumentException(
          "The login came from a device that is trusted already: hand over its new token");
    }
  }

  private static void requireLabel(String label) {
    if (label.isBlank()
        || label.length() > MAX_LABEL
        || label.chars().anyMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029)) {
      throw new IllegalArgumentException(
          "A device's label has 1 to " + MAX_LABEL + " characters and no control characters");
    }
  }

  /** What is not trusted any more goes; then what was used longest ago, until one more fits. */
  private void makeRoom(SubjectId subject) {
    Instant now = clock.instant();
    List<DeviceRecord> all = records(subject);
    all.stream()
        .filter(each -> !each.isTrusted(now))
        .forEach(each -> credentials.delete(subject, each.device().id()));
    List<DeviceRecord> trusted =
        all.stream()
            .filter(each -> each.isTrusted(now))
            .sorted(Comparator.comparing(each -> each.device().lastUsedAt()))
            .toList();
    for (int i = 0; i <= trusted.size() - rules.most(); i++) {
      revoke(subject, trusted.get(i).device().id());
    }
  }

  private CredentialId newId() {
    byte[] name = new byte[16];
    random.nextBytes(name);
    return new CredentialId("device-" + HexFormat.of().formatHex(name));
  }

  private List<DeviceRecord> records(SubjectId subject) {
    return credentials.find(subject, DeviceRecord.TYPE).stream().map(DeviceRecord::read).toList();
  }

  @Override
  public List<TrustedDevice> list(SubjectId subject) {
    Instant now = clock.instant();
    return records(subject).stream()
        .filter(each -> each.isTrusted(now))
        .map(DeviceRecord::device)
        .toList();
  }

  @Override
  public boolean revoke(SubjectId subject, CredentialId device) {
    return revoke(subject, device, "application", "revoked");
  }

  private boolean revoke(SubjectId subject, CredentialId device, String source, String cause) {
    boolean known =
        credentials.find(subject, DeviceRecord.TYPE).stream()
            .anyMatch(each -> each.id().equals(device));
    if (!known || !credentials.delete(subject, device)) {
      return false;
    }
    changed(AuditEvent.Type.CREDENTIAL_REMOVED, subject, device, source, cause);
    return true;
  }

  @Override
  public int revokeAll(SubjectId subject) {
    int revoked = 0;
    for (Credential each : credentials.find(subject, DeviceRecord.TYPE)) {
      revoked += revoke(subject, each.id()) ? 1 : 0;
    }
    return revoked;
  }

  @Override
  public Optional<CredentialId> recognise(FactorContext context) {
    Optional<DeviceSecret.Claim> claim =
        context.request().deviceToken().flatMap(DeviceSecret::read);
    if (claim.isEmpty() || context.claimed().isEmpty()) {
      return Optional.empty();
    }
    // Read also for a claimed subject that is unknown, which takes as long.
    SubjectId claimed = context.claimed().get();
    Optional<DeviceRecord> found = find(claimed, claim.get().device());
    if (context.subject().isEmpty()
        || found.isEmpty()
        || !found.get().secret().made(claim.get())
        || !found.get().isTrusted(context.now())) {
      return Optional.empty();
    }
    DeviceRecord device = found.get();
    long age = device.generation() - claim.get().generation();
    boolean inGrace = age == 1 && context.now().isBefore(device.renewedAt().plus(GRACE));
    if (age == 0 || inGrace) {
      return Optional.of(device.device().id());
    }
    // A token of this device that it gave up: who presents it has a copy, or the device has lost
    // an answer. Nobody can tell which.
    revoke(claimed, device.device().id(), context.request().source(), "token-replayed");
    return Optional.empty();
  }

  private Optional<DeviceRecord> find(SubjectId subject, CredentialId device) {
    return credentials.find(subject, DeviceRecord.TYPE).stream()
        .filter(each -> each.id().equals(device))
        .findFirst()
        .map(DeviceRecord::read);
  }

  @Override
  public boolean isTrusted(SubjectId subject, CredentialId device) {
    Instant now = clock.instant();
    return find(subject, device).filter(found -> found.isTrusted(now)).isPresent();
  }

  @Override
  public Optional<Secret> renew(FactorContext context, CredentialId device) {
    SubjectId subject = context.claimed().orElseThrow();
    for (int race = 0; race < MOST_RACES; race++) {
      Optional<DeviceRecord> found = find(subject, device).filter(d -> d.isTrusted(context.now()));
      if (found.isEmpty()) {
        return Optional.empty();
      }
      DeviceRecord now = found.get();
      if (now.generation() > 1 && context.now().isBefore(now.renewedAt().plus(GRACE))) {
        // Another login of this device was granted a moment ago: both get the same token.
        return Optional.of(now.secret().token(device, now.generation()));
      }
      if (credentials.replace(now.renewed(context.now(), context.request().source()))) {
        return Optional.of(now.secret().token(device, now.generation() + 1));
      }
    }
    throw new FaceLockException.Store(
        "The device was changed by others all the time: let the person try again");
  }

  private void requireActive(SubjectId subject) {
    if (!isActive(subject)) {
      throw unknown();
    }
  }

  private boolean isActive(SubjectId id) {
    return subjects.find(id).filter(subject -> !subject.suspended()).map(Subject::id).isPresent();
  }

  private static IllegalArgumentException unknown() {
    return new IllegalArgumentException(
        "The subject is unknown or suspended: register or reactivate it first");
  }

  private void changed(
      AuditEvent.Type type, SubjectId subject, CredentialId device, String source, String cause) {
    Map<String, String> details = Map.of("credential", device.value(), "cause", cause);
    Instant now = clock.instant();
    audit.append(
        new AuditEvent(
            now, type, "", Optional.of(subject), Optional.of(DeviceRecord.TYPE), source, details));
    alerts.accept(
        new Alert(
            now,
            Alert.Cause.CREDENTIALS_CHANGED,
            Optional.of(subject),
            Optional.of(DeviceRecord.TYPE),
            source,
            details));
  }
}
