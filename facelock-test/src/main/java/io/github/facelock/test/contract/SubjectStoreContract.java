package io.github.facelock.test.contract;

import static io.github.facelock.test.contract.Refusals.nullOf;
import static io.github.facelock.test.contract.Refusals.refusesNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.Role;
import io.github.facelock.api.admin.SubjectQuery;
import io.github.facelock.spi.store.Subject;
import io.github.facelock.spi.store.SubjectStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link SubjectStore} promises.
 *
 * <pre>{@code
 * class MySubjectStoreTest extends SubjectStoreContract {
 *   @Override
 *   protected SubjectStore newStore() {
 *     return new MySubjectStore(emptyDatabase());
 *   }
 * }
 * }</pre>
 */
public abstract class SubjectStoreContract {

  private static final Instant CREATED = Instant.parse("2030-01-01T12:34:56.789Z");
  private static final SubjectId ALICE = SubjectId.of("alice");
  private static final SubjectId BOB = SubjectId.of("bob");

  private SubjectStore store = nullOf(SubjectStore.class);
  private SubjectStore node = store;

  /** For subclasses. */
  protected SubjectStoreContract() {}

  /**
   * Makes the store under test.
   *
   * @return an empty store
   */
  protected abstract SubjectStore newStore();

  /**
   * Opens the same data as another node does. Override for stores that several nodes share.
   *
   * @param first the store under test
   * @return a store of the same data; the same object unless overridden
   */
  protected SubjectStore otherNode(SubjectStore first) {
    return first;
  }

  @BeforeEach
  void openStore() {
    store = newStore();
    node = otherNode(store);
  }

  private static Subject subject(SubjectId id) {
    return new Subject(id, Set.of(Role.USER), false, CREATED, 1);
  }

  private SubjectStore nodeFor(int call) {
    return call % 2 == 0 ? store : node;
  }

  @Test
  void anUnknownSubjectIsNotFound() {
    assertThat(store.find(ALICE)).isEmpty();
  }

  @Test
  void whatWasInsertedIsFoundOnEveryNode() {
    assertThat(store.insert(subject(ALICE))).isTrue();

    assertThat(store.find(ALICE)).contains(subject(ALICE));
    assertThat(node.find(ALICE)).contains(subject(ALICE));
  }

  @Test
  void aTakenNameIsNotInsertedAgainAndStaysAsItIs() {
    assertThat(store.insert(subject(ALICE))).isTrue();

    assertThat(node.insert(new Subject(ALICE, Set.of(Role.USER), true, CREATED.plusSeconds(1), 1)))
        .isFalse();
    assertThat(store.find(ALICE)).contains(subject(ALICE));
  }

  @Test
  void namesAreComparedExactly() {
    for (SubjectId id : OddTexts.subjectIds()) {
      assertThat(store.find(id)).as("before %s was inserted", id).isEmpty();
      assertThat(store.insert(subject(id))).as("insert %s", id).isTrue();
    }
    for (SubjectId id : OddTexts.subjectIds()) {
      assertThat(node.find(id)).as("find %s", id).contains(subject(id));
    }
    for (SubjectId id : OddTexts.subjectIds()) {
      assertThat(store.delete(id)).as("delete %s", id).isTrue();
      assertThat(store.find(id)).as("after %s was deleted", id).isEmpty();
    }
  }

  @Test
  void theNextVersionReplaces() {
    assertThat(store.insert(subject(ALICE))).isTrue();
    Subject suspended = subject(ALICE).withSuspended(true);

    assertThat(node.replace(suspended)).isTrue();
    assertThat(store.find(ALICE)).contains(suspended);
    assertThat(store.replace(suspended.withSuspended(false))).isTrue();
    assertThat(node.find(ALICE)).contains(new Subject(ALICE, Set.of(Role.USER), false, CREATED, 3));
  }

  @Test
  void anotherVersionThanTheNextDoesNotReplace() {
    assertThat(store.insert(subject(ALICE))).isTrue();

    assertThat(store.replace(new Subject(ALICE, Set.of(Role.USER), true, CREATED, 1)))
        .as("same")
        .isFalse();
    assertThat(store.replace(new Subject(ALICE, Set.of(Role.USER), true, CREATED, 3)))
        .as("skipped one")
        .isFalse();
    assertThat(store.find(ALICE)).contains(subject(ALICE));
  }

  @Test
  void anUnknownSubjectIsNotReplaced() {
    assertThat(store.replace(new Subject(ALICE, Set.of(Role.USER), true, CREATED, 1))).isFalse();
    assertThat(store.replace(new Subject(ALICE, Set.of(Role.USER), true, CREATED, 2))).isFalse();
    assertThat(store.find(ALICE)).isEmpty();
  }

  @Test
  void aDeletedSubjectIsGoneAndItsNameFree() {
    assertThat(store.insert(subject(ALICE))).isTrue();

    assertThat(node.delete(ALICE)).isTrue();
    assertThat(store.delete(ALICE)).isFalse();
    assertThat(store.find(ALICE)).isEmpty();
    assertThat(store.replace(subject(ALICE).withSuspended(true))).isFalse();
    assertThat(store.insert(subject(ALICE))).isTrue();
  }

  @Test
  void oneOfManyParallelInsertsWins() {
    List<Boolean> inserted = Parallel.call(Parallel.CALLS, i -> nodeFor(i).insert(subject(ALICE)));

    assertThat(inserted).containsOnlyOnce(true);
  }

  @Test
  void oneOfManyParallelReplacementsWins() {
    assertThat(store.insert(subject(ALICE))).isTrue();

    List<Boolean> replaced =
        Parallel.call(
            Parallel.CALLS, i -> nodeFor(i).replace(subject(ALICE).withSuspended(i % 3 == 0)));

    assertThat(replaced).containsOnlyOnce(true);
    assertThat(store.find(ALICE))
        .contains(subject(ALICE).withSuspended(replaced.indexOf(true) % 3 == 0));
  }

  @Test
  void rolesAreKept() {
    for (Set<Role> roles :
        List.of(Set.<Role>of(), EnumSet.of(Role.OPERATOR), EnumSet.allOf(Role.class))) {
      SubjectId id = SubjectId.of("roles" + roles.size());
      assertThat(store.insert(new Subject(id, roles, false, CREATED, 1))).isTrue();
      assertThat(node.find(id).map(Subject::roles)).contains(roles);
    }
    assertThat(store.insert(subject(ALICE))).isTrue();
    Subject promoted = subject(ALICE).withRoles(Set.of(Role.USER, Role.ADMIN));

    assertThat(store.replace(promoted)).isTrue();
    assertThat(node.find(ALICE)).contains(promoted);
  }

  @Test
  void aReplacementMayDependOnAnotherSubject() {
    assertThat(store.insert(subject(ALICE))).isTrue();
    assertThat(store.insert(subject(BOB))).isTrue();
    Subject next = subject(ALICE).withSuspended(true);

    assertThat(node.replaceWhile(next, subject(BOB))).isTrue();
    assertThat(store.find(ALICE)).contains(next);
    assertThat(store.find(BOB)).as("stays as it is").contains(subject(BOB));
    assertThat(store.replaceWhile(next, subject(BOB))).as("the same again").isFalse();
    assertThat(store.replace(subject(BOB).withSuspended(true))).isTrue();
    assertThat(node.replaceWhile(next.withSuspended(false), subject(BOB)))
        .as("the other one changed")
        .isFalse();
    assertThat(store.delete(BOB)).isTrue();
    assertThat(node.replaceWhile(next.withSuspended(false), subject(BOB)))
        .as("the other one is gone")
        .isFalse();
    assertThat(store.find(ALICE)).contains(next);
  }

  @Test
  void twoParallelReplacementsThatDependOnEachOtherDoNotBothWin() {
    for (int round = 0; round < 20; round++) {
      Subject one = subject(SubjectId.of("one" + round));
      Subject two = subject(SubjectId.of("two" + round));
      assertThat(store.insert(one)).isTrue();
      assertThat(store.insert(two)).isTrue();

      List<Boolean> replaced =
          Parallel.call(
              2,
              i ->
                  i == 0
                      ? store.replaceWhile(one.withSuspended(true), two)
                      : node.replaceWhile(two.withSuspended(true), one));

      assertThat(replaced).as("round %d", round).containsOnlyOnce(true);
    }
  }

  @Test
  void pagesTogetherHoldEverybodyOnce() {
    assertThat(store.list(SubjectQuery.all())).isEmpty();
    for (SubjectId id : OddTexts.subjectIds()) {
      assertThat(store.insert(subject(id))).isTrue();
    }

    assertThat(pages(SubjectQuery.all().withLimit(7)))
        .containsExactlyInAnyOrderElementsOf(
            OddTexts.subjectIds().stream().map(SubjectStoreContract::subject).toList());
  }

  @Test
  void aPageBeginsAfterASubjectThatIsGone() {
    for (String name : List.of("a", "b", "c", "d")) {
      assertThat(store.insert(subject(SubjectId.of(name)))).isTrue();
    }
    List<Subject> all = store.list(SubjectQuery.all());
    assertThat(store.delete(all.get(1).id())).isTrue();

    assertThat(node.list(SubjectQuery.all().after(all.get(1).id())))
        .containsExactly(all.get(2), all.get(3));
  }

  @Test
  void aListNarrowsByTextAndRole() {
    Subject admin = new Subject(ALICE, Set.of(Role.USER, Role.ADMIN), false, CREATED, 1);
    Subject operator = new Subject(BOB, Set.of(Role.OPERATOR), true, CREATED, 1);
    Subject odd = new Subject(SubjectId.of("100%_A\\"), Set.of(), false, CREATED, 1);
    for (Subject subject : List.of(admin, operator, odd)) {
      assertThat(store.insert(subject)).isTrue();
    }

    SubjectQuery all = SubjectQuery.all();
    assertThat(node.list(all.withRole(Role.ADMIN))).containsExactly(admin);
    assertThat(node.list(all.withRole(Role.OPERATOR))).containsExactly(operator);
    assertThat(node.list(all.withRole(Role.USER))).containsExactly(admin);
    assertThat(node.list(all.withText("lic"))).containsExactly(admin);
    assertThat(node.list(all.withText("LIC"))).as("compared exactly").isEmpty();
    assertThat(node.list(all.withText("%"))).as("no wildcard").containsExactly(odd);
    assertThat(node.list(all.withText("_"))).as("no wildcard").containsExactly(odd);
    assertThat(node.list(all.withText("\\"))).as("no escape").containsExactly(odd);
    assertThat(node.list(all.withText("o").withRole(Role.ADMIN))).isEmpty();
  }

  private List<Subject> pages(SubjectQuery query) {
    List<Subject> found = new ArrayList<>();
    SubjectQuery next = query;
    while (true) {
      List<Subject> page = node.list(next);
      assertThat(page.size()).isLessThanOrEqualTo(query.limit());
      if (page.isEmpty()) {
        return found;
      }
      assertThat(found).as("a page comes again").doesNotContainAnyElementsOf(page);
      found.addAll(page);
      next = query.after(page.get(page.size() - 1).id());
    }
  }

  @Test
  void oneOfManyParallelDeletionsWins() {
    assertThat(store.insert(subject(ALICE))).isTrue();

    List<Boolean> deleted = Parallel.call(Parallel.CALLS, i -> nodeFor(i).delete(ALICE));

    assertThat(deleted).containsOnlyOnce(true);
  }

  @Test
  void nullIsRefused() {
    refusesNull(() -> store.find(nullOf(SubjectId.class)));
    refusesNull(() -> store.insert(nullOf(Subject.class)));
    refusesNull(() -> store.replace(nullOf(Subject.class)));
    refusesNull(() -> store.replaceWhile(nullOf(Subject.class), subject(BOB)));
    refusesNull(() -> store.replaceWhile(subject(ALICE), nullOf(Subject.class)));
    refusesNull(() -> store.list(nullOf(SubjectQuery.class)));
    refusesNull(() -> store.delete(nullOf(SubjectId.class)));
  }
}
