package io.github.facelock.benchmarks.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.face.Picture;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NetpbmTest {

  @Test
  void greyBecomesThreeEqualChannels() {
    assertThat(pixels("P5 2 1 255\n", 7, 200)).containsExactly(7, 7, 7, 200, 200, 200);
  }

  @Test
  void colourAndCommentsAreRead() {
    assertThat(pixels("P6\n# a comment\n1 1\n255\n", 1, 2, 3)).containsExactly(1, 2, 3);
  }

  @Test
  void sixteenBitsAreCutToEight() {
    assertThat(pixels("P5 1 1 65535\n", 0xff, 0xff)).containsExactly(255, 255, 255);
  }

  @Test
  void malformedFilesAreRefused() {
    for (String header :
        new String[] {
          "P5",
          "P5 2",
          "P5 0 1 255\n",
          "P5 2 2 255\n",
          "P5 1 1 0\n",
          "P5 99999 99999 255\n",
          "P5 -1 1 255\n",
          "P5 1 1 70000\n",
          "P4 1 1\n",
          "P5 99999999999 1 255\n"
        }) {
      assertThat(Netpbm.decode(file(header, 1))).as(header).isEmpty();
    }
  }

  @Test
  void everyPrefixOfAFileIsRefusedWithoutAnException() {
    byte[] whole = file("P6 3 2 255\n", new int[18]);
    for (int length = 0; length < whole.length; length++) {
      assertThat(Netpbm.decode(Arrays.copyOf(whole, length))).isEmpty();
    }
    assertThat(Netpbm.decode(whole)).isPresent();
  }

  private static int[] pixels(String header, int... samples) {
    Picture picture = Netpbm.decode(file(header, samples)).orElseThrow();
    ByteBuffer rgb = picture.pixels();
    int[] values = new int[rgb.remaining()];
    for (int i = 0; i < values.length; i++) {
      values[i] = rgb.get(i) & 0xff;
    }
    return values;
  }

  private static byte[] file(String header, int... samples) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
    for (int sample : samples) {
      file.write(sample);
    }
    return file.toByteArray();
  }
}
