package io.github.facelock.core.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Response;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.policy.Policies;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.FactorState;
import io.github.facelock.spi.Verification;
import io.github.facelock.spi.store.Credential;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PasswordFactorTest {

  private static final SubjectId ANN = SubjectId.of("ann");
  private static final SubjectId NOBODY = SubjectId.of("nobody");
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String PASSWORD = "violet-harbour-7";

  private final TinyCredentialStore store = new TinyCredentialStore();
  private final Argon2idHasher hasher =
      new Argon2idHasher(new Argon2Parameters(64, 1, 1), new SecureRandom());
  private final PasswordFactor factor = new PasswordFactor(FactorType.PASSWORD, store, hasher);

  @BeforeEach
  void annHasAPassword() {
    enroller(FactorType.PASSWORD).set(ANN, Secret.of(PASSWORD));
    store.asked.clear();
  }

  private PasswordEnroller enroller(FactorType type) {
    return new PasswordEnroller(
        type, store, hasher, (t, s) -> false, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @Test
  void theRightPasswordVerifiesItsOwner() {
    assertThat(verify(known(ANN), Response.password(PASSWORD)))
        .isEqualTo(new Verification.Verified(ANN, Map.of()));
  }

  @Test
  void anotherPasswordIsRefused() {
    assertThat(verify(known(ANN), Response.password("violet-harbour-8")))
        .isEqualTo(refused("mismatch"));
    assertThat(verify(known(ANN), Response.password(""))).isEqualTo(refused("mismatch"));
  }

  @Test
  void theQuestionIsTheSameForAllAndNeedsNothingRemembered() {
    assertThat(factor.type()).isEqualTo(FactorType.PASSWORD);
    assertThat(factor.start(known(ANN)).parameters()).isEmpty();
    assertThat(factor.start(unknown(NOBODY)).parameters()).isEmpty();
    assertThat(factor.start(known(ANN)).state().bytes()).isEmpty();
  }

  @Test
  void anUnknownSubjectIsRefusedAfterTheSameWork() {
    assertThat(verify(unknown(NOBODY), Response.password(PASSWORD)))
        .isEqualTo(refused("not-enrolled"));
    assertThat(store.asked).containsExactly(NOBODY);
  }

  @Test
  void aSuspendedSubjectIsRefusedWithTheRightPassword() {
    assertThat(verify(unknown(ANN), Response.password(PASSWORD)))
        .isEqualTo(refused("not-enrolled"));
    assertThat(store.asked).containsExactly(ANN);
  }

  @Test
  void aSubjectWithoutAPasswordIsRefused() {
    assertThat(verify(known(SubjectId.of("ben")), Response.password(PASSWORD)))
        .isEqualTo(refused("not-enrolled"));
  }

  @Test
  void nobodyClaimedIsRefused() {
    FactorContext context =
        new FactorContext(
            "tx", Optional.empty(), Optional.empty(), RequestContext.local(), Policies.web(), NOW);
    assertThat(verify(context, Response.password(PASSWORD))).isEqualTo(refused("not-enrolled"));
  }

  /**
   * No place to hash in: whoever hashes gets a fault, so the fault shows that hashing was tried.
   */
  @Test
  void unknownAndKnownSubjectsAreBothHashed() {
    PasswordFactor blocked =
        new PasswordFactor(
            FactorType.PASSWORD,
            store,
            new Argon2idHasher(
                new Argon2Parameters(64, 1, 1),
                new SecureRandom(),
                0,
                java.time.Duration.ofMillis(1)));
    for (FactorContext context : new FactorContext[] {known(ANN), unknown(ANN), unknown(NOBODY)}) {
      assertThatThrownBy(
              () -> blocked.verify(context, FactorState.empty(), Response.password(PASSWORD)))
          .isInstanceOf(FaceLockException.class)
          .hasMessageContaining("Too many passwords");
    }
  }

  @Test
  void anAnswerOfAnotherKindIsRefusedBeforeTheStoreIsAsked() {
    assertThat(verify(known(ANN), new Response.Choice(FactorType.PASSWORD)))
        .isEqualTo(refused("not-a-text"));
    assertThat(verify(known(ANN), Response.pin(PASSWORD))).isEqualTo(refused("not-a-text"));
    assertThat(verify(unknown(NOBODY), Response.pin("1"))).isEqualTo(refused("not-a-text"));
    assertThat(store.asked).isEmpty();
  }

  @Test
  void anOverlongAnswerIsRefusedTheSameWayForKnownAndUnknown() {
    Response overlong = Response.password("x".repeat(257));
    assertThat(verify(known(ANN), overlong)).isEqualTo(refused("too-long"));
    assertThat(verify(unknown(NOBODY), overlong)).isEqualTo(refused("too-long"));
    assertThat(store.asked).isEmpty();
    assertThat(verify(known(ANN), Response.password("x".repeat(256))))
        .isEqualTo(refused("mismatch"));
  }

  @Test
  void aPasswordTypedOnAnotherKeyboardIsTheSame() {
    enroller(FactorType.PASSWORD).set(ANN, Secret.of("gr\u00fcne caf\u00e9s"));
    assertThat(verify(known(ANN), Response.password("gru\u0308ne cafe\u0301s")))
        .isInstanceOf(Verification.Verified.class);
  }

  @Test
  void aHashOfOlderParametersIsMadeAnewWhenThePasswordIsRight() {
    Argon2idHasher dearer = new Argon2idHasher(new Argon2Parameters(128, 2, 1), new SecureRandom());
    PasswordFactor newer = new PasswordFactor(FactorType.PASSWORD, store, dearer);
    Credential before = only();

    assertThat(newer.verify(known(ANN), FactorState.empty(), Response.password("violet-harbour-8")))
        .isEqualTo(refused("mismatch"));
    assertThat(only().version()).isEqualTo(1);

    assertThat(newer.verify(known(ANN), FactorState.empty(), Response.password(PASSWORD)))
        .isEqualTo(new Verification.Verified(ANN, Map.of("hash-renewed", "true")));
    assertThat(only().version()).isEqualTo(2);
    assertThat(only().attributes()).isEqualTo(before.attributes());
    assertThat(hash()).startsWith("$argon2id$v=19$m=128,t=2,p=1$");

    assertThat(newer.verify(known(ANN), FactorState.empty(), Response.password(PASSWORD)))
        .isEqualTo(new Verification.Verified(ANN, Map.of()));
    assertThat(only().version()).isEqualTo(2);
  }

  @Test
  void aPasswordThatChangesWhileItsHashIsRenewedStaysChanged() {
    PasswordFactor newer =
        new PasswordFactor(
            FactorType.PASSWORD,
            store,
            new Argon2idHasher(new Argon2Parameters(128, 2, 1), new SecureRandom()));
    store.beforeWrite =
        () -> {
          store.beforeWrite = () -> {};
          enroller(FactorType.PASSWORD).set(ANN, Secret.of("another password"));
        };
    assertThat(newer.verify(known(ANN), FactorState.empty(), Response.password(PASSWORD)))
        .isEqualTo(new Verification.Verified(ANN, Map.of("hash-renewed", "false")));
    assertThat(verify(known(ANN), Response.password(PASSWORD))).isEqualTo(refused("mismatch"));
    assertThat(verify(known(ANN), Response.password("another password")))
        .isInstanceOf(Verification.Verified.class);
  }

  @Test
  void aFaultWhileAHashIsRenewedDoesNotRefuseARightPassword() {
    PasswordFactor newer =
        new PasswordFactor(
            FactorType.PASSWORD,
            store,
            new Argon2idHasher(new Argon2Parameters(128, 2, 1), new SecureRandom()));
    store.beforeWrite =
        () -> {
          throw new FaceLockException.Store("The disk is full: make room");
        };
    assertThat(newer.verify(known(ANN), FactorState.empty(), Response.password(PASSWORD)))
        .isEqualTo(new Verification.Verified(ANN, Map.of("hash-renewed", "false")));
  }

  @Test
  void aHashThatCannotBeReadIsAFault() {
    store.replace(only().next(Map.of(), "nonsense".getBytes(StandardCharsets.US_ASCII)));
    assertThatThrownBy(() -> verify(known(ANN), Response.password(PASSWORD)))
        .isInstanceOf(FaceLockException.Store.class);
  }

  @Test
  void aPinIsAFactorOfItsOwn() {
    PasswordFactor pins = new PasswordFactor(FactorType.PIN, store, hasher);
    enroller(FactorType.PIN).set(ANN, Secret.of("730482"));
    assertThat(pins.verify(known(ANN), FactorState.empty(), Response.pin("730482")))
        .isEqualTo(new Verification.Verified(ANN, Map.of()));
    assertThat(pins.verify(known(ANN), FactorState.empty(), Response.pin("730483")))
        .isEqualTo(new Verification.Refused("pin-wrong", Map.of("reason", "mismatch")));
    assertThat(pins.verify(known(ANN), FactorState.empty(), Response.pin("1".repeat(13))))
        .isEqualTo(new Verification.Refused("pin-wrong", Map.of("reason", "too-long")));
    assertThat(verify(known(ANN), Response.password(PASSWORD)))
        .isInstanceOf(Verification.Verified.class);
  }

  @Test
  void onlyKnowledgeCanBeAPassword() {
    assertThatThrownBy(() -> new PasswordFactor(FactorType.FACE, store, hasher))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("face");
    assertThatThrownBy(() -> enroller(FactorType.TOTP))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Credential only() {
    assertThat(store.find(ANN, FactorType.PASSWORD)).hasSize(1);
    return store.find(ANN, FactorType.PASSWORD).get(0);
  }

  private String hash() {
    return new String(only().secretData(), StandardCharsets.US_ASCII);
  }

  private Verification verify(FactorContext context, Response response) {
    return factor.verify(context, FactorState.empty(), response);
  }

  private static Verification refused(String reason) {
    return new Verification.Refused("password-wrong", Map.of("reason", reason));
  }

  private static FactorContext known(SubjectId subject) {
    return context(subject, Optional.of(subject));
  }

  private static FactorContext unknown(SubjectId subject) {
    return context(subject, Optional.empty());
  }

  private static FactorContext context(SubjectId claimed, Optional<SubjectId> subject) {
    return new FactorContext(
        "tx", Optional.of(claimed), subject, RequestContext.local(), Policies.web(), NOW);
  }
}
