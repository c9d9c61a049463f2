package io.github.facelock.test.contract;

import static io.github.facelock.test.contract.Refusals.nullOf;
import static io.github.facelock.test.contract.Refusals.refusesNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.face.Picture;
import io.github.facelock.spi.face.PictureDecoder;
import io.github.facelock.spi.face.PictureDecoder.Cause;
import io.github.facelock.spi.face.PictureDecoder.Decoded;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link PictureDecoder} promises; first of all, that no file does harm.
 *
 * <pre>{@code
 * class MyDecoderTest extends PictureDecoderContract {
 *   @Override
 *   protected PictureDecoder newDecoder() {
 *     return new MyDecoder();
 *   }
 * }
 * }</pre>
 */
public abstract class PictureDecoderContract {

  private static final int WIDTH = EncodedPictures.WIDTH;
  private static final int HEIGHT = EncodedPictures.HEIGHT;

  private PictureDecoder decoder = nullOf(PictureDecoder.class);

  /** For subclasses. */
  protected PictureDecoderContract() {}

  /**
   * Makes the decoder under test.
   *
   * @return a decoder that takes pictures of 320 × 240 pixels
   */
  protected abstract PictureDecoder newDecoder();

  /**
   * Tells the size of a file that has too many bytes.
   *
   * @return 64 MiB unless overridden
   */
  protected int tooManyBytes() {
    return 64 << 20;
  }

  @BeforeEach
  void openDecoder() {
    decoder = newDecoder();
  }

  private Picture usable(byte[] encoded) {
    Decoded decoded = decoder.decode(encoded);
    assertThat(decoded).isInstanceOf(Decoded.Usable.class);
    return ((Decoded.Usable) decoded).picture();
  }

  private void assertUnusable(byte[] encoded, Cause cause) {
    assertThat(decoder.decode(encoded)).isEqualTo(new Decoded.Unusable(cause));
  }

  /** The names of the colours in the middle of the four quarters, row by row. */
  private static String quarters(Picture picture) {
    StringBuilder names = new StringBuilder();
    for (int y : new int[] {picture.height() / 4, picture.height() * 3 / 4}) {
      for (int x : new int[] {picture.width() / 4, picture.width() * 3 / 4}) {
        ByteBuffer rgb = picture.pixels().position((y * picture.width() + x) * 3);
        boolean red = (rgb.get() & 0xff) > 127;
        boolean green = (rgb.get() & 0xff) > 127;
        boolean blue = (rgb.get() & 0xff) > 127;
        names.append(red && green && blue ? 'W' : red ? 'R' : green ? 'G' : blue ? 'B' : '?');
      }
    }
    return names.toString();
  }

  @Test
  void jpegAndPngAreDecoded() {
    for (byte[] file : List.of(EncodedPictures.jpeg(), EncodedPictures.png())) {
      Picture picture = usable(file);
      assertThat(picture.width()).isEqualTo(WIDTH);
      assertThat(picture.height()).isEqualTo(HEIGHT);
      assertThat(quarters(picture)).isEqualTo("RGBW");
    }
  }

  @Test
  void picturesAreTurnedUprightAsExifSays() {
    List<String> upright = List.of("RGBW", "GRWB", "WBGR", "BWRG", "RBGW", "BRWG", "WGBR", "GWRB");
    for (int orientation = 1; orientation <= 8; orientation++) {
      Picture picture = usable(EncodedPictures.jpegWithOrientation(orientation));
      assertThat(quarters(picture))
          .as("orientation %d", orientation)
          .isEqualTo(upright.get(orientation - 1));
      assertThat(picture.width())
          .as("width at orientation %d", orientation)
          .isEqualTo(orientation > 4 ? HEIGHT : WIDTH);
    }
  }

  @Test
  void everyColourKindIsDecoded() {
    for (int type :
        new int[] {
          BufferedImage.TYPE_BYTE_GRAY,
          BufferedImage.TYPE_USHORT_GRAY,
          BufferedImage.TYPE_BYTE_BINARY,
          BufferedImage.TYPE_BYTE_INDEXED,
          BufferedImage.TYPE_INT_ARGB
        }) {
      Picture picture = usable(EncodedPictures.encode(EncodedPictures.quarters(type), "png"));
      assertThat(picture.width()).as("type %d", type).isEqualTo(WIDTH);
      assertThat(picture.height()).as("type %d", type).isEqualTo(HEIGHT);
    }
    BufferedImage grey = EncodedPictures.quarters(BufferedImage.TYPE_BYTE_GRAY);
    assertThat(usable(EncodedPictures.encode(grey, "jpeg")).width()).isEqualTo(WIDTH);
  }

  @Test
  void noBytesAreEmpty() {
    assertUnusable(new byte[0], Cause.EMPTY);
  }

  @Test
  void otherFormatsAreUnknown() {
    assertUnusable("hello".getBytes(StandardCharsets.UTF_8), Cause.UNKNOWN_FORMAT);
    assertUnusable("<svg/>".repeat(100).getBytes(StandardCharsets.UTF_8), Cause.UNKNOWN_FORMAT);
    assertUnusable(new byte[] {0}, Cause.UNKNOWN_FORMAT);
    BufferedImage image = EncodedPictures.quarters(BufferedImage.TYPE_INT_RGB);
    assertUnusable(EncodedPictures.encode(image, "gif"), Cause.UNKNOWN_FORMAT);
    assertUnusable(EncodedPictures.encode(image, "bmp"), Cause.UNKNOWN_FORMAT);
  }

  @Test
  void tooManyBytesAreRefused() {
    assertUnusable(Arrays.copyOf(EncodedPictures.jpeg(), tooManyBytes()), Cause.TOO_MANY_BYTES);
  }

  @Test
  void aHeaderThatPromisesTooManyPixelsIsRefusedBeforeDecoding() {
    assertUnusable(EncodedPictures.pngPromising(30_000, 30_000), Cause.TOO_MANY_PIXELS);
    assertUnusable(
        EncodedPictures.pngPromising(Integer.MAX_VALUE, Integer.MAX_VALUE), Cause.TOO_MANY_PIXELS);
    assertUnusable(EncodedPictures.jpegPromising(65_500, 65_500), Cause.TOO_MANY_PIXELS);
  }

  @Test
  void aPictureTooSmallForAFaceIsRefused() {
    BufferedImage dot = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    assertUnusable(EncodedPictures.encode(dot, "png"), Cause.TOO_FEW_PIXELS);
    assertUnusable(EncodedPictures.encode(dot, "jpeg"), Cause.TOO_FEW_PIXELS);
  }

  @Test
  void aFileThatIsCutOffIsCorrupt() {
    for (byte[] file : List.of(EncodedPictures.jpeg(), EncodedPictures.png())) {
      assertUnusable(Arrays.copyOf(file, file.length / 2), Cause.CORRUPT);
    }
  }

  @Test
  void noContentLeadsToAnException() {
    long seed = 20260101;
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 500; round++) {
      byte[] file = round % 2 == 0 ? EncodedPictures.jpeg() : EncodedPictures.png();
      file = Arrays.copyOf(file, random.nextInt(1, file.length + 1));
      for (int change = random.nextInt(1, 20); change > 0; change--) {
        // Mostly the headers, where a byte does most harm.
        int reach = random.nextBoolean() ? Math.min(200, file.length) : file.length;
        file[random.nextInt(reach)] = (byte) random.nextInt();
      }
      try {
        assertThat(decoder.decode(file)).isNotNull();
      } catch (RuntimeException | Error e) {
        throw new AssertionError("Seed " + seed + ", round " + round + ": " + e, e);
      }
    }
  }

  @Test
  void theCallersArrayIsLeftAlone() {
    byte[] file = EncodedPictures.jpeg();

    usable(file);

    assertThat(file).isEqualTo(EncodedPictures.jpeg());
  }

  @Test
  void parallelCallsDecodeAlike() {
    byte[] file = EncodedPictures.jpeg();
    Picture alone = usable(file);

    List<Picture> together = Parallel.call(Parallel.CALLS, i -> usable(file));

    assertThat(together)
        .allSatisfy(picture -> assertThat(picture.pixels()).isEqualTo(alone.pixels()));
  }

  @Test
  void nullIsRefused() {
    refusesNull(() -> decoder.decode(nullOf(byte[].class)));
  }
}
