package io.github.facelock.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.face.Picture;
import io.github.facelock.core.image.PictureFiles.Png;
import io.github.facelock.spi.face.PictureDecoder.Cause;
import io.github.facelock.spi.face.PictureDecoder.Decoded;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafePictureDecoderTest {

  private static final int RED = 0xFF0000;
  private static final int GREEN = 0x00FF00;
  private static final int BLUE = 0x0000FF;
  private static final int WHITE = 0xFFFFFF;

  private final SafePictureDecoder decoder = new SafePictureDecoder(DecodeLimits.defaults());

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aJpegIsDecodedBaselineAndProgressive(boolean progressive) {
    BufferedImage image = PictureFiles.quarters(64, 48, BufferedImage.TYPE_INT_RGB);
    Picture picture = usable(PictureFiles.jpeg(image, progressive));
    assertThat(picture.width()).isEqualTo(64);
    assertThat(picture.height()).isEqualTo(48);
    assertQuarters(picture, RED, GREEN, BLUE, WHITE);
  }

  @Test
  void aGreyJpegKeepsItsGreys() {
    BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 1600; i++) {
      image.getRaster().setSample(i % 40, i / 40, 0, 100);
    }
    Picture picture = usable(PictureFiles.jpeg(image, false));
    assertThat(pixel(picture, 20, 20)).isEqualTo(0x646464);
  }

  /** The eight cases of the EXIF standard, by where the four quarters end up. */
  @ParameterizedTest
  @CsvSource({
    "1, RGBW", "2, GRWB", "3, WBGR", "4, BWRG", "5, RBGW", "6, BRWG", "7, WGBR", "8, GWRB"
  })
  void anExifOrientationIsHonoured(int orientation, String quarters) {
    byte[] jpeg = PictureFiles.jpeg(64, 48);
    byte[] png = PictureFiles.png(PictureFiles.quarters(64, 48, BufferedImage.TYPE_INT_RGB));
    byte[][] files = {
      PictureFiles.withSegment(jpeg, 0xE1, PictureFiles.exif(orientation, true)),
      PictureFiles.withSegment(jpeg, 0xE1, PictureFiles.exif(orientation, false)),
      insertBeforeImageData(png, "eXIf", PictureFiles.tiff(orientation, false)),
    };
    for (byte[] file : files) {
      Picture picture = usable(file);
      assertThat(picture.width()).isEqualTo(orientation >= 5 ? 48 : 64);
      assertThat(picture.height()).isEqualTo(orientation >= 5 ? 64 : 48);
      int[] colours = quarters.chars().map(c -> "RGBW".indexOf(c)).toArray();
      int[] all = {RED, GREEN, BLUE, WHITE};
      assertQuarters(picture, all[colours[0]], all[colours[1]], all[colours[2]], all[colours[3]]);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, 255})
  void anOrientationThatDoesNotExistIsIgnored(int orientation) {
    byte[] file =
        PictureFiles.withSegment(
            PictureFiles.jpeg(64, 48), 0xE1, PictureFiles.exif(orientation, true));
    assertThat(usable(file).width()).isEqualTo(64);
  }

  @Test
  void aDamagedExifBlockIsIgnored() {
    byte[] exif = PictureFiles.exif(6, true);
    exif[10] = (byte) 0xFF;
    exif[13] = (byte) 0xFF;
    assertThat(usable(PictureFiles.withSegment(PictureFiles.jpeg(64, 48), 0xE1, exif)).width())
        .isEqualTo(64);
    byte[] cut = Arrays.copyOf(PictureFiles.exif(6, true), 18);
    assertThat(usable(PictureFiles.withSegment(PictureFiles.jpeg(64, 48), 0xE1, cut)).width())
        .isEqualTo(64);
  }

  @Test
  void everyKindOfPngIsDecoded() {
    assertThat(pixel(usable(PictureFiles.png(40, 40, 10, 20, 30)), 5, 5)).isEqualTo(0x0A141E);
    assertThat(colourOf(16, 2, 10, 1, 20, 2, 30, 3)).isEqualTo(0x0A141E);
    assertThat(colourOf(8, 0, 77)).isEqualTo(0x4D4D4D);
    assertThat(colourOf(16, 0, 77, 9)).isEqualTo(0x4D4D4D);
    // Transparency is laid over white.
    assertThat(colourOf(8, 6, 10, 20, 30, 0)).isEqualTo(WHITE);
    assertThat(colourOf(8, 6, 10, 20, 30, 255)).isEqualTo(0x0A141E);
    assertThat(colourOf(8, 4, 0, 51)).isEqualTo(0xCCCCCC);
    assertThat(colourOf(16, 6, 10, 0, 20, 0, 30, 0, 255, 255)).isEqualTo(0x0A141E);
    assertThat(colourOf(16, 4, 77, 0, 255, 255)).isEqualTo(0x4D4D4D);
  }

  @Test
  void paletteAndOneBitPngAreDecoded() {
    byte[] palette = {10, 20, 30, 40, 50, 60};
    byte[] row = PictureFiles.rows(5, 40, 0x55);
    byte[] png = new Png(40, 40, 1, 3, 0).chunk("PLTE", palette).end(row);
    assertThat(pixel(usable(png), 0, 0)).isEqualTo(0x0A141E);
    assertThat(pixel(usable(png), 1, 0)).isEqualTo(0x28323C);
    byte[] transparent =
        new Png(40, 40, 1, 3, 0).chunk("PLTE", palette).chunk("tRNS", new byte[] {0}).end(row);
    assertThat(pixel(usable(transparent), 0, 0)).isEqualTo(WHITE);
    byte[] grey = new Png(40, 40, 1, 0, 0).end(row);
    assertThat(pixel(usable(grey), 0, 0)).isZero();
    assertThat(pixel(usable(grey), 1, 0)).isEqualTo(WHITE);
  }

  @Test
  void anIndexBeyondThePaletteIsNoException() {
    byte[] png =
        new Png(40, 40, 8, 3, 0)
            .chunk("PLTE", new byte[] {1, 2, 3})
            .end(PictureFiles.rows(40, 40, 200));
    assertThat(decoder.decode(png)).isNotNull();
  }

  @Test
  void ofAnAnimatedPngTheFirstPictureCounts() {
    byte[] png =
        new Png(40, 40, 8, 2, 0)
            .chunk("acTL", new byte[] {0, 0, 0, 2, 0, 0, 0, 0})
            .chunk("fcTL", new byte[26])
            .chunk("IDAT", PictureFiles.deflate(PictureFiles.rows(40, 40, 1, 2, 3)))
            .chunk("fcTL", new byte[26])
            .chunk("fdAT", PictureFiles.deflate(PictureFiles.rows(40, 40, 9, 9, 9)))
            .chunk("IEND", new byte[0])
            .bytes();
    assertThat(pixel(usable(png), 0, 0)).isEqualTo(0x010203);
  }

  @Test
  void ofAnMpoTheFirstPictureCountsAndTrailingJunkIsIgnored() {
    ByteArrayOutputStream mpo = new ByteArrayOutputStream();
    mpo.writeBytes(PictureFiles.jpeg(64, 48));
    mpo.writeBytes(PictureFiles.jpeg(100, 100));
    mpo.writeBytes(new byte[1000]);
    assertThat(usable(mpo.toByteArray()).width()).isEqualTo(64);
    byte[] png = PictureFiles.png(40, 40, 1, 2, 3);
    assertThat(usable(Arrays.copyOf(png, png.length + 500)).width()).isEqualTo(40);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gif", "bmp", "wbmp", "tiff"})
  void otherFormatsAreRefused(String format) {
    assertThat(cause(PictureFiles.other(format))).isEqualTo(Cause.UNKNOWN_FORMAT);
  }

  @Test
  void whatIsNoPictureIsRefused() {
    assertThat(cause(new byte[0])).isEqualTo(Cause.EMPTY);
    assertThat(cause("<svg/>".getBytes(StandardCharsets.UTF_8))).isEqualTo(Cause.UNKNOWN_FORMAT);
    assertThat(cause(new byte[100])).isEqualTo(Cause.UNKNOWN_FORMAT);
    assertThat(cause(new byte[9 << 20])).isEqualTo(Cause.TOO_MANY_BYTES);
  }

  @Test
  void dimensionsAreJudgedBeforeAnyPixelIsDecoded() {
    AtomicReference<PictureFile> seen = new AtomicReference<>();
    SafePictureDecoder spying =
        new SafePictureDecoder(
            DecodeLimits.defaults(),
            file -> {
              seen.set(file);
              return Optional.empty();
            });
    byte[][] huge = {
      PictureFiles.promisingJpeg(30_000, 30_000),
      new Png(30_000, 30_000, 8, 2, 0).end(new byte[10]),
      new Png(Integer.MAX_VALUE, Integer.MAX_VALUE, 8, 2, 0).end(new byte[10]),
      new Png(9000, 40, 8, 2, 0).end(new byte[10]),
      new Png(5000, 5000, 8, 2, 0).end(new byte[10]),
    };
    for (byte[] file : huge) {
      assertThat(spying.decode(file)).isEqualTo(new Decoded.Unusable(Cause.TOO_MANY_PIXELS));
    }
    assertThat(spying.decode(PictureFiles.png(1, 1, 1, 2, 3)))
        .isEqualTo(new Decoded.Unusable(Cause.TOO_FEW_PIXELS));
    assertThat(seen).hasNullValue();
  }

  @Test
  void aPixelSourceGetsNoMetadata() {
    AtomicReference<PictureFile> seen = new AtomicReference<>();
    SafePictureDecoder spying =
        new SafePictureDecoder(
            DecodeLimits.defaults(),
            file -> {
              seen.set(file);
              return Optional.empty();
            });
    byte[] marker = "SECRET-PLACE".getBytes(StandardCharsets.UTF_8);
    byte[] jpeg = PictureFiles.jpeg(64, 48);
    for (int segment : new int[] {0xE1, 0xE2, 0xEC, 0xED, 0xEF, 0xFE, 0xE0}) {
      jpeg = PictureFiles.withSegment(jpeg, segment, marker);
    }
    spying.decode(jpeg);
    assertThat(text(seen.get().bytes())).doesNotContain("SECRET");
    byte[] png =
        new Png(40, 40, 8, 2, 0)
            .chunk("tEXt", marker)
            .chunk("iCCP", marker)
            .chunk("zTXt", marker)
            .end(PictureFiles.rows(40, 40, 1, 2, 3));
    spying.decode(png);
    assertThat(text(seen.get().bytes())).doesNotContain("SECRET");
  }

  @Test
  void aBombInAPngProfileOrTextIsNeverUnpacked() {
    // 256 MiB of zeros in 256 KiB; unpacking them would need more than all memory a test may use.
    byte[] bomb = PictureFiles.deflate(new byte[256 << 20]);
    byte[] header = "x\0\0".getBytes(StandardCharsets.ISO_8859_1);
    byte[] data = Arrays.copyOf(header, header.length + bomb.length);
    System.arraycopy(bomb, 0, data, header.length, bomb.length);
    byte[] png =
        new Png(40, 40, 8, 2, 0)
            .chunk("iCCP", data)
            .chunk("zTXt", data)
            .end(PictureFiles.rows(40, 40, 1, 2, 3));
    long before = allocated();
    assertThat(usable(png).width()).isEqualTo(40);
    assertThat(allocated() - before).isLessThan(16 << 20);
  }

  @Test
  void imageDataThatUnpacksToMoreThanItPromisesIsCutOff() {
    byte[] png = new Png(40, 40, 8, 2, 0).end(new byte[64 << 20]);
    long before = allocated();
    assertThat(usable(png).width()).isEqualTo(40);
    assertThat(allocated() - before).isLessThan(16 << 20);
  }

  @Test
  void damageIsAValue() {
    byte[] jpeg = PictureFiles.jpeg(64, 48);
    byte[] png = PictureFiles.png(40, 40, 1, 2, 3);
    for (byte[] file : new byte[][] {jpeg, png}) {
      for (int length = 9; length < file.length; length++) {
        assertThat(cause(Arrays.copyOf(file, length))).isEqualTo(Cause.CORRUPT);
      }
    }
    byte[] wrongChecksum = png.clone();
    wrongChecksum[png.length - 14]++;
    assertThat(cause(wrongChecksum)).isEqualTo(Cause.CORRUPT);
    assertThat(cause(new Png(40, 40, 8, 2, 0).end(new byte[3]))).isEqualTo(Cause.CORRUPT);
    assertThat(cause(new Png(40, 40, 3, 2, 0).end(new byte[3]))).isEqualTo(Cause.CORRUPT);
    assertThat(cause(new Png(0, 40, 8, 2, 0).end(new byte[3]))).isEqualTo(Cause.CORRUPT);
    assertThat(cause(PictureFiles.promisingJpeg(0, 40))).isEqualTo(Cause.CORRUPT);
    assertThat(cause(PictureFiles.promisingJpeg(40, 40))).isEqualTo(Cause.CORRUPT);
  }

  @Test
  void fourComponentsAreRefused() {
    assertThat(cause(PictureFiles.fourComponents(40, 40))).isEqualTo(Cause.CORRUPT);
  }

  @Test
  void aSecondFrameHeaderIsRefused() {
    byte[] large = PictureFiles.promisingJpeg(60_000, 60_000);
    byte[] frame = Arrays.copyOfRange(large, 6, large.length - 2);
    byte[] jpeg = PictureFiles.withSegment(PictureFiles.jpeg(64, 48), 0xC0, frame);
    assertThat(cause(jpeg)).isEqualTo(Cause.TOO_MANY_PIXELS);
    byte[] small = PictureFiles.promisingJpeg(64, 48);
    frame = Arrays.copyOfRange(small, 6, small.length - 2);
    jpeg = PictureFiles.withSegment(PictureFiles.jpeg(64, 48), 0xC0, frame);
    assertThat(cause(jpeg)).isEqualTo(Cause.CORRUPT);
  }

  @Test
  void aBombOfManyScansIsRefused() {
    byte[] jpeg =
        PictureFiles.jpeg(PictureFiles.quarters(64, 48, BufferedImage.TYPE_INT_RGB), true);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, jpeg.length - 2);
    for (int i = 0; i < 1000; i++) {
      out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xDA, 0, 8, 1, 1, 0, 1, 5, 1, 0});
    }
    out.write(0xFF);
    out.write(0xD9);
    assertThat(cause(out.toByteArray())).isEqualTo(Cause.CORRUPT);
  }

  @Test
  void aSourceThatThrowsOrLiesIsCorruptAndAFaultOfTheSystemPasses() {
    byte[] jpeg = PictureFiles.jpeg(64, 48);
    DecodeLimits limits = DecodeLimits.defaults();
    SafePictureDecoder throwing =
        new SafePictureDecoder(
            limits,
            file -> {
              throw new IllegalStateException("boom");
            });
    assertThat(throwing.decode(jpeg)).isEqualTo(new Decoded.Unusable(Cause.CORRUPT));
    SafePictureDecoder lying =
        new SafePictureDecoder(limits, file -> Optional.of(Picture.builder(3, 3).build()));
    assertThat(lying.decode(jpeg)).isEqualTo(new Decoded.Unusable(Cause.CORRUPT));
    SafePictureDecoder broken =
        new SafePictureDecoder(
            limits,
            file -> {
              throw new FaceLockException("the library cannot be loaded");
            });
    assertThatThrownBy(() -> broken.decode(jpeg)).isInstanceOf(FaceLockException.class);
  }

  @Test
  void limitsThatNoPictureCanMeetAreRefused() {
    assertThatThrownBy(() -> new DecodeLimits(0, 100, 1, 10))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DecodeLimits(10, 100, 20, 10))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DecodeLimits(10, 99, 10, 10))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DecodeLimits(10, 100, 1, 20_000))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private int colourOf(int bits, int colourType, int... sample) {
    byte[] png = new Png(40, 40, bits, colourType, 0).end(PictureFiles.rows(40, 40, sample));
    return pixel(usable(png), 7, 7);
  }

  private Picture usable(byte[] file) {
    Decoded decoded = decoder.decode(file);
    assertThat(decoded).isInstanceOf(Decoded.Usable.class);
    return ((Decoded.Usable) decoded).picture();
  }

  private Cause cause(byte[] file) {
    Decoded decoded = decoder.decode(file);
    assertThat(decoded).isInstanceOf(Decoded.Unusable.class);
    return ((Decoded.Unusable) decoded).cause();
  }

  private static byte[] insertBeforeImageData(byte[] png, String type, byte[] data) {
    // The signature has 8 bytes, IHDR 25.
    byte[] chunk = new Png(1, 1, 8, 2, 0).chunk(type, data).bytes();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(png, 0, 33);
    out.write(chunk, 33, chunk.length - 33);
    out.write(png, 33, png.length - 33);
    return out.toByteArray();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean)
            java.lang.management.ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }

  private static int pixel(Picture picture, int x, int y) {
    int at = 3 * (y * picture.width() + x);
    return (picture.pixels().get(at) & 0xFF) << 16
        | (picture.pixels().get(at + 1) & 0xFF) << 8
        | (picture.pixels().get(at + 2) & 0xFF);
  }

  private static void assertQuarters(Picture picture, int... colours) {
    int w = picture.width();
    int h = picture.height();
    int[] seen = {
      pixel(picture, w / 4, h / 4),
      pixel(picture, 3 * w / 4, h / 4),
      pixel(picture, w / 4, 3 * h / 4),
      pixel(picture, 3 * w / 4, 3 * h / 4)
    };
    for (int i = 0; i < 4; i++) {
      for (int shift = 0; shift < 24; shift += 8) {
        assertThat(seen[i] >> shift & 0xFF)
            .isBetween(
                Math.max(0, (colours[i] >> shift & 0xFF) - 12), (colours[i] >> shift & 0xFF) + 12);
      }
    }
  }
}
