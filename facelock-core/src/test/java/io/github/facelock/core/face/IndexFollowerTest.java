package io.github.facelock.core.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.face.Embedding;
import io.github.facelock.api.face.ModelId;
import io.github.facelock.core.match.ExactTemplateIndex;
import io.github.facelock.core.store.jdbc.JdbcStores;
import io.github.facelock.spi.face.TemplateIndex;
import io.github.facelock.spi.store.Credential;
import io.github.facelock.spi.store.CredentialChanges;
import io.github.facelock.spi.store.CredentialStore;
import io.github.facelock.test.MutableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One node writes to a store; the other node's index follows. */
class IndexFollowerTest {

  private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
  private static final SubjectId ANNA = SubjectId.of("anna");
  private static final SubjectId BEA = SubjectId.of("bea");

  @TempDir Path folder;

  private final MutableClock clock = MutableClock.at(NOW);
  private final ScriptedFaces.Embedder embedder = new ScriptedFaces.Embedder("scripted");
  private final TemplateIndex index =
      new ExactTemplateIndex(new ModelId("scripted"), ScriptedFaces.DIMENSION);
  private final AtomicReference<JdbcStores> opened = new AtomicReference<>();

  @BeforeEach
  void open() {
    opened.set(JdbcStores.inFile(folder.resolve("node"), clock));
  }

  @AfterEach
  void close() {
    opened.get().close();
  }

  private CredentialStore credentials() {
    return opened.get().credentials();
  }

  private static Embedding axis(String model, int number) {
    float[] values = new float[ScriptedFaces.DIMENSION];
    values[number] = 1;
    return Embedding.normalised(new ModelId(model), values);
  }

  private static Credential face(SubjectId subject, String id, Embedding template) {
    return Credential.create(
        new CredentialId(id),
        subject,
        FactorType.FACE,
        NOW,
        Map.of("model", template.model().value()),
        TemplateCodec.encode(template));
  }

  private IndexFollower follower(CredentialStore credentials) {
    return new IndexFollower(credentials, embedder, index, clock);
  }

  @Test
  void whatAnotherNodeEnrolsReplacesAndRemovesIsFollowed() {
    IndexFollower follower = follower(credentials());
    credentials().insert(face(ANNA, "1", axis("scripted", 1)));
    credentials().insert(face(ANNA, "2", axis("scripted", 2)));
    credentials().insert(face(BEA, "1", axis("scripted", 3)));
    assertThat(follower.catchUp()).isEqualTo(2);
    assertThat(index.size()).isEqualTo(3);

    Credential first = credentials().find(ANNA, FactorType.FACE).get(0);
    credentials()
        .replace(first.next(first.attributes(), TemplateCodec.encode(axis("scripted", 4))));
    credentials().delete(ANNA, new CredentialId("2"));
    credentials().deleteAll(BEA);
    follower.catchUp();

    assertThat(index.subjects()).containsExactly(ANNA);
    assertThat(index.search(axis("scripted", 4), 1).get(0).score().value()).isGreaterThan(0.99f);
    assertThat(follower.catchUp()).as("nothing new").isZero();
  }

  @Test
  void templatesOfOtherModelsStayOut() {
    IndexFollower follower = follower(credentials());
    credentials().insert(face(ANNA, "1", axis("another", 1)));

    follower.catchUp();

    assertThat(index.size()).isZero();
  }

  @Test
  void whatWasThereBeforeIsNotReadAgain() {
    credentials().insert(face(ANNA, "1", axis("scripted", 1)));

    assertThat(follower(credentials()).catchUp()).isZero();
  }

  @Test
  void aNodeThatWasAwayForLongComparesEverything() {
    credentials().insert(face(ANNA, "1", axis("scripted", 1)));
    credentials().insert(face(BEA, "1", axis("scripted", 2)));
    IndexFollower follower = follower(credentials());
    credentials()
        .forEach(
            FactorType.FACE,
            c ->
                index.put(c.subject(), c.id(), axis("scripted", c.subject().equals(ANNA) ? 1 : 2)));
    credentials().deleteAll(BEA);
    clock.advance(Duration.ofHours(25));
    opened.get().clean(clock.instant());

    follower.catchUp();

    assertThat(index.subjects()).containsExactly(ANNA);
  }

  @Test
  void aThreadFollowsUntilItIsClosed() {
    try (IndexFollower follower = follower(credentials())) {
      follower.follow(Duration.ofMillis(20));
      credentials().insert(face(ANNA, "1", axis("scripted", 1)));
      await(() -> index.size() == 1);
      credentials().deleteAll(ANNA);
      await(() -> index.size() == 0);
    }
  }

  @Test
  void aStoreThatDoesNotAnswerIsAskedAgain() {
    AtomicBoolean down = new AtomicBoolean();
    try (IndexFollower follower = follower(new Failing(credentials(), down))) {
      credentials().insert(face(ANNA, "1", axis("scripted", 1)));
      down.set(true);
      assertThatThrownBy(follower::catchUp).isInstanceOf(FaceLockException.Store.class);
      follower.follow(Duration.ofMillis(20));
      down.set(false);
      await(() -> index.size() == 1);
    }
  }

  @Test
  void aStoreThatTellsNoChangesIsLeftAlone() {
    Stores.Credentials single = new Stores.Credentials();
    try (IndexFollower follower = follower(single)) {
      follower.follow(Duration.ofMillis(1));
      single.insert(face(ANNA, "1", axis("scripted", 1)));

      assertThat(follower.catchUp()).isZero();
      assertThat(index.size()).isZero();
    }
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("within 30 seconds").isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  /** A store whose changes cannot be read for a while. */
  private record Failing(CredentialStore store, AtomicBoolean down) implements CredentialStore {
    @Override
    public Optional<CredentialChanges> changes() {
      CredentialChanges real = store.changes().orElseThrow();
      return Optional.of(
          new CredentialChanges() {
            @Override
            public long latest() {
              return real.latest();
            }

            @Override
            public List<Change> after(long number, int limit) {
              if (down.get()) {
                throw new FaceLockException.Store("The database does not answer");
              }
              return real.after(number, limit);
            }
          });
    }

    @Override
    public List<Credential> find(SubjectId subject, FactorType factor) {
      return store.find(subject, factor);
    }

    @Override
    public boolean insert(Credential credential) {
      return store.insert(credential);
    }

    @Override
    public boolean replace(Credential next) {
      return store.replace(next);
    }

    @Override
    public boolean delete(SubjectId subject, CredentialId id) {
      return store.delete(subject, id);
    }

    @Override
    public int deleteAll(SubjectId subject) {
      return store.deleteAll(subject);
    }

    @Override
    public void forEach(FactorType factor, Consumer<? super Credential> each) {
      store.forEach(factor, each);
    }
  }
}
