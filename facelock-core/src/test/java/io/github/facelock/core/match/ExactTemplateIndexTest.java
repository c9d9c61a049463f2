package io.github.facelock.core.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.SubjectId;
import io.github.facelock.api.face.Embedding;
import io.github.facelock.api.face.ModelId;
import io.github.facelock.spi.face.TemplateIndex.Candidate;
import io.github.facelock.spi.store.CredentialId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ExactTemplateIndexTest {

  private static final ModelId MODEL = new ModelId("test");

  private record Key(SubjectId subject, CredentialId credential) {}

  @Test
  void anEmptyIndexFindsNobody() {
    ExactTemplateIndex index = new ExactTemplateIndex(MODEL, 4);
    assertThat(index.size()).isZero();
    assertThat(index.search(Embedding.normalised(MODEL, 1, 0, 0, 0), 5)).isEmpty();
    index.remove(SubjectId.of("nobody"), new CredentialId("c"));
    assertThat(index.size()).isZero();
  }

  @Test
  void theBestTemplateOfEachSubjectCounts() {
    ExactTemplateIndex index = new ExactTemplateIndex(MODEL, 2);
    index.put(SubjectId.of("anna"), new CredentialId("1"), Embedding.normalised(MODEL, 1, 0.5f));
    index.put(SubjectId.of("anna"), new CredentialId("2"), Embedding.normalised(MODEL, 1, 0));
    index.put(SubjectId.of("bert"), new CredentialId("1"), Embedding.normalised(MODEL, 0, 1));
    List<Candidate> found = index.search(Embedding.normalised(MODEL, 1, 0), 10);
    assertThat(found).extracting(c -> c.subject().value()).containsExactly("anna", "bert");
    assertThat(found.get(0).credential()).isEqualTo(new CredentialId("2"));
    assertThat(found.get(0).score().value()).isEqualTo(1);
  }

  @Test
  void putReplacesATemplateOfTheSameCredential() {
    ExactTemplateIndex index = new ExactTemplateIndex(MODEL, 2);
    index.put(SubjectId.of("anna"), new CredentialId("1"), Embedding.normalised(MODEL, 0, 1));
    index.put(SubjectId.of("anna"), new CredentialId("1"), Embedding.normalised(MODEL, 1, 0));
    assertThat(index.size()).isEqualTo(1);
    assertThat(index.search(Embedding.normalised(MODEL, 1, 0), 1).get(0).score().value())
        .isEqualTo(1);
  }

  @Test
  void anotherModelOrDimensionIsRefused() {
    ExactTemplateIndex index = new ExactTemplateIndex(MODEL, 2);
    Embedding longer = Embedding.normalised(MODEL, 1, 0, 0);
    Embedding other = Embedding.normalised(new ModelId("other"), 1, 0);
    assertThatThrownBy(() -> index.search(longer, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> index.put(SubjectId.of("a"), new CredentialId("1"), other))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> index.search(Embedding.normalised(MODEL, 1, 0), 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> index.search(Embedding.normalised(MODEL, 1, 0), 101))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void itAgreesWithANaiveSearchThroughAnyChanges() {
    for (long seed = 1; seed <= 6; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int dimension = new int[] {1, 3, 16, 37, 64, 130}[(int) seed - 1];
      ExactTemplateIndex index = new ExactTemplateIndex(MODEL, dimension);
      Map<Key, Embedding> naive = new HashMap<>();
      for (int round = 0; round < 1500; round++) {
        Key key =
            new Key(
                SubjectId.of("s" + random.nextInt(200)), new CredentialId("c" + random.nextInt(6)));
        // Grows first, then shrinks, across the boundaries of blocks.
        if (random.nextInt(1500) > round / 2) {
          Embedding template = template(random, dimension);
          index.put(key.subject(), key.credential(), template);
          naive.put(key, template);
        } else {
          for (int i = 0; i < 5; i++) {
            Key gone = naive.keySet().stream().findAny().orElse(key);
            index.remove(gone.subject(), gone.credential());
            naive.remove(gone);
          }
        }
        assertThat(index.size()).as("seed %d round %d", seed, round).isEqualTo(naive.size());
        if (round % 25 == 0) {
          Embedding probe = template(random, dimension);
          int most = 1 + random.nextInt(20);
          assertSame(index.search(probe, most), naive(naive, probe, most), "seed " + seed);
        }
      }
    }
  }

  @Test
  void searchesSeeWholeTemplatesWhileOthersWrite() throws Exception {
    // Every template of a subject is the same unit vector, so each found score must be 1 or 0.
    ExactTemplateIndex index = new ExactTemplateIndex(MODEL, 64);
    Embedding one = axis(64, 0);
    Embedding other = axis(64, 1);
    index.put(SubjectId.of("fixed"), new CredentialId("1"), one);
    AtomicBoolean stop = new AtomicBoolean();
    ExecutorService pool = Executors.newFixedThreadPool(3);
    try {
      List<Future<Integer>> readers = new ArrayList<>();
      Callable<Integer> search =
          () -> {
            int searches = 0;
            while (!stop.get()) {
              List<Candidate> found = index.search(one, 3);
              assertThat(found.get(0).score().value()).isEqualTo(1);
              assertThat(found)
                  .allSatisfy(
                      c ->
                          assertThat(c.score().value())
                              .isEqualTo(c.subject().value().startsWith("other") ? 0 : 1));
              searches++;
            }
            return searches;
          };
      readers.add(pool.submit(search));
      readers.add(pool.submit(search));
      SplittableRandom random = new SplittableRandom(4);
      for (int i = 0; i < 20_000; i++) {
        int n = random.nextInt(700);
        SubjectId subject = SubjectId.of((n % 2 == 0 ? "other" : "same") + n);
        if (random.nextInt(3) == 0) {
          index.remove(subject, new CredentialId("1"));
        } else {
          index.put(subject, new CredentialId("1"), n % 2 == 0 ? other : one);
        }
      }
      stop.set(true);
      for (Future<Integer> reader : readers) {
        assertThat(reader.get()).isPositive();
      }
    } finally {
      stop.set(true);
      pool.shutdownNow();
    }
  }

  private static Embedding axis(int dimension, int at) {
    float[] values = new float[dimension];
    values[at] = 1;
    return Embedding.normalised(MODEL, values);
  }

  private static Embedding template(SplittableRandom random, int dimension) {
    float[] values = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      values[i] = (float) (random.nextDouble() * 2 - 1) + 1e-3f;
    }
    return Embedding.normalised(MODEL, values);
  }

  private record Found(SubjectId subject, float score) {}

  private static List<Found> naive(Map<Key, Embedding> all, Embedding probe, int most) {
    Map<SubjectId, Float> best = new HashMap<>();
    all.forEach((key, template) -> best.merge(key.subject(), template.cosine(probe), Math::max));
    return best.entrySet().stream()
        .map(e -> new Found(e.getKey(), e.getValue()))
        .sorted(Comparator.comparing(Found::score).reversed())
        .limit(most)
        .toList();
  }

  private static void assertSame(List<Candidate> found, List<Found> expected, String where) {
    assertThat(found).as(where).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i).score().value())
          .as(where)
          .isCloseTo(
              Math.max(-1, Math.min(1, expected.get(i).score())),
              org.assertj.core.data.Offset.offset(1e-5f));
    }
    assertThat(found.stream().map(Candidate::subject).distinct().count()).isEqualTo(found.size());
  }
}
