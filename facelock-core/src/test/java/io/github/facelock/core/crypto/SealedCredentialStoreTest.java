package io.github.facelock.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.core.fixtures.MapCredentialStore;
import io.github.facelock.spi.KeyProvider;
import io.github.facelock.spi.store.Credential;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class SealedCredentialStoreTest {

  private static final SubjectId ALICE = SubjectId.of("alice");
  private static final SubjectId MALLORY = SubjectId.of("mallory");
  private static final byte[] SECRET = "a very secret thing".getBytes(StandardCharsets.UTF_8);

  private final SecureRandom random = new SecureRandom();
  private final MapCredentialStore rows = new MapCredentialStore();
  private final SealedCredentialStore store =
      new SealedCredentialStore(rows, new KeyRing(new EphemeralKeys(random), random));

  @Test
  void theStoreBeneathSeesNoSecret() {
    assertThat(store.insert(credential(ALICE, "c1", FactorType.TOTP, Map.of()))).isTrue();
    assertThat(row().secretData()).isNotEqualTo(SECRET);
    assertThat(new String(row().secretData(), StandardCharsets.ISO_8859_1))
        .doesNotContain("secret");
    assertThat(store.find(ALICE, FactorType.TOTP))
        .singleElement()
        .satisfies(found -> assertThat(found.secretData()).isEqualTo(SECRET));
    List<Credential> all = new ArrayList<>();
    store.forEach(FactorType.TOTP, all::add);
    assertThat(all).singleElement().satisfies(c -> assertThat(c.secretData()).isEqualTo(SECRET));
  }

  @Test
  void whoIsUnknownOrHasNothingOfTheFactorCostsAsManyUsesOfTheKeys() {
    AtomicInteger uses = new AtomicInteger();
    EphemeralKeys keys = new EphemeralKeys(random);
    KeyProvider counted =
        new KeyProvider() {
          @Override
          public String currentKeyId() {
            return keys.currentKeyId();
          }

          @Override
          public Optional<SecretKey> key(String id) {
            uses.incrementAndGet();
            return keys.key(id);
          }
        };
    SealedCredentialStore sealed = new SealedCredentialStore(rows, new KeyRing(counted, random));
    sealed.insert(credential(ALICE, "c1", FactorType.TOTP, Map.of()));
    uses.set(0);
    assertThat(sealed.find(MALLORY, FactorType.TOTP)).isEmpty();
    int firstOfUnknown = uses.getAndSet(0);
    assertThat(sealed.find(ALICE, FactorType.TOTP)).hasSize(1);
    assertThat(uses.getAndSet(0)).as("makes a decoy too").isEqualTo(firstOfUnknown);

    assertThat(sealed.find(ALICE, FactorType.TOTP)).hasSize(1);
    int known = uses.getAndSet(0);
    assertThat(known).isPositive();
    assertThat(sealed.find(ALICE, FactorType.HOTP)).isEmpty();
    assertThat(uses.getAndSet(0)).isEqualTo(known);
    assertThat(sealed.find(MALLORY, FactorType.TOTP)).isEmpty();
    assertThat(uses.get()).isEqualTo(known);
  }

  @Test
  void theDecoyFollowsTheRingsKey() {
    Map<String, SecretKey> known = new HashMap<>();
    AtomicReference<String> current = new AtomicReference<>("k1");
    KeyProvider rotating =
        new KeyProvider() {
          @Override
          public String currentKeyId() {
            return current.get();
          }

          @Override
          public Optional<SecretKey> key(String id) {
            return Optional.ofNullable(known.get(id));
          }
        };
    known.put("k1", new SecretKeySpec(new byte[32], "AES"));
    SealedCredentialStore sealed = new SealedCredentialStore(rows, new KeyRing(rotating, random));
    assertThat(sealed.find(MALLORY, FactorType.TOTP)).isEmpty();
    known.clear();
    known.put("k2", new SecretKeySpec(new byte[32], "AES"));
    current.set("k2");
    assertThat(sealed.find(MALLORY, FactorType.TOTP)).isEmpty();
  }

  /** The first row is the subject's key. */
  private Credential row() {
    return rows.rows().get(1);
  }

  @Test
  void replacingKeepsVersionsAndSeals() {
    store.insert(credential(ALICE, "c1", FactorType.TOTP, Map.of()));
    Credential found = store.find(ALICE, FactorType.TOTP).get(0);
    assertThat(store.replace(found.next(Map.of(), new byte[] {1}))).isTrue();
    assertThat(store.replace(found.next(Map.of(), new byte[] {2}))).isFalse();
    assertThat(store.find(ALICE, FactorType.TOTP).get(0).secretData()).containsExactly(1);
    assertThat(store.delete(ALICE, new CredentialId("c1"))).isTrue();
    assertThat(store.deleteAll(ALICE)).isZero();
  }

  @Test
  void aRecordMovedToAnotherSubjectDoesNotOpen() {
    refuseMoved(
        credential(ALICE, "c1", FactorType.PIN, Map.of()),
        credential(MALLORY, "c1", FactorType.PIN, Map.of()));
  }

  @Test
  void aRecordMovedToAnotherIdFactorOrModelDoesNotOpen() {
    Credential original = credential(ALICE, "c1", FactorType.FACE, Map.of("model", "m1"));
    refuseMoved(original, credential(ALICE, "c2", FactorType.FACE, Map.of("model", "m1")));
    refuseMoved(original, credential(ALICE, "c1", FactorType.PIN, Map.of("model", "m1")));
    refuseMoved(original, credential(ALICE, "c1", FactorType.FACE, Map.of("model", "m2")));
    refuseMoved(original, credential(ALICE, "c1", FactorType.FACE, Map.of()));
  }

  @Test
  void partsOfThePlaceCannotBeShifted() {
    refuseMoved(
        credential(SubjectId.of("ab"), "c", FactorType.PIN, Map.of()),
        credential(SubjectId.of("a"), "bc", FactorType.PIN, Map.of()));
  }

  private void refuseMoved(Credential original, Credential target) {
    MapCredentialStore below = new MapCredentialStore();
    SealedCredentialStore sealed =
        new SealedCredentialStore(below, new KeyRing(new EphemeralKeys(random), random));
    sealed.insert(original);
    below.overwrite(1, target.withSecretData(below.rows().get(1).secretData()));
    if (target.subject().equals(original.subject())) {
      assertThatThrownBy(() -> sealed.find(target.subject(), target.factor()))
          .isInstanceOf(FaceLockException.Key.class);
    } else {
      // Under a key that is not this subject's: as if it were not there.
      assertThat(sealed.find(target.subject(), target.factor())).isEmpty();
    }
  }

  private static Credential credential(
      SubjectId subject, String id, FactorType factor, Map<String, String> attributes) {
    return Credential.create(
        new CredentialId(id), subject, factor, Instant.EPOCH, attributes, SECRET);
  }
}
