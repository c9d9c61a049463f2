package io.github.facelock.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.core.fixtures.MapCredentialStore;
import io.github.facelock.spi.store.Credential;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.Test;

/** Keys change, are wrong, are gone; subjects are erased. */
class KeyRotationTest {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Map<String, SecretKey> KEYS =
      Map.of("k1", KeyStores.random(), "k2", KeyStores.random());
  private static final List<FactorType> FACTORS = List.of(FactorType.PIN, FactorType.TOTP);

  private final MapCredentialStore rows = new MapCredentialStore();
  private final KeyRing before = ring("k1", KEYS);
  private final KeyRing after = ring("k2", KEYS);

  @Test
  void aRotationMovesEverythingAndTheOldKeyCanGo() {
    enrol(before, 50);
    new KeyCheck(rows, before).verify();
    SealedCredentialStore store = new SealedCredentialStore(rows, after);
    new KeyCheck(rows, after).verify();
    KeyRotation rotation = rotation(store);
    assertThat(rotation.needs("k1")).containsEntry("subject-key", 50L);
    assertThatThrownBy(() -> rotation.retire("k1")).isInstanceOf(IllegalStateException.class);

    RotationProgress half = rotation.step(20);
    assertThat(half.done()).isEqualTo(20);
    assertThat(half.left()).isEqualTo(30);
    assertThat(half.complete()).isFalse();
    // Another process goes on after a crash: the records say where.
    KeyRotation next = rotation(new SealedCredentialStore(rows, after));
    assertThat(next.step(20).left()).isEqualTo(10);
    RotationProgress end = next.step(20);
    assertThat(end.complete()).isTrue();
    assertThat(end.left()).isZero();

    next.retire("k1");
    KeyRing alone = ring("k2", Map.of("k2", KEYS.get("k2")));
    new KeyCheck(rows, alone).verify();
    SealedCredentialStore later = new SealedCredentialStore(rows, alone);
    for (int i = 0; i < 50; i++) {
      assertThat(later.find(subject(i), FactorType.PIN).get(0).secretData())
          .containsExactly((byte) i);
    }
    assertThatThrownBy(() -> next.retire("k2")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatTheFirstEnvelopeSealedIsReadAndMoved() {
    Credential plain = credential(subject(1), FactorType.TOTP, 7);
    rows.insert(plain.withSecretData(before.seal(plain.secretData(), Place.first(plain))));
    SealedCredentialStore store = new SealedCredentialStore(rows, after);
    assertThat(secret(store, subject(1), FactorType.TOTP)).containsExactly(7);
    Credential read = store.find(subject(1), FactorType.TOTP).get(0);

    KeyRotation rotation = rotation(store);
    assertThat(rotation.needs("k1")).containsEntry("totp", 1L);
    assertThat(rotation.step(10).complete()).isTrue();

    assertThat(rotation.needs("k1")).isEmpty();
    // A login that read the credential before the rotation still spends its code, once.
    assertThat(store.replace(read.next(read.attributes(), new byte[] {8}))).isTrue();
    assertThat(store.replace(read.next(read.attributes(), new byte[] {9}))).isFalse();
    assertThat(secret(store, subject(1), FactorType.TOTP)).containsExactly(8);
  }

  @Test
  void loginsAndEnrolmentsGoOnDuringARotation() throws Exception {
    for (int i = 0; i < 200; i++) {
      Credential plain = credential(subject(i), FactorType.TOTP, 0);
      rows.insert(plain.withSecretData(before.seal(plain.secretData(), Place.first(plain))));
    }
    SealedCredentialStore store = new SealedCredentialStore(rows, after);
    ExecutorService threads = Executors.newFixedThreadPool(6);
    List<Future<?>> all = new ArrayList<>();
    for (int node = 0; node < 2; node++) {
      all.add(
          threads.submit(
              () -> {
                KeyRotation rotation = rotation(new SealedCredentialStore(rows, after));
                while (!rotation.step(7).complete()) {
                  Thread.onSpinWait();
                }
              }));
    }
    int[] wins = new int[200];
    for (int thread = 0; thread < 4; thread++) {
      all.add(
          threads.submit(
              () -> {
                for (int i = 0; i < 200; i++) {
                  Credential read = store.find(subject(i), FactorType.TOTP).get(0);
                  // The code is spent by whoever replaces what was not spent.
                  if (read.secretData()[0] == 0
                      && store.replace(read.next(read.attributes(), new byte[] {1}))) {
                    synchronized (wins) {
                      wins[i]++;
                    }
                  }
                  store.insert(credential(SubjectId.of("new " + i), FactorType.PIN, i));
                }
              }));
    }
    for (Future<?> each : all) {
      each.get(60, TimeUnit.SECONDS);
    }
    threads.shutdown();
    assertThat(wins).containsOnly(1);
    for (int i = 0; i < 200; i++) {
      assertThat(secret(store, subject(i), FactorType.TOTP)).containsExactly(1);
      assertThat(secret(store, SubjectId.of("new " + i), FactorType.PIN)).hasSize(1);
    }
    assertThat(rotation(store).needs("k1")).isEmpty();
  }

  @Test
  void aRecordThatDoesNotOpenStaysAndKeepsItsKey() {
    enrol(before, 3);
    Credential damaged = rows.rows().get(0);
    byte[] secret = damaged.secretData();
    secret[secret.length - 1] ^= 1;
    rows.overwrite(0, damaged.withSecretData(secret));
    KeyRotation rotation = rotation(new SealedCredentialStore(rows, after));

    RotationProgress end = rotation.step(10);

    assertThat(end.failed()).isEqualTo(1);
    assertThat(end.done()).isEqualTo(2);
    assertThatThrownBy(() -> rotation.retire("k1"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("still needed");
  }

  @Test
  void furtherRecordsMoveToo() {
    Map<String, Long> others = new LinkedHashMap<>(Map.of("k1", 5L));
    SealedRecords watchList =
        new SealedRecords() {
          @Override
          public String name() {
            return "watch-list";
          }

          @Override
          public Map<String, Long> countByKey() {
            return others;
          }

          @Override
          public int reseal(int most) {
            int moved = (int) Math.min(most, others.getOrDefault("k1", 0L));
            others.merge("k1", (long) -moved, Long::sum);
            return moved;
          }
        };
    KeyRotation rotation =
        new KeyRotation(new SealedCredentialStore(rows, after), after, FACTORS, List.of(watchList));
    assertThat(rotation.needs("k1")).containsEntry("watch-list", 5L);
    assertThat(rotation.step(3).complete()).isFalse();
    assertThat(rotation.step(3).complete()).isTrue();
    assertThat(rotation.progress().done()).isEqualTo(5);
    assertThat(rotation.needs("k1")).isEmpty();
  }

  @Test
  void wrongMissingAndSwappedKeysAreRefusedAndNothingIsWritten() {
    new KeyCheck(rows, before).verify();
    new KeyCheck(rows, before).verify();
    assertThat(new KeyCheck(rows, before).inUse()).isEqualTo(Set.of("k1"));
    List<byte[]> written = secrets();

    for (Map<String, SecretKey> wrong :
        List.<Map<String, SecretKey>>of(
            Map.of("k2", KEYS.get("k2")),
            Map.of("k1", KeyStores.random(), "k2", KEYS.get("k2")),
            Map.of("k1", KEYS.get("k2"), "k2", KEYS.get("k1")))) {
      assertThatThrownBy(() -> new KeyCheck(rows, ring("k2", wrong)).verify())
          .isInstanceOf(FaceLockException.Key.class)
          .hasMessageContaining("k1")
          .hasMessageContaining("Nothing was changed");
    }
    assertThat(secrets()).usingRecursiveComparison().isEqualTo(written);
  }

  @Test
  void nobodyReadsCopiesOfAnErasedSubject() {
    MapCredentialStore keys = new MapCredentialStore();
    SealedCredentialStore store = new SealedCredentialStore(rows, keys, before);
    store.insert(credential(subject(1), FactorType.FACE, 5));
    store.insert(credential(subject(2), FactorType.FACE, 6));
    List<Credential> backup = rows.rows();

    assertThat(store.deleteAll(subject(1))).isEqualTo(1);
    backup.stream().filter(row -> row.subject().equals(subject(1))).forEach(rows::insert);

    assertThat(rows.find(subject(1), FactorType.FACE)).hasSize(1);
    assertThat(store.find(subject(1), FactorType.FACE)).isEmpty();
    List<Credential> readable = new ArrayList<>();
    store.forEach(FactorType.FACE, readable::add);
    assertThat(readable)
        .singleElement()
        .satisfies(c -> assertThat(c.secretData()[0]).isEqualTo((byte) 6));
    // Whoever is registered next under the name gets a key of their own.
    store.delete(subject(1), new CredentialId("c"));
    assertThat(store.insert(credential(subject(1), FactorType.FACE, 9))).isTrue();
    assertThat(secret(store, subject(1), FactorType.FACE)).containsExactly(9);
  }

  @Test
  void attributesAndVersionsCannotBeEdited() {
    SealedCredentialStore store = new SealedCredentialStore(rows, before);
    Credential plain =
        Credential.create(
            new CredentialId("c"),
            subject(1),
            FactorType.FACE,
            Instant.EPOCH,
            Map.of("consent", "form-1"),
            new byte[] {1});
    store.insert(plain);
    Credential row = rows.rows().get(1);
    for (Credential edited :
        List.of(
            Credential.restore(
                row.id(),
                row.subject(),
                row.factor(),
                row.createdAt(),
                Map.of("consent", "form-2"),
                row.secretData(),
                row.version()),
            Credential.restore(
                row.id(),
                row.subject(),
                row.factor(),
                row.createdAt(),
                Map.of(),
                row.secretData(),
                row.version()),
            Credential.restore(
                row.id(),
                row.subject(),
                row.factor(),
                row.createdAt(),
                row.attributes(),
                row.secretData(),
                2))) {
      rows.overwrite(1, edited);
      assertThatThrownBy(() -> store.find(subject(1), FactorType.FACE))
          .isInstanceOf(FaceLockException.Key.class);
    }
  }

  @Test
  void theNamesOfKeyRecordsAreReserved() {
    SealedCredentialStore store = new SealedCredentialStore(rows, before);
    store.insert(credential(subject(1), FactorType.PIN, 1));
    assertThat(store.delete(subject(1), new CredentialId("subject-key"))).isFalse();
    assertThatThrownBy(
            () -> store.insert(credential(SubjectId.of("facelock key check"), FactorType.PIN, 1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.deleteAll(SubjectId.of("facelock key check")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void enrol(KeyRing ring, int people) {
    SealedCredentialStore store = new SealedCredentialStore(rows, ring);
    for (int i = 0; i < people; i++) {
      store.insert(credential(subject(i), FactorType.PIN, i));
    }
  }

  private List<byte[]> secrets() {
    return rows.rows().stream().map(Credential::secretData).toList();
  }

  private static KeyRotation rotation(SealedCredentialStore store) {
    return new KeyRotation(store, ring("k2", KEYS), FACTORS, List.of());
  }

  private static byte[] secret(SealedCredentialStore store, SubjectId subject, FactorType factor) {
    return store.find(subject, factor).get(0).secretData();
  }

  private static KeyRing ring(String current, Map<String, SecretKey> keys) {
    return new KeyRing(new FixedKeys(current, keys), RANDOM);
  }

  private static SubjectId subject(int i) {
    return SubjectId.of("subject " + i);
  }

  private static Credential credential(SubjectId subject, FactorType factor, int secret) {
    return Credential.create(
        new CredentialId("c"),
        subject,
        factor,
        Instant.EPOCH,
        Map.of(),
        new byte[] {(byte) secret});
  }
}
