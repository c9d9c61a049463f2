package io.github.facelock.core.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.face.Picture;
import io.github.facelock.spi.face.PictureDecoder.Decoded;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Mutates a corpus of tiny files. The default run is short and always the same; {@code
 * -DargLine=-Dfacelock.fuzz.seconds=60} runs as long as it says, from another seed each time, which
 * a failure prints.
 */
class PictureFuzzTest {

  private static final DecodeLimits LIMITS = new DecodeLimits(64 << 10, 256 * 256, 1, 1024);

  /**
   * What decoding may allocate: working memory of the readers, and per pixel what is documented.
   */
  private static final long MOST_BYTES = (4L << 20) + 40L * LIMITS.maxPixels();

  private static final String CORPUS_FOLDER = "PictureFuzzInputs/aFileIsAPictureOrARefusal/";

  private static final String[] CORPUS = {
    "baseline.jpg",
    "progressive.jpg",
    "grey.jpg",
    "exif.jpg",
    "rgb8.png",
    "rgba16.png",
    "palette1.png",
    "grey4-interlaced.png",
    "greyalpha8.png",
    "animated.png",
    "exif.png"
  };

  private final SafePictureDecoder decoder = new SafePictureDecoder(LIMITS);

  @Test
  void theCorpusItselfIsDecoded() {
    for (byte[] file : corpus()) {
      assertThat(decoder.decode(file)).isInstanceOf(Decoded.Usable.class);
    }
  }

  @Test
  void noMutationThrowsOrExceedsTheLimits() {
    List<byte[]> corpus = corpus();
    long seconds = Long.getLong("facelock.fuzz.seconds", 0);
    long seed = seconds == 0 ? 20_261_121 : new java.security.SecureRandom().nextLong();
    SplittableRandom random = new SplittableRandom(seed);
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    int usable = 0;
    for (int i = 0; seconds == 0 ? i < 30_000 : System.nanoTime() < end; i++) {
      byte[] file = mutate(corpus, random);
      usable += judge(file, "seed " + seed + ", round " + i) ? 1 : 0;
    }
    // Otherwise the mutations never get past the guard, and test nothing behind it.
    assertThat(usable).isPositive();
  }

  private boolean judge(byte[] file, String where) {
    long before = allocated();
    Decoded decoded = decode(file, where);
    assertThat(allocated() - before).as(where).isLessThan(MOST_BYTES);
    return isUsable(decoded, where);
  }

  /** The same without counting bytes: what instruments classes allocates in the tested thread. */
  void judgeInstrumented(byte[] file) {
    isUsable(decode(file, "fuzzed"), "fuzzed");
  }

  private Decoded decode(byte[] file, String where) {
    try {
      return decoder.decode(file);
    } catch (Throwable e) {
      throw new AssertionError(where + ": " + Arrays.toString(file), e);
    }
  }

  private static boolean isUsable(Decoded decoded, String where) {
    if (decoded instanceof Decoded.Usable ok) {
      Picture picture = ok.picture();
      assertThat(Math.max(picture.width(), picture.height())).as(where).isLessThanOrEqualTo(1024);
      assertThat(picture.width() * picture.height()).as(where).isLessThanOrEqualTo(256 * 256);
      return true;
    }
    return false;
  }

  private static byte[] mutate(List<byte[]> corpus, SplittableRandom random) {
    byte[] file = corpus.get(random.nextInt(corpus.size())).clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes && file.length > 0; i++) {
      int at = random.nextInt(file.length);
      switch (random.nextInt(7)) {
        case 0 -> file[at] = (byte) random.nextInt(256);
        case 1 -> file[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> file[at] = (byte) (random.nextBoolean() ? 0xFF : 0);
        case 3 -> file = Arrays.copyOf(file, at);
        case 4 -> {
          int length = Math.min(file.length - at, random.nextInt(32));
          System.arraycopy(
              file.clone(), random.nextInt(file.length - length + 1), file, at, length);
        }
        case 5 -> {
          byte[] other = corpus.get(random.nextInt(corpus.size()));
          int from = random.nextInt(other.length);
          byte[] joined = Arrays.copyOf(file, at + other.length - from);
          System.arraycopy(other, from, joined, at, other.length - from);
          file = joined;
        }
        default -> {
          int length = random.nextInt(64);
          byte[] longer = Arrays.copyOf(file, file.length + length);
          System.arraycopy(file, at, longer, at + length, file.length - at);
          file = longer;
        }
      }
    }
    // Most mutations of a PNG break a checksum; half of them are mended, to get behind that guard.
    return random.nextBoolean() ? PictureFiles.mendChecksums(file) : file;
  }

  private static List<byte[]> corpus() {
    List<byte[]> files = new ArrayList<>();
    for (String name : CORPUS) {
      try (InputStream in = PictureFuzzTest.class.getResourceAsStream(CORPUS_FOLDER + name)) {
        assertThat(in).as(name).isNotNull();
        files.add(in.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return files;
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean)
            java.lang.management.ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }
}
