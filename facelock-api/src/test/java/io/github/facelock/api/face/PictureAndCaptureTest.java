package io.github.facelock.api.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ReadOnlyBufferException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PictureAndCaptureTest {

  private static final byte[] FILE = {1, 2, 3};

  @Test
  void aPictureTakesACopyOfItsPixels() {
    byte[] mine = {1, 2, 3, 4, 5, 6};
    Picture picture = Picture.copyOf(2, 1, mine);
    mine[0] = 99;

    assertThat(picture.pixels().get(0)).isEqualTo((byte) 1);
    assertThat(picture.pixels().remaining()).isEqualTo(6);
    assertThatExceptionOfType(ReadOnlyBufferException.class)
        .isThrownBy(() -> picture.pixels().put(0, (byte) 1));
    assertThat(picture).hasToString("Picture[2\u00d71]");
  }

  @Test
  void eachReaderHasItsOwnPosition() {
    Picture picture = Picture.copyOf(1, 1, FILE);
    picture.pixels().get();

    assertThat(picture.pixels().position()).isZero();
  }

  @Test
  void sizesThatDoNotFitAreRefusedBeforeAnythingIsAllocated() {
    assertThatIllegalArgumentException().isThrownBy(() -> Picture.copyOf(2, 2, FILE));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Picture.copyOf(Picture.MAX_SIDE, Picture.MAX_SIDE, FILE))
        .withMessageContaining("805306368");
    for (int[] side :
        new int[][] {{0, 1}, {1, 0}, {-1, 1}, {Picture.MAX_SIDE + 1, 1}, {1, Integer.MAX_VALUE}}) {
      assertThatIllegalArgumentException().isThrownBy(() -> Picture.builder(side[0], side[1]));
      assertThatIllegalArgumentException().isThrownBy(() -> Picture.copyOf(side[0], side[1], FILE));
    }
  }

  @Test
  void aBuilderFillsOnePicture() {
    Picture.Builder builder = Picture.builder(1, 1);
    builder.pixels()[2] = 7;
    Picture picture = builder.build();

    assertThat(picture.pixels().get(2)).isEqualTo((byte) 7);
    assertThatIllegalStateException().isThrownBy(builder::build);
    assertThatIllegalStateException().isThrownBy(builder::pixels);
  }

  @Test
  void aCaptureHasOneTo300Frames() {
    assertThatIllegalArgumentException().isThrownBy(() -> Capture.of(List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> Capture.ofImages(List.of()));
    assertThat(Capture.ofImages(Collections.nCopies(300, FILE)).frames()).hasSize(300);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Capture.ofImages(Collections.nCopies(301, FILE)));
    // More than could be copied: the number is judged first.
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Capture.ofImages(Collections.nCopies(Integer.MAX_VALUE, FILE)));
  }

  @Test
  void imagesAreATenthOfASecondApart() {
    assertThat(Capture.ofImages(List.of(FILE, FILE, FILE)).frames())
        .extracting(CapturedFrame::at)
        .containsExactly(Duration.ZERO, Duration.ofMillis(100), Duration.ofMillis(200));
    assertThat(Capture.ofImage(FILE).frames()).hasSize(1);
  }

  @Test
  void aFrameTakesACopyOfItsFile() {
    byte[] mine = FILE.clone();
    CapturedFrame frame = CapturedFrame.encoded(Duration.ZERO, mine);
    mine[0] = 99;
    frame.encoded()[1] = 99;

    assertThat(frame.encoded()).isEqualTo(FILE);
    assertThat(frame.encodedLength()).isEqualTo(3);
    assertThat(frame.picture()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CapturedFrame.encoded(Duration.ofMillis(-1), FILE));
  }

  @Test
  void aDecodedFrameHasAPictureAndNoFile() {
    Picture picture = Picture.copyOf(1, 1, FILE);
    CapturedFrame frame = CapturedFrame.decoded(Duration.ofSeconds(1), picture);

    assertThat(frame.picture()).contains(picture);
    assertThat(frame.encodedLength()).isZero();
    assertThat(frame.encoded()).isEmpty();
  }

  @Test
  void aCaptureDoesNotChangeWithTheCallersList() {
    List<CapturedFrame> mine = new ArrayList<>();
    mine.add(CapturedFrame.encoded(Duration.ZERO, FILE));
    Capture capture = Capture.of(mine);
    mine.clear();

    assertThat(capture.frames()).hasSize(1).isUnmodifiable();
  }
}
