package io.github.facelock.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.facelock.api.face.FaceBox;
import io.github.facelock.api.face.Picture;
import java.nio.FloatBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class PictureSamplerTest {

  private static final SimilarityTransform SAME = new SimilarityTransform(1, 0, 0, 0);

  private final Picture noise = noise(23, 17);

  @Test
  void aCropOfTheSameSizeCopiesThePixelsInEachOrderOfChannels() {
    for (TensorFormat.Colour colour : TensorFormat.Colour.values()) {
      for (TensorFormat.Layout layout : TensorFormat.Layout.values()) {
        TensorFormat format = TensorFormat.of(colour, layout, 0, 1);
        float[] cropped = crop(noise, format, 23, 17, whole(noise), Border.BLACK);
        float[] warped = warp(noise, format, 23, 17, SAME, Border.BLACK);
        for (int y = 0; y < 17; y++) {
          for (int x = 0; x < 23; x++) {
            for (int c = 0; c < colour.channels(); c++) {
              int at =
                  layout == TensorFormat.Layout.PLANAR
                      ? (c * 17 + y) * 23 + x
                      : (y * 23 + x) * colour.channels() + c;
              float expected = channel(noise, colour, c, x, y);
              assertThat(cropped[at]).isCloseTo(expected, within(1e-3f));
              assertThat(warped[at]).isCloseTo(expected, within(1e-3f));
            }
          }
        }
      }
    }
  }

  @Test
  void valuesAreNormalisedPerChannel() {
    TensorFormat format =
        TensorFormat.of(
            TensorFormat.Colour.RGB,
            TensorFormat.Layout.PLANAR,
            new float[] {10, 20, 30},
            new float[] {0.5f, 1, 2});
    float[] values = crop(flat(100, 100, 100), format, 1, 1, new FaceBox(0, 0, 1, 1), Border.BLACK);
    assertThat(values).containsExactly(45, 80, 140);
  }

  @Test
  void beyondTheEdgeIsBlackOrTheEdge() {
    FaceBox outside = new FaceBox(-100, -100, 20, 20);
    TensorFormat format = rgb();
    assertThat(crop(flat(200, 100, 50), format, 2, 2, outside, Border.BLACK)).containsOnly(0);
    assertThat(crop(flat(200, 100, 50), format, 2, 2, outside, Border.REPLICATE))
        .containsExactly(200, 200, 200, 200, 100, 100, 100, 100, 50, 50, 50, 50);
    SimilarityTransform away = new SimilarityTransform(1, 0, 500, 500);
    assertThat(warp(flat(200, 100, 50), format, 2, 2, away, Border.BLACK)).containsOnly(0);
    assertThat(warp(flat(200, 100, 50), format, 2, 2, away, Border.REPLICATE))
        .containsExactly(200, 200, 200, 200, 100, 100, 100, 100, 50, 50, 50, 50);
  }

  @Test
  void enlargingInterpolatesBetweenPixelCentres() {
    Picture two = picture(2, 1, 0, 0, 0, 100, 100, 100);
    float[] values = crop(two, rgb(), 4, 1, new FaceBox(0, 0, 2, 1), Border.REPLICATE);
    assertThat(values).startsWith(0, 25, 75, 100);
  }

  @Test
  void strongShrinkingSeesTheWholePicture() {
    // One white pixel in seven: two neighbouring pixels would mostly see nothing of it.
    Picture.Builder builder = Picture.builder(640, 480);
    for (int i = 0; i < 640 * 480; i++) {
      if (i % 7 == 3) {
        builder.pixels()[3 * i] = (byte) 255;
      }
    }
    Picture stripes = builder.build();
    float[] cropped = crop(stripes, rgb(), 40, 30, whole(stripes), Border.REPLICATE);
    float[] warped =
        warp(stripes, rgb(), 40, 30, new SimilarityTransform(1 / 16., 0, 0, 0), Border.BLACK);
    float mean = 255f / 7;
    for (int x = 5; x < 35; x++) {
      assertThat(cropped[15 * 40 + x]).isCloseTo(mean, within(mean));
    }
    assertThat(average(cropped, 40 * 30)).isCloseTo(mean, within(4f));
    assertThat(average(warped, 40 * 30)).isCloseTo(mean, within(10f));
  }

  @Test
  void aFlatPictureStaysFlatHoweverItIsSampled() {
    SplittableRandom random = new SplittableRandom(7);
    Picture flat = flat(90, 91, 92);
    for (int run = 0; run < 200; run++) {
      FaceBox region =
          new FaceBox(
              (float) random.nextDouble(-50, 50),
              (float) random.nextDouble(-50, 50),
              (float) random.nextDouble(0.5, 200),
              (float) random.nextDouble(0.5, 200));
      float[] values = crop(flat, rgb(), 9, 7, region, Border.REPLICATE);
      SimilarityTransform transform =
          new SimilarityTransform(
              random.nextDouble(0.05, 3), random.nextDouble(-3, 3), random.nextDouble(-50, 50), 3);
      float[] warped = warp(flat, rgb(), 9, 7, transform, Border.REPLICATE);
      for (int i = 0; i < values.length; i++) {
        assertThat(values[i]).as("run %d", run).isCloseTo(90 + i / 63, within(0.01f));
        assertThat(warped[i]).as("run %d", run).isCloseTo(90 + i / 63, within(0.01f));
      }
    }
  }

  @Test
  void aSamplerCanBeUsedAgain() {
    PictureSampler sampler = new PictureSampler(rgb(), 8, 8);
    FloatBuffer first = FloatBuffer.allocate(sampler.length());
    FloatBuffer again = FloatBuffer.allocate(sampler.length());
    sampler.crop(noise, whole(noise), Border.BLACK, first);
    sampler.warp(flat(1, 2, 3), SAME, Border.BLACK, again);
    sampler.crop(noise, whole(noise), Border.BLACK, again);
    assertThat(again).isEqualTo(first);
  }

  private static float channel(Picture picture, TensorFormat.Colour colour, int c, int x, int y) {
    int p = 3 * (y * picture.width() + x);
    float r = picture.pixels().get(p) & 0xff;
    float g = picture.pixels().get(p + 1) & 0xff;
    float b = picture.pixels().get(p + 2) & 0xff;
    return switch (colour) {
      case GREY -> 0.299f * r + 0.587f * g + 0.114f * b;
      case RGB -> c == 0 ? r : c == 1 ? g : b;
      case BGR -> c == 0 ? b : c == 1 ? g : r;
    };
  }

  private static float average(float[] values, int count) {
    float sum = 0;
    for (int i = 0; i < count; i++) {
      sum += values[i];
    }
    return sum / count;
  }

  private static TensorFormat rgb() {
    return TensorFormat.of(TensorFormat.Colour.RGB, TensorFormat.Layout.PLANAR, 0, 1);
  }

  private static FaceBox whole(Picture picture) {
    return new FaceBox(0, 0, picture.width(), picture.height());
  }

  private static float[] crop(
      Picture picture, TensorFormat format, int width, int height, FaceBox region, Border border) {
    PictureSampler sampler = new PictureSampler(format, width, height);
    FloatBuffer tensor = FloatBuffer.allocate(sampler.length());
    sampler.crop(picture, region, border, tensor);
    return tensor.array();
  }

  private static float[] warp(
      Picture picture,
      TensorFormat format,
      int width,
      int height,
      SimilarityTransform toTensor,
      Border border) {
    PictureSampler sampler = new PictureSampler(format, width, height);
    FloatBuffer tensor = FloatBuffer.allocate(sampler.length());
    sampler.warp(picture, toTensor, border, tensor);
    return tensor.array();
  }

  private static Picture noise(int width, int height) {
    SplittableRandom random = new SplittableRandom(1);
    Picture.Builder builder = Picture.builder(width, height);
    for (int i = 0; i < builder.pixels().length; i++) {
      builder.pixels()[i] = (byte) random.nextInt(256);
    }
    return builder.build();
  }

  private static Picture flat(int red, int green, int blue) {
    Picture.Builder builder = Picture.builder(30, 20);
    for (int i = 0; i < builder.pixels().length; i += 3) {
      builder.pixels()[i] = (byte) red;
      builder.pixels()[i + 1] = (byte) green;
      builder.pixels()[i + 2] = (byte) blue;
    }
    return builder.build();
  }

  private static Picture picture(int width, int height, int... rgb) {
    byte[] bytes = new byte[rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      bytes[i] = (byte) rgb[i];
    }
    return Picture.copyOf(width, height, bytes);
  }
}
