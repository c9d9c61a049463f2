package io.github.facelock.core.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.facelock.api.AssuranceLevel;
import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Outcome;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.Role;
import io.github.facelock.api.device.DeviceToken;
import io.github.facelock.api.device.TrustedDevice;
import io.github.facelock.api.policy.Policies;
import io.github.facelock.core.AtOnce;
import io.github.facelock.core.crypto.EphemeralKeys;
import io.github.facelock.core.crypto.KeyRing;
import io.github.facelock.core.crypto.SealedCredentialStore;
import io.github.facelock.core.store.memory.MemoryAuditLog;
import io.github.facelock.core.store.memory.MemoryCredentialStore;
import io.github.facelock.core.store.memory.MemorySubjectStore;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.store.Subject;
import io.github.facelock.test.MutableClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class TrustedDeviceRegistryTest {

  private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
  private static final SubjectId ANN = SubjectId.of("ann");
  private static final SubjectId BEN = SubjectId.of("ben");
  private static final RequestContext REQUEST = RequestContext.from("192.0.2.7");

  private final MutableClock clock = MutableClock.at(NOON);
  private final MemorySubjectStore subjects = new MemorySubjectStore();
  private final MemoryCredentialStore stored = new MemoryCredentialStore();
  private final MemoryAuditLog audit = new MemoryAuditLog();
  private final List<Alert> alerts = new CopyOnWriteArrayList<>();
  private final SecureRandom random = new SecureRandom();
  private final TrustedDeviceRegistry registry = registry(TrustedDeviceRules.ofDefaults());

  private TrustedDeviceRegistry registry(TrustedDeviceRules rules) {
    return new TrustedDeviceRegistry(
        new SealedCredentialStore(stored, new KeyRing(new EphemeralKeys(random), random)),
        subjects,
        audit,
        alerts::add,
        random,
        clock,
        rules);
  }

  @BeforeEach
  void registerAnnAndBen() {
    subjects.insert(new Subject(ANN, Set.of(Role.USER), false, NOON, 1));
    subjects.insert(new Subject(BEN, Set.of(Role.USER), false, NOON, 1));
  }

  private Outcome.Granted login(SubjectId subject) {
    return new Outcome.Granted(
        subject,
        List.of(FactorType.PASSWORD, FactorType.TOTP),
        clock.instant(),
        AssuranceLevel.AAL2,
        "proof");
  }

  private FactorContext context(SubjectId claimed, boolean active, Optional<Secret> token) {
    return new FactorContext(
        "tx",
        Optional.of(claimed),
        active ? Optional.of(claimed) : Optional.empty(),
        new RequestContext("198.51.100.9", Locale.ENGLISH, Map.of(), token),
        Policies.door(),
        clock.instant());
  }

  private Optional<CredentialId> recognised(SubjectId claimed, Secret token) {
    return registry.recognise(context(claimed, true, Optional.of(token)));
  }

  private Secret renew(SubjectId subject, CredentialId device) {
    return registry.renew(context(subject, true, Optional.empty()), device).orElseThrow();
  }

  private static String text(Secret secret) {
    return new String(secret.reveal());
  }

  @Test
  void aTrustedDeviceIsRecognisedListedAndTold() {
    DeviceToken trusted = registry.trust(login(ANN), "Ann's telephone", REQUEST);

    assertThat(recognised(ANN, trusted.token())).contains(trusted.device().id());
    assertThat(registry.isTrusted(ANN, trusted.device().id())).isTrue();
    assertThat(registry.list(ANN))
        .containsExactly(
            new TrustedDevice(
                trusted.device().id(),
                "Ann's telephone",
                NOON,
                NOON,
                "192.0.2.7",
                NOON.plus(Duration.ofDays(30))));
    assertThat(audit.events())
        .extracting(AuditEvent::type)
        .containsExactly(AuditEvent.Type.CREDENTIAL_SET);
    assertThat(alerts).extracting(Alert::cause).containsExactly(Alert.Cause.CREDENTIALS_CHANGED);
    assertThat(text(trusted.token())).matches("[A-Za-z0-9._-]+");
    assertThat(trusted.toString()).doesNotContain(text(trusted.token()));
    assertThat(audit.events().toString()).doesNotContain(text(trusted.token()).substring(45));
  }

  @Test
  void aTokenIsGoodForItsSubjectOnly() {
    DeviceToken trusted = registry.trust(login(ANN), "telephone", REQUEST);

    assertThat(recognised(BEN, trusted.token())).isEmpty();
    assertThat(registry.recognise(context(ANN, false, Optional.of(trusted.token()))))
        .as("suspended")
        .isEmpty();
    assertThat(registry.recognise(context(ANN, true, Optional.empty()))).isEmpty();
    assertThat(registry.isTrusted(BEN, trusted.device().id())).isFalse();
    assertThat(registry.revoke(BEN, trusted.device().id())).isFalse();
  }

  @Test
  void noAlteredTokenIsRecognisedNorHarmsTheDevice() {
    String token = text(registry.trust(login(ANN), "telephone", REQUEST).token());
    long seed = 63L;
    SplittableRandom choice = new SplittableRandom(seed);
    String alphabet = "ABCDEFGHabcdefgh0123456789-_.=";
    for (int i = 0; i < 2000; i++) {
      StringBuilder altered = new StringBuilder(token);
      // The last character of 43 carries two bits that mean nothing; the text is compared all the
      // same.
      int at = choice.nextInt(altered.length());
      char with = alphabet.charAt(choice.nextInt(alphabet.length()));
      if (altered.charAt(at) == with) {
        continue;
      }
      altered.setCharAt(at, with);
      assertThat(recognised(ANN, Secret.of(altered))).as("seed %d: %s", seed, altered).isEmpty();
    }
    for (String nothing : List.of("", "x", token + "x", token.replace(".1.", ".99999999999."))) {
      assertThat(recognised(ANN, Secret.of(nothing))).isEmpty();
    }
    Secret closed = Secret.of(token);
    closed.close();
    assertThat(recognised(ANN, closed)).isEmpty();
    assertThat(recognised(ANN, Secret.of(token))).as("still trusted").isPresent();
  }

  @Test
  void aTokenIsReplacedAtEachLogin() {
    DeviceToken trusted = registry.trust(login(ANN), "telephone", REQUEST);
    CredentialId device = trusted.device().id();
    Secret first = trusted.token();
    Secret second = renew(ANN, device);

    assertThat(text(second)).isNotEqualTo(text(first));
    assertThat(recognised(ANN, second)).contains(device);
    assertThat(registry.list(ANN).get(0).lastSource()).isEqualTo("198.51.100.9");
    assertThat(registry.list(ANN).get(0).expiresAt())
        .as("use does not prolong the trust")
        .isEqualTo(NOON.plus(Duration.ofDays(30)));
  }

  @Test
  void theTokenBeforeWorksForAMinuteAndThenBetraysACopy() {
    DeviceToken trusted = registry.trust(login(ANN), "telephone", REQUEST);
    CredentialId device = trusted.device().id();
    Secret second = renew(ANN, device);
    clock.advance(Duration.ofSeconds(59));
    assertThat(recognised(ANN, trusted.token())).contains(device);
    clock.advance(Duration.ofSeconds(1));

    assertThat(recognised(ANN, trusted.token())).isEmpty();
    assertThat(recognised(ANN, second)).as("the device is trusted no more").isEmpty();
    AuditEvent last = audit.events().get(audit.events().size() - 1);
    assertThat(last.type()).isEqualTo(AuditEvent.Type.CREDENTIAL_REMOVED);
    assertThat(last.details()).containsEntry("cause", "token-replayed");
    assertThat(last.source()).isEqualTo("198.51.100.9");
  }

  @Test
  void aTokenOfTwoLoginsAgoIsACopyAtOnce() {
    DeviceToken trusted = registry.trust(login(ANN), "telephone", REQUEST);
    CredentialId device = trusted.device().id();
    renew(ANN, device);
    clock.advance(Duration.ofMinutes(2));
    renew(ANN, device);

    assertThat(recognised(ANN, trusted.token())).isEmpty();
    assertThat(registry.list(ANN)).isEmpty();
  }

  @RepeatedTest(3)
  void parallelLoginsOfOneDeviceGetOneNewToken() {
    DeviceToken trusted = registry.trust(login(ANN), "telephone", REQUEST);
    CredentialId device = trusted.device().id();

    List<String> tokens = AtOnce.call(30, i -> text(renew(ANN, device)));

    assertThat(new HashSet<>(tokens)).hasSize(1);
    assertThat(recognised(ANN, Secret.of(tokens.get(0)))).contains(device);
  }

  @Test
  void trustEndsWithItsTimeAndWithRevocation() {
    DeviceToken first = registry.trust(login(ANN), "telephone", REQUEST);
    DeviceToken second = registry.trust(login(ANN), "tablet", REQUEST);
    assertThat(registry.revoke(ANN, first.device().id())).isTrue();
    assertThat(registry.revoke(ANN, first.device().id())).isFalse();
    assertThat(recognised(ANN, first.token())).isEmpty();
    assertThat(recognised(ANN, second.token())).isPresent();

    clock.advance(Duration.ofDays(30).minusNanos(1));
    assertThat(registry.isTrusted(ANN, second.device().id())).isTrue();
    clock.advance(Duration.ofNanos(1));
    assertThat(registry.isTrusted(ANN, second.device().id())).isFalse();
    assertThat(recognised(ANN, second.token())).isEmpty();
    assertThat(registry.list(ANN)).isEmpty();
    assertThat(registry.renew(context(ANN, true, Optional.empty()), second.device().id()))
        .isEmpty();
  }

  @Test
  void allDevicesOfASubjectCanBeRevokedAtOnce() {
    registry.trust(login(ANN), "telephone", REQUEST);
    registry.trust(login(ANN), "tablet", REQUEST);
    DeviceToken bens = registry.trust(login(BEN), "telephone", REQUEST);

    assertThat(registry.revokeAll(ANN)).isEqualTo(2);
    assertThat(registry.list(ANN)).isEmpty();
    assertThat(recognised(BEN, bens.token())).isPresent();
  }

  @Test
  void aFurtherDeviceTakesThePlaceOfTheOneUsedLongestAgo() {
    TrustedDeviceRegistry two = registry(new TrustedDeviceRules(Duration.ofDays(1), 2));
    CredentialId first = two.trust(login(ANN), "first", REQUEST).device().id();
    clock.advance(Duration.ofMinutes(5));
    CredentialId second = two.trust(login(ANN), "second", REQUEST).device().id();
    clock.advance(Duration.ofMinutes(5));
    assertThat(two.renew(context(ANN, true, Optional.empty()), first)).isPresent();
    CredentialId third = two.trust(login(ANN), "third", REQUEST).device().id();

    assertThat(two.list(ANN)).extracting(TrustedDevice::id).containsExactly(first, third);
    assertThat(two.isTrusted(ANN, second)).isFalse();
  }

  @Test
  void onlyAFreshStrongLoginOfAKnownSubjectCanTrustADevice() {
    Outcome.Granted login = login(ANN);
    clock.advance(Duration.ofMinutes(10).plusNanos(1));
    refuses(login, "telephone", "older than ten minutes");
    refuses(
        new Outcome.Granted(
            ANN, List.of(FactorType.PASSWORD), clock.instant(), AssuranceLevel.AAL1, "proof"),
        "telephone",
        "AAL2");
    refuses(
        new Outcome.Granted(
            ANN,
            login(ANN).passed(),
            clock.instant(),
            AssuranceLevel.AAL2,
            "proof",
            Optional.of(Secret.of("token"))),
        "telephone",
        "trusted already");
    refuses(
        new Outcome.Granted(
            ANN,
            List.of(FactorType.PASSWORD, FactorType.TOTP),
            clock.instant().plusSeconds(1),
            AssuranceLevel.AAL2,
            "proof"),
        "telephone",
        "older");
    refuses(login(SubjectId.of("nobody")), "telephone", "unknown or suspended");
    for (String label : List.of(" ", "x".repeat(65), "a\nb", "a\u2028b")) {
      refuses(login(ANN), label, "label");
    }
    assertThat(audit.events()).isEmpty();
  }

  private void refuses(Outcome.Granted login, String label, String sentence) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> registry.trust(login, label, REQUEST))
        .withMessageContaining(sentence);
  }

  @Test
  void rulesAreBounded() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TrustedDeviceRules(Duration.ofMinutes(59), 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TrustedDeviceRules(Duration.ofDays(91), 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TrustedDeviceRules(Duration.ofDays(1), 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TrustedDeviceRules(Duration.ofDays(1), 51));
  }
}
