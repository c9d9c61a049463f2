package io.github.facelock.test.contract;

import static io.github.facelock.test.contract.Refusals.nullOf;
import static io.github.facelock.test.contract.Refusals.refusesNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FactorKind;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.spi.store.Credential;
import io.github.facelock.spi.store.CredentialStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link CredentialStore} promises.
 *
 * <pre>{@code
 * class MyCredentialStoreTest extends CredentialStoreContract {
 *   @Override
 *   protected CredentialStore newStore() {
 *     return new MyCredentialStore(emptyDatabase());
 *   }
 * }
 * }</pre>
 */
public abstract class CredentialStoreContract {

  private static final Instant CREATED = Instant.parse("2030-01-01T12:34:56.789Z");
  private static final SubjectId ALICE = SubjectId.of("alice");
  private static final SubjectId BOB = SubjectId.of("bob");
  private static final FactorType BADGE = FactorType.of("badge", FactorKind.POSSESSION, "hwk");

  private CredentialStore store = nullOf(CredentialStore.class);
  private CredentialStore node = store;

  /** For subclasses. */
  protected CredentialStoreContract() {}

  /**
   * Makes the store under test.
   *
   * @return an empty store that needs no subject to exist, or in which every subject exists
   */
  protected abstract CredentialStore newStore();

  /**
   * Opens the same data as another node does. Override for stores that several nodes share.
   *
   * @param first the store under test
   * @return a store of the same data; the same object unless overridden
   */
  protected CredentialStore otherNode(CredentialStore first) {
    return first;
  }

  @BeforeEach
  void openStore() {
    store = newStore();
    node = otherNode(store);
  }

  private CredentialStore nodeFor(int call) {
    return call % 2 == 0 ? store : node;
  }

  private static Credential credential(SubjectId subject, FactorType factor, String id) {
    return Credential.create(
        new CredentialId(id),
        subject,
        factor,
        CREATED,
        Map.of("label", id),
        id.getBytes(StandardCharsets.UTF_8));
  }

  private static Credential next(Credential credential, String text) {
    return credential.next(Map.of("label", text), text.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertSame(Credential actual, Credential expected) {
    assertThat(actual.id()).isEqualTo(expected.id());
    assertThat(actual.subject()).isEqualTo(expected.subject());
    assertThat(actual.factor()).isEqualTo(expected.factor());
    assertThat(actual.createdAt()).isEqualTo(expected.createdAt());
    assertThat(actual.attributes()).isEqualTo(expected.attributes());
    assertThat(actual.secretData()).isEqualTo(expected.secretData());
    assertThat(actual.version()).isEqualTo(expected.version());
  }

  private static void assertHolds(CredentialStore store, Credential expected) {
    List<Credential> found =
        store.find(expected.subject(), expected.factor()).stream()
            .filter(c -> c.id().equals(expected.id()))
            .toList();
    assertThat(found).hasSize(1);
    assertSame(found.get(0), expected);
  }

  private List<String> ids(SubjectId subject, FactorType factor) {
    return node.find(subject, factor).stream().map(c -> c.id().value()).toList();
  }

  @Test
  void aSubjectWithoutCredentialsHasAnEmptyList() {
    assertThat(store.find(ALICE, FactorType.TOTP)).isEmpty();
    assertThat(store.deleteAll(ALICE)).isZero();
  }

  @Test
  void everyPartComesBackOnEveryNode() {
    byte[] everyByte = new byte[8192];
    for (int i = 0; i < everyByte.length; i++) {
      everyByte[i] = (byte) i;
    }
    Map<String, String> attributes =
        Map.of("", "", "model", "m-1", "label \u65e5\u672c", "\ud83d\ude00 'quoted' \"twice\" \n");
    for (FactorType factor : List.of(FactorType.FACE, FactorType.EMAIL_CODE, BADGE)) {
      Credential credential =
          Credential.create(
              new CredentialId(factor.id()), ALICE, factor, CREATED, attributes, everyByte);
      assertThat(store.insert(credential)).isTrue();
      assertHolds(store, credential);
      assertHolds(node, credential);
    }
  }

  @Test
  void anEmptySecretAndNoAttributesAreKept() {
    Credential bare =
        Credential.create(
            new CredentialId("-"), ALICE, FactorType.PIN, CREATED, Map.of(), new byte[0]);

    assertThat(store.insert(bare)).isTrue();
    assertHolds(node, bare);
  }

  @Test
  void credentialsAreListedInTheOrderInWhichTheyWereMade() {
    List<String> order = List.of("m", "a", "Z", "9", "b");
    for (int i = 0; i < order.size(); i++) {
      Credential made =
          Credential.create(
              new CredentialId(order.get(i)),
              ALICE,
              FactorType.FACE,
              CREATED.plusSeconds(i),
              Map.of(),
              new byte[] {1});
      assertThat(nodeFor(i).insert(made)).isTrue();
    }
    Credential third = store.find(ALICE, FactorType.FACE).get(2);
    assertThat(store.replace(next(third, "changed"))).isTrue();

    assertThat(ids(ALICE, FactorType.FACE)).isEqualTo(order);
  }

  @Test
  void subjectsAndFactorsAreKeptApart() {
    assertThat(store.insert(credential(ALICE, FactorType.FACE, "1"))).isTrue();
    assertThat(store.insert(credential(ALICE, FactorType.TOTP, "2"))).isTrue();
    assertThat(store.insert(credential(BOB, FactorType.FACE, "1"))).isTrue();

    assertThat(ids(ALICE, FactorType.FACE)).containsExactly("1");
    assertThat(ids(ALICE, FactorType.TOTP)).containsExactly("2");
    assertThat(ids(BOB, FactorType.FACE)).containsExactly("1");
    assertThat(ids(BOB, FactorType.TOTP)).isEmpty();
  }

  @Test
  void anIdIsTakenForAllFactorsOfASubject() {
    Credential first = credential(ALICE, FactorType.FACE, "1");
    assertThat(store.insert(first)).isTrue();

    assertThat(node.insert(next(credential(ALICE, FactorType.FACE, "1"), "x"))).isFalse();
    assertThat(node.insert(credential(ALICE, FactorType.TOTP, "1"))).isFalse();
    assertHolds(store, first);
    assertThat(ids(ALICE, FactorType.TOTP)).isEmpty();
  }

  @Test
  void namesAreComparedExactly() {
    for (SubjectId subject : OddTexts.subjectIds()) {
      assertThat(store.find(subject, FactorType.FACE)).as("before %s", subject).isEmpty();
      for (String id : List.of("a", "A", "a-", "x".repeat(64), "x".repeat(63) + "y")) {
        assertThat(store.insert(credential(subject, FactorType.FACE, id)))
            .as("insert %s of %s", id, subject)
            .isTrue();
      }
    }
    for (SubjectId subject : OddTexts.subjectIds()) {
      assertHolds(node, credential(subject, FactorType.FACE, "a"));
      assertThat(store.delete(subject, new CredentialId("A"))).isTrue();
      assertHolds(node, credential(subject, FactorType.FACE, "a"));
      assertThat(store.deleteAll(subject)).as("credentials of %s", subject).isEqualTo(4);
    }
  }

  @Test
  void theNextVersionReplacesAllParts() {
    Credential first = credential(ALICE, FactorType.TOTP, "1");
    Credential second = next(first, "second");
    assertThat(store.insert(first)).isTrue();

    assertThat(node.replace(second)).isTrue();
    assertHolds(store, second);
    assertThat(store.replace(next(second, "third"))).isTrue();
    assertHolds(node, next(second, "third"));
  }

  @Test
  void anotherVersionThanTheNextDoesNotReplace() {
    Credential first = credential(ALICE, FactorType.TOTP, "1");
    Credential second = next(first, "second");
    assertThat(store.insert(first)).isTrue();

    assertThat(store.replace(first)).as("the same version").isFalse();
    assertThat(store.replace(next(second, "third"))).as("a skipped version").isFalse();
    assertThat(store.replace(second)).isTrue();
    assertThat(store.replace(next(first, "late"))).as("a version that was there").isFalse();
    assertHolds(node, second);
  }

  @Test
  void whatIsNotThereIsNotReplaced() {
    Credential first = credential(ALICE, FactorType.TOTP, "1");

    assertThat(store.replace(first)).isFalse();
    assertThat(store.replace(next(first, "second"))).isFalse();
    assertThat(store.insert(first)).isTrue();
    assertThat(store.replace(next(credential(BOB, FactorType.TOTP, "1"), "second"))).isFalse();
    assertThat(store.find(BOB, FactorType.TOTP)).isEmpty();
    assertHolds(store, first);
  }

  @Test
  void aDeletedCredentialIsGoneAndTheOthersStay() {
    Credential other = credential(ALICE, FactorType.FACE, "2");
    assertThat(store.insert(credential(ALICE, FactorType.FACE, "1"))).isTrue();
    assertThat(store.insert(other)).isTrue();
    assertThat(store.insert(credential(BOB, FactorType.FACE, "1"))).isTrue();

    assertThat(node.delete(ALICE, new CredentialId("1"))).isTrue();
    assertThat(store.delete(ALICE, new CredentialId("1"))).isFalse();
    assertThat(ids(ALICE, FactorType.FACE)).containsExactly("2");
    assertThat(ids(BOB, FactorType.FACE)).containsExactly("1");
  }

  @Test
  void allCredentialsOfASubjectAreDeletedTogether() {
    assertThat(store.insert(credential(ALICE, FactorType.FACE, "1"))).isTrue();
    assertThat(store.insert(credential(ALICE, FactorType.FACE, "2"))).isTrue();
    assertThat(store.insert(credential(ALICE, FactorType.TOTP, "3"))).isTrue();
    assertThat(store.insert(credential(BOB, FactorType.FACE, "1"))).isTrue();

    assertThat(node.deleteAll(ALICE)).isEqualTo(3);
    assertThat(store.deleteAll(ALICE)).isZero();
    assertThat(ids(ALICE, FactorType.FACE)).isEmpty();
    assertThat(ids(ALICE, FactorType.TOTP)).isEmpty();
    assertThat(ids(BOB, FactorType.FACE)).containsExactly("1");
  }

  @Test
  void forEachVisitsEveryCredentialOfTheFactorOnce() {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      SubjectId subject = SubjectId.of("subject-" + i / 3);
      assertThat(store.insert(credential(subject, FactorType.FACE, "f" + i))).isTrue();
      expected.add(subject + " f" + i);
    }
    assertThat(store.insert(credential(ALICE, FactorType.TOTP, "t"))).isTrue();

    List<String> visited = new ArrayList<>();
    node.forEach(FactorType.FACE, c -> visited.add(c.subject() + " " + c.id()));

    assertThat(visited).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void forEachGivesWholeCredentials() {
    Credential credential = next(credential(ALICE, FactorType.FACE, "1"), "second");
    assertThat(store.insert(credential(ALICE, FactorType.FACE, "1"))).isTrue();
    assertThat(store.replace(credential)).isTrue();

    List<Credential> visited = new ArrayList<>();
    node.forEach(FactorType.FACE, visited::add);

    assertThat(visited).hasSize(1);
    assertSame(visited.get(0), credential);
  }

  @Test
  void oneOfManyParallelInsertsWins() {
    List<Boolean> inserted =
        Parallel.call(
            Parallel.CALLS, i -> nodeFor(i).insert(credential(ALICE, FactorType.FACE, "1")));

    assertThat(inserted).containsOnlyOnce(true);
    assertThat(ids(ALICE, FactorType.FACE)).containsExactly("1");
  }

  @Test
  void oneOfManyParallelReplacementsWins() {
    Credential first = credential(ALICE, FactorType.TOTP, "1");
    assertThat(store.insert(first)).isTrue();

    List<Boolean> replaced =
        Parallel.call(Parallel.CALLS, i -> nodeFor(i).replace(next(first, "call " + i)));

    assertThat(replaced).containsOnlyOnce(true);
    assertHolds(node, next(first, "call " + replaced.indexOf(true)));
  }

  @Test
  void oneOfManyParallelDeletionsWins() {
    assertThat(store.insert(credential(ALICE, FactorType.TOTP, "1"))).isTrue();

    List<Boolean> deleted =
        Parallel.call(Parallel.CALLS, i -> nodeFor(i).delete(ALICE, new CredentialId("1")));

    assertThat(deleted).containsOnlyOnce(true);
  }

  @Test
  void parallelInsertsOfDifferentCredentialsAllSucceed() {
    List<Boolean> inserted =
        Parallel.call(
            Parallel.CALLS, i -> nodeFor(i).insert(credential(ALICE, FactorType.FACE, "c" + i)));

    assertThat(inserted).doesNotContain(false);
    assertThat(store.deleteAll(ALICE)).isEqualTo(Parallel.CALLS);
  }

  @Test
  void nullIsRefused() {
    refusesNull(() -> store.find(nullOf(SubjectId.class), FactorType.FACE));
    refusesNull(() -> store.find(ALICE, nullOf(FactorType.class)));
    refusesNull(() -> store.insert(nullOf(Credential.class)));
    refusesNull(() -> store.replace(nullOf(Credential.class)));
    refusesNull(() -> store.delete(nullOf(SubjectId.class), new CredentialId("1")));
    refusesNull(() -> store.delete(ALICE, nullOf(CredentialId.class)));
    refusesNull(() -> store.deleteAll(nullOf(SubjectId.class)));
    refusesNull(() -> store.forEach(nullOf(FactorType.class), c -> {}));
    refusesNull(() -> store.forEach(FactorType.FACE, noConsumer()));
  }

  @SuppressWarnings("unchecked")
  private static Consumer<Credential> noConsumer() {
    return (Consumer<Credential>) nullOf(Consumer.class);
  }
}
