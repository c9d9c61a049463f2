package io.github.facelock.test.contract;

import static io.github.facelock.test.contract.Refusals.nullOf;
import static io.github.facelock.test.contract.Refusals.refusesNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.face.Embedding;
import io.github.facelock.api.face.ModelId;
import io.github.facelock.spi.face.TemplateIndex;
import io.github.facelock.spi.face.TemplateIndex.Candidate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every exact {@link TemplateIndex} promises: the same answers as comparing with each template
 * in turn.
 *
 * <pre>{@code
 * class MyIndexTest extends TemplateIndexContract {
 *   @Override
 *   protected TemplateIndex newIndex(ModelId model, int dimension) {
 *     return new MyIndex(model, dimension);
 *   }
 * }
 * }</pre>
 */
public abstract class TemplateIndexContract {

  private static final ModelId MODEL = new ModelId("contract-1");
  private static final ModelId OTHER_MODEL = new ModelId("contract-2");
  private static final int DIMENSION = 67;
  private static final long SEED = 20260102;
  private static final SubjectId ALICE = SubjectId.of("alice");
  private static final SubjectId BOB = SubjectId.of("bob");

  private final SplittableRandom random = new SplittableRandom(SEED);
  private TemplateIndex index = nullOf(TemplateIndex.class);

  /** For subclasses. */
  protected TemplateIndexContract() {}

  /**
   * Makes the index under test.
   *
   * @param model whose templates it serves
   * @param dimension of the templates
   * @return an empty index
   */
  protected abstract TemplateIndex newIndex(ModelId model, int dimension);

  /**
   * Tells how far a score may be off.
   *
   * @return 0.0001 unless overridden
   */
  protected float tolerance() {
    return 1e-4f;
  }

  @BeforeEach
  void openIndex() {
    index = newIndex(MODEL, DIMENSION);
  }

  private record Key(SubjectId subject, CredentialId credential) {}

  private static CredentialId id(int number) {
    return new CredentialId("c" + number);
  }

  private Embedding template(ModelId model) {
    float[] values = new float[DIMENSION];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Embedding.normalised(model, values);
  }

  private Embedding template() {
    return template(MODEL);
  }

  /** The index names exactly the map's subjects and their credentials. */
  private void assertLists(Map<Key, Embedding> gallery) {
    Map<SubjectId, Set<CredentialId>> expected = new HashMap<>();
    gallery
        .keySet()
        .forEach(
            key ->
                expected
                    .computeIfAbsent(key.subject(), subject -> new HashSet<>())
                    .add(key.credential()));
    assertThat(index.subjects()).as("subjects, seed %d", SEED).isEqualTo(expected.keySet());
    expected.forEach(
        (subject, credentials) ->
            assertThat(index.credentials(subject)).as("of %s", subject).isEqualTo(credentials));
    assertThat(index.credentials(SubjectId.of("nobody-at-all"))).isEmpty();
  }

  /** Compares the index's answer with a search through the map. */
  private void assertExact(Map<Key, Embedding> gallery, Embedding probe, int most) {
    Map<SubjectId, Float> best = new HashMap<>();
    gallery.forEach((key, t) -> best.merge(key.subject(), probe.cosine(t), Math::max));
    List<Float> expected =
        best.values().stream().sorted(Comparator.reverseOrder()).limit(most).toList();

    assertLists(gallery);
    List<Candidate> found = index.search(probe, most);

    assertThat(found).as("candidates, seed %d", SEED).hasSameSizeAs(expected);
    assertThat(found.stream().map(Candidate::subject)).doesNotHaveDuplicates();
    for (int i = 0; i < found.size(); i++) {
      Candidate candidate = found.get(i);
      Embedding named =
          Objects.requireNonNull(gallery.get(new Key(candidate.subject(), candidate.credential())));
      assertThat(candidate.score().value())
          .as("score at rank %d, seed %d", i, SEED)
          .isCloseTo(expected.get(i), within(tolerance()))
          .isCloseTo(probe.cosine(named), within(tolerance()));
    }
  }

  @Test
  void anEmptyIndexFindsNobody() {
    assertThat(index.size()).isZero();
    assertThat(index.search(template(), 10)).isEmpty();
  }

  @Test
  void searchIsExact() {
    Map<Key, Embedding> gallery = new LinkedHashMap<>();
    for (int i = 0; i < 1000; i++) {
      Key key = new Key(SubjectId.of("subject-" + i % 300), id(i));
      Embedding template = template();
      gallery.put(key, template);
      index.put(key.subject(), key.credential(), template);
    }

    assertThat(index.size()).isEqualTo(1000);
    for (int most : new int[] {1, 2, 10, 100}) {
      assertExact(gallery, template(), most);
      assertExact(gallery, gallery.values().iterator().next(), most);
    }
  }

  @Test
  void eachSubjectIsNamedOnceWithItsBestTemplate() {
    Embedding probe = template();
    index.put(ALICE, id(1), template());
    index.put(ALICE, id(2), probe);
    index.put(ALICE, id(3), template());
    index.put(BOB, id(2), template());

    List<Candidate> found = index.search(probe, 100);

    assertThat(found).extracting(Candidate::subject).containsExactly(ALICE, BOB);
    assertThat(found.get(0).credential()).isEqualTo(id(2));
    assertThat(found.get(0).score().value()).isCloseTo(1, within(tolerance()));
  }

  @Test
  void aTemplateIsReplacedByTheNextOfTheSameCredential() {
    Map<Key, Embedding> gallery = new HashMap<>();
    for (int i = 0; i < 50; i++) {
      Embedding template = template();
      index.put(ALICE, id(i % 10), template);
      gallery.put(new Key(ALICE, id(i % 10)), template);
    }

    assertThat(index.size()).isEqualTo(10);
    assertExact(gallery, template(), 5);
  }

  @Test
  void aRemovedTemplateIsNotFound() {
    Map<Key, Embedding> gallery = new HashMap<>();
    for (int i = 0; i < 100; i++) {
      Key key = new Key(SubjectId.of("subject-" + i % 20), id(i));
      Embedding template = template();
      gallery.put(key, template);
      index.put(key.subject(), key.credential(), template);
    }
    Embedding removed =
        Objects.requireNonNull(gallery.get(new Key(SubjectId.of("subject-0"), id(0))));
    for (int i = 0; i < 100; i += 3) {
      Key key = new Key(SubjectId.of("subject-" + i % 20), id(i));
      gallery.remove(key);
      index.remove(key.subject(), key.credential());
    }

    assertThat(index.size()).isEqualTo(gallery.size());
    assertExact(gallery, removed, 20);
    assertExact(gallery, template(), 20);
  }

  @Test
  void removingWhatIsNotThereIsIgnored() {
    index.put(ALICE, id(1), template());

    index.remove(BOB, id(1));
    index.remove(ALICE, id(2));

    assertThat(index.size()).isEqualTo(1);
  }

  @Test
  void theLastTemplateCanBeRemovedAndPutAgain() {
    Embedding template = template();
    for (int i = 0; i < 3; i++) {
      index.put(ALICE, id(1), template);
      assertThat(index.search(template, 1)).hasSize(1);
      index.remove(ALICE, id(1));
      assertThat(index.size()).isZero();
      assertThat(index.search(template, 1)).isEmpty();
    }
  }

  @Test
  void oneCredentialIdOfTwoSubjectsIsTwoTemplates() {
    Embedding alices = template();
    Embedding bobs = template();
    index.put(ALICE, id(1), alices);
    index.put(BOB, id(1), bobs);

    assertThat(index.size()).isEqualTo(2);
    assertThat(index.search(alices, 1).get(0).subject()).isEqualTo(ALICE);
    assertThat(index.search(bobs, 1).get(0).subject()).isEqualTo(BOB);
  }

  @Test
  void templatesOfAnotherModelAreNeverCompared() {
    Embedding own = template();
    index.put(ALICE, id(1), own);
    Embedding foreign = template(OTHER_MODEL);
    try {
      index.put(BOB, id(2), foreign);
    } catch (IllegalArgumentException refused) {
      assertThat(index.size()).isEqualTo(1);
    }
    assertThat(index.search(own, 10)).extracting(Candidate::subject).containsExactly(ALICE);
    try {
      assertThat(index.search(foreign, 10)).extracting(Candidate::subject).doesNotContain(ALICE);
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageContaining("model");
    }
  }

  @Test
  void parallelChangesAllArriveWhileOthersSearch() {
    Map<Key, Embedding> gallery = new HashMap<>();
    for (int i = 0; i < 1000; i++) {
      gallery.put(new Key(SubjectId.of("subject-" + i % 100), id(i)), template());
    }
    List<Key> keys = List.copyOf(gallery.keySet());
    Embedding probe = template();
    Embedding passing = template();

    Parallel.run(
        Parallel.CALLS,
        call -> {
          SubjectId guest = SubjectId.of("guest-" + call);
          for (int i = call * 10; i < call * 10 + 10; i++) {
            Key key = keys.get(i);
            index.put(guest, id(i), passing);
            index.put(key.subject(), key.credential(), Objects.requireNonNull(gallery.get(key)));
            List<Candidate> found = index.search(probe, 10);
            assertThat(found).isNotEmpty();
            assertThat(found.stream().map(Candidate::subject)).doesNotHaveDuplicates();
            assertThat(found.stream().map(Candidate::score))
                .isSortedAccordingTo(Comparator.reverseOrder());
            index.remove(guest, id(i));
          }
        });

    assertThat(index.size()).isEqualTo(1000);
    assertExact(gallery, probe, 100);
  }

  @Test
  void nullIsRefused() {
    refusesNull(() -> index.credentials(nullOf(SubjectId.class)));
    refusesNull(() -> index.put(nullOf(SubjectId.class), id(1), template()));
    refusesNull(() -> index.put(ALICE, nullOf(CredentialId.class), template()));
    refusesNull(() -> index.put(ALICE, id(1), nullOf(Embedding.class)));
    refusesNull(() -> index.remove(nullOf(SubjectId.class), id(1)));
    refusesNull(() -> index.remove(ALICE, nullOf(CredentialId.class)));
    refusesNull(() -> index.search(nullOf(Embedding.class), 1));
    assertThat(index.size()).isZero();
  }
}
