package io.github.facelock.test.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.CapturedFrame;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFileCameraTest {

  private static final int SIZE = 80;

  /** Bright on the left, dark on the right. */
  private static final byte[] HALVES = halves(220, 40);

  private static final byte[] REVERSED = halves(40, 220);

  private final ImageFileCamera camera = ImageFileCamera.ofImages(List.of(HALVES));

  private static byte[] halves(int left, int right) {
    BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(left, left, left));
    graphics.fillRect(0, 0, SIZE / 2, SIZE);
    graphics.setColor(new Color(right, right, right));
    graphics.fillRect(SIZE / 2, 0, SIZE / 2, SIZE);
    graphics.dispose();
    return Frames.encode(image);
  }

  private static BufferedImage first(ImageFileCamera camera) {
    return Frames.decode(camera.still().frames().get(0).encoded());
  }

  private static int light(BufferedImage image, double x, double y) {
    return image.getRGB((int) (x * image.getWidth()), (int) (y * image.getHeight())) & 0xff;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static List<String> bytes(Capture capture) {
    return capture.frames().stream().map(frame -> hex(frame.encoded())).toList();
  }

  @Test
  void framesComeAtTheirRateAndInTurn() {
    Capture capture =
        ImageFileCamera.ofImages(List.of(HALVES, REVERSED)).framesPerSecond(25).capture(3);

    assertThat(capture.frames())
        .extracting(CapturedFrame::at)
        .containsExactly(Duration.ZERO, Duration.ofMillis(40), Duration.ofMillis(80));
    assertThat(bytes(capture)).containsExactly(hex(HALVES), hex(REVERSED), hex(HALVES));
  }

  @Test
  void filesAndResourcesAreTheSame(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("halves.jpg"), HALVES);

    assertThat(bytes(ImageFileCamera.of(file).still())).containsExactly(hex(HALVES));
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> ImageFileCamera.of(folder.resolve("none.jpg")))
        .withMessageContaining("none.jpg");
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> ImageFileCamera.ofResources(getClass(), "none.jpg"))
        .withMessageContaining("none.jpg");
  }

  @Test
  void oneSeedGivesOneFilm() {
    ImageFileCamera noisy = camera.noisy(10).jittered(3);

    assertThat(bytes(noisy.capture(5))).isEqualTo(bytes(noisy.capture(5)));
    assertThat(bytes(noisy.seed(2).capture(5))).isNotEqualTo(bytes(noisy.capture(5)));
    assertThat(bytes(noisy.capture(5)))
        .as("each frame has noise of its own")
        .doesNotHaveDuplicates();
  }

  @Test
  void lightIsScaled() {
    assertThat(light(first(camera.darker(0.5)), .25, .5)).isCloseTo(110, within(4));
    assertThat(light(first(camera.darker(2)), .25, .5)).isGreaterThan(250);
  }

  @Test
  void theMirrorSwapsSides() {
    assertThat(light(first(camera.mirrored()), .25, .5)).isLessThan(60);
    assertThat(light(first(camera.mirrored()), .75, .5)).isGreaterThan(200);
  }

  @Test
  void blurSoftensTheEdge() {
    assertThat(light(first(camera.blurred(8)), .5, .5)).isBetween(90, 170);
    assertThat(light(first(camera.blurred(8)), .1, .5)).isCloseTo(220, within(5));
  }

  @Test
  void twoPicturesStandSideBySide() {
    BufferedImage both = first(camera.beside(REVERSED));

    assertThat(both.getWidth()).isEqualTo(2 * SIZE);
    assertThat(light(both, .1, .5)).isGreaterThan(200);
    assertThat(light(both, .6, .5)).isLessThan(60);
    assertThat(light(both, .9, .5)).isGreaterThan(200);
  }

  @Test
  void aSmallPictureLiesInTheMiddle() {
    BufferedImage small = first(camera.pastedSmall(.25));

    assertThat(small.getWidth()).isEqualTo(SIZE);
    assertThat(light(small, .1, .1)).isCloseTo(128, within(4));
    assertThat(light(small, .44, .5)).isGreaterThan(190);
    assertThat(light(small, .58, .5)).isLessThan(80);
  }

  @Test
  void aBlankCameraShowsOneColour() {
    BufferedImage blank = first(ImageFileCamera.blank(30, 20, 90));

    assertThat(blank.getWidth()).isEqualTo(30);
    assertThat(light(blank, .3, .9)).isCloseTo(90, within(2));
  }

  @Test
  void nonsenseIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> ImageFileCamera.ofImages(List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> camera.framesPerSecond(0));
    assertThatIllegalArgumentException().isThrownBy(() -> camera.pastedSmall(0));
    assertThatIllegalArgumentException().isThrownBy(() -> camera.blurred(0).still());
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> ImageFileCamera.ofImages(List.of(new byte[] {1, 2, 3})).darker(.5).still());
  }
}
