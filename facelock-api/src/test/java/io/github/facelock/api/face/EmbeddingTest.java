package io.github.facelock.api.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.lang.reflect.Method;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EmbeddingTest {

  private static final ModelId MODEL = new ModelId("m-1");

  private static float[] random(SplittableRandom random, int dimension) {
    float[] values = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static float[] values(Embedding embedding) {
    float[] values = new float[embedding.dimension()];
    embedding.copyTo(values, 0);
    return values;
  }

  private static double naiveCosine(float[] a, float[] b) {
    double dot = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      dot += (double) a[i] * b[i];
      aa += (double) a[i] * a[i];
      bb += (double) b[i] * b[i];
    }
    return dot / Math.sqrt(aa * bb);
  }

  @Test
  void theVectorIsScaledToUnitLength() {
    assertThat(values(Embedding.normalised(MODEL, 3, 4))).containsExactly(.6f, .8f);
    assertThat(values(Embedding.normalised(MODEL, 3e30f, 4e30f)))
        .containsExactly(new float[] {.6f, .8f}, within(1e-6f));
    assertThat(values(Embedding.normalised(MODEL, -2))).containsExactly(-1f);
  }

  @Test
  void comparingIsTheCosineForEveryDimension() {
    long seed = 3;
    SplittableRandom random = new SplittableRandom(seed);
    for (int dimension : new int[] {1, 2, 7, 8, 9, 15, 16, 17, 128, 512, 513, 4096}) {
      float[] a = random(random, dimension);
      float[] b = random(random, dimension);
      Embedding ea = Embedding.normalised(MODEL, a);
      Embedding eb = Embedding.normalised(MODEL, b);

      assertThat((double) ea.cosine(eb))
          .as("dimension %d seed %d", dimension, seed)
          .isCloseTo(naiveCosine(a, b), within(1e-5));
      assertThat(ea.compare(eb)).isEqualTo(eb.compare(ea));
      assertThat(ea.compare(ea).value()).isCloseTo(1, within(1e-5f));
    }
  }

  @Test
  void templatesOfDifferentModelsOrSizesAreNotCompared() {
    Embedding one = Embedding.normalised(MODEL, 1, 2);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> one.compare(Embedding.normalised(new ModelId("m-2"), 1, 2)))
        .withMessageContaining("m-1")
        .withMessageContaining("m-2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> one.cosine(Embedding.normalised(MODEL, 1, 2, 3)));
  }

  @Test
  void whatIsNoVectorIsRefused() {
    for (float[] values :
        new float[][] {
          {},
          {0, 0},
          {1e-20f},
          {1, Float.NaN},
          {Float.POSITIVE_INFINITY, 1},
          {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY},
          new float[4097]
        }) {
      assertThatIllegalArgumentException().isThrownBy(() -> Embedding.normalised(MODEL, values));
    }
  }

  @Test
  void theValuesAreItsOwn() {
    float[] mine = {3, 4};
    Embedding embedding = Embedding.normalised(MODEL, mine);
    mine[0] = 100;
    float[] copy = new float[4];
    embedding.copyTo(copy, 1);
    copy[1] = 9;

    assertThat(values(embedding)).containsExactly(.6f, .8f);
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> embedding.copyTo(new float[1], 0));
  }

  @Test
  void comparingAllocatesNothing() throws ReflectiveOperationException {
    SplittableRandom random = new SplittableRandom(4);
    Embedding a = Embedding.normalised(MODEL, random(random, 512));
    Embedding b = Embedding.normalised(MODEL, random(random, 512));
    int calls = 20_000;
    float sum = a.cosine(b);

    long before = allocatedBytes();
    for (int i = 0; i < calls; i++) {
      sum += a.cosine(b);
    }
    long allocated = allocatedBytes() - before;

    assertThat(sum).isFinite();
    assertThat(allocated).as("bytes for %d calls", calls).isLessThan(calls);
  }

  /** By reflection: the module under test does not read the management modules. */
  private static long allocatedBytes() throws ReflectiveOperationException {
    Object threads =
        Class.forName("java.lang.management.ManagementFactory")
            .getMethod("getThreadMXBean")
            .invoke(null);
    Method allocated =
        Class.forName("com.sun.management.ThreadMXBean")
            .getMethod("getThreadAllocatedBytes", long.class);
    return (long) allocated.invoke(threads, Thread.currentThread().getId());
  }
}
