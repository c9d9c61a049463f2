package io.github.facelock.core.image;

import io.github.facelock.api.face.FaceBox;
import io.github.facelock.api.face.Picture;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * Samples a picture into a network's input tensor of one size. Allocates nothing but a view of the
 * picture per call. Not thread-safe: it owns scratch memory, so keep one per thread or in a pool.
 */
public final class PictureSampler {

  private static final float RED = 0.299f;
  private static final float GREEN = 0.587f;
  private static final float BLUE = 0.114f;

  private static final int CACHED_ROWS = 4;
  private static final int MAX_SUBSAMPLES = 4;

  private final TensorFormat format;
  private final int width;
  private final int height;
  private final int channels;

  private final AxisTaps across;
  private final AxisTaps down;
  private final float[][] rows;
  private final int[] rowOf = new int[CACHED_ROWS];
  private final float[] line;
  private final float[] pixel = new float[3];
  private byte[] bytes = new byte[0];

  /**
   * Makes a sampler for one size of tensor.
   *
   * @param format how the network wants its pixels
   * @param width of the tensor, at least 1
   * @param height of the tensor, at least 1
   * @throws IllegalArgumentException if a side is below 1
   */
  public PictureSampler(TensorFormat format, int width, int height) {
    this.format = Objects.requireNonNull(format, "format");
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("A tensor has sides of at least 1");
    }
    this.width = width;
    this.height = height;
    this.channels = format.colour().channels();
    this.across = new AxisTaps(width);
    this.down = new AxisTaps(height);
    this.rows = new float[CACHED_ROWS][width * channels];
    this.line = new float[width * channels];
  }

  /**
   * Tells the number of values of a tensor.
   *
   * @return width × height × channels
   */
  public int length() {
    return width * height * channels;
  }

  /**
   * Stretches an upright region onto the tensor: bilinear like OpenCV's {@code resize}, and
   * averaged over the whole region where that is more than twice as large as the tensor.
   *
   * @param picture the picture
   * @param region which part, in pixels; may reach beyond the edges
   * @param border what lies there
   * @param tensor receives {@link #length()} values from index 0 on; its position is not used
   * @throws IndexOutOfBoundsException if the tensor is too small
   */
  public void crop(Picture picture, FaceBox region, Border border, FloatBuffer tensor) {
    ByteBuffer pixels = picture.pixels();
    across.lay(region.x(), region.width(), picture.width(), 3, border);
    down.lay(region.y(), region.height(), picture.height(), 1, border);
    Arrays.fill(rowOf, -1);
    int taps = down.count();
    for (int y = 0; y < height; y++) {
      Arrays.fill(line, 0);
      for (int t = y * taps; t < (y + 1) * taps; t++) {
        if (down.weight[t] != 0) {
          add(row(pixels, picture.width(), down.index[t]), down.weight[t]);
        }
      }
      write(y, tensor);
    }
  }

  private void add(float[] row, float weight) {
    for (int i = 0; i < line.length; i++) {
      line[i] += weight * row[i];
    }
  }

  /** One row of the picture, reduced to the tensor's width, channel after channel. */
  private float[] row(ByteBuffer pixels, int pictureWidth, int y) {
    // Neighbouring lines of an enlarged tensor share rows.
    float[] row = rows[y % CACHED_ROWS];
    if (rowOf[y % CACHED_ROWS] == y) {
      return row;
    }
    rowOf[y % CACHED_ROWS] = y;
    // An array is read several times as fast as a read-only buffer.
    if (bytes.length != 3 * pictureWidth) {
      bytes = new byte[3 * pictureWidth];
    }
    byte[] from = bytes;
    pixels.get(3 * pictureWidth * y, from, 0, from.length);
    int[] index = across.index;
    float[] weight = across.weight;
    int taps = across.count();
    if (channels == 1) {
      for (int x = 0; x < width; x++) {
        float sum = 0;
        for (int t = x * taps; t < (x + 1) * taps; t++) {
          sum += weight[t] * luma(from, index[t]);
        }
        row[x] = sum;
      }
      return row;
    }
    int first = format.colour().first();
    int third = format.colour().third();
    if (taps == 2) {
      for (int x = 0; x < width; x++) {
        int p = index[2 * x];
        int q = index[2 * x + 1];
        float v = weight[2 * x];
        float w = weight[2 * x + 1];
        row[x] = v * (from[p + first] & 0xff) + w * (from[q + first] & 0xff);
        row[width + x] = v * (from[p + 1] & 0xff) + w * (from[q + 1] & 0xff);
        row[2 * width + x] = v * (from[p + third] & 0xff) + w * (from[q + third] & 0xff);
      }
      return row;
    }
    for (int x = 0; x < width; x++) {
      float one = 0;
      float two = 0;
      float three = 0;
      for (int t = x * taps; t < (x + 1) * taps; t++) {
        int p = index[t];
        float w = weight[t];
        one += w * (from[p + first] & 0xff);
        two += w * (from[p + 1] & 0xff);
        three += w * (from[p + third] & 0xff);
      }
      row[x] = one;
      row[width + x] = two;
      row[2 * width + x] = three;
    }
    return row;
  }

  private static float luma(byte[] pixels, int at) {
    return RED * (pixels[at] & 0xff)
        + GREEN * (pixels[at + 1] & 0xff)
        + BLUE * (pixels[at + 2] & 0xff);
  }

  /**
   * Warps a picture onto the tensor: bilinear like OpenCV's {@code warpAffine}, averaged over
   * several positions where the picture is shrunk by more than two.
   *
   * @param picture the picture
   * @param toTensor maps the picture's pixels to the tensor's; whole numbers are pixel centres
   * @param border what lies beyond the picture's edges
   * @param tensor receives {@link #length()} values from index 0 on; its position is not used
   * @throws IndexOutOfBoundsException if the tensor is too small
   */
  public void warp(
      Picture picture, SimilarityTransform toTensor, Border border, FloatBuffer tensor) {
    SimilarityTransform back = toTensor.inverse();
    ByteBuffer pixels = picture.pixels();
    int side = (int) Math.max(1, Math.min(MAX_SUBSAMPLES, Math.ceil(back.scale() / 2)));
    float share = 1f / (side * side);
    for (int y = 0; y < height; y++) {
      Arrays.fill(line, 0);
      for (int subY = 0; subY < side; subY++) {
        for (int subX = 0; subX < side; subX++) {
          double dx = (subX + 0.5) / side - 0.5;
          double dy = (subY + 0.5) / side - 0.5;
          warpLine(pixels, picture, back.x(dx, y + dy), back.y(dx, y + dy), back, border, share);
        }
      }
      write(y, tensor);
    }
  }

  private void warpLine(
      ByteBuffer pixels,
      Picture picture,
      double startX,
      double startY,
      SimilarityTransform back,
      Border border,
      float share) {
    int right = picture.width() - 1;
    int bottom = picture.height() - 1;
    int stride = 3 * picture.width();
    int first = format.colour().first();
    int third = format.colour().third();
    for (int x = 0; x < width; x++) {
      double atX = startX + x * back.a();
      double atY = startY + x * back.b();
      int left = (int) Math.floor(atX);
      int top = (int) Math.floor(atY);
      float u = (float) (atX - left);
      float v = (float) (atY - top);
      float one;
      float two;
      float three;
      if (left >= 0 && top >= 0 && left < right && top < bottom) {
        int p = top * stride + 3 * left;
        int q = p + stride;
        float nw = (1 - u) * (1 - v);
        float ne = u * (1 - v);
        float sw = (1 - u) * v;
        float se = u * v;
        one =
            nw * (pixels.get(p + first) & 0xff)
                + ne * (pixels.get(p + 3 + first) & 0xff)
                + sw * (pixels.get(q + first) & 0xff)
                + se * (pixels.get(q + 3 + first) & 0xff);
        two =
            nw * (pixels.get(p + 1) & 0xff)
                + ne * (pixels.get(p + 4) & 0xff)
                + sw * (pixels.get(q + 1) & 0xff)
                + se * (pixels.get(q + 4) & 0xff);
        three =
            nw * (pixels.get(p + third) & 0xff)
                + ne * (pixels.get(p + 3 + third) & 0xff)
                + sw * (pixels.get(q + third) & 0xff)
                + se * (pixels.get(q + 3 + third) & 0xff);
      } else {
        Arrays.fill(pixel, 0);
        edge(pixels, picture, left, top, (1 - u) * (1 - v), border);
        edge(pixels, picture, left + 1, top, u * (1 - v), border);
        edge(pixels, picture, left, top + 1, (1 - u) * v, border);
        edge(pixels, picture, left + 1, top + 1, u * v, border);
        one = pixel[first];
        two = pixel[1];
        three = pixel[third];
      }
      if (channels == 1) {
        line[x] += share * (RED * one + GREEN * two + BLUE * three);
      } else {
        line[x] += share * one;
        line[width + x] += share * two;
        line[2 * width + x] += share * three;
      }
    }
  }

  private void edge(ByteBuffer pixels, Picture picture, int x, int y, float weight, Border border) {
    int insideX = Math.max(0, Math.min(picture.width() - 1, x));
    int insideY = Math.max(0, Math.min(picture.height() - 1, y));
    if (border == Border.REPLICATE || (insideX == x && insideY == y)) {
      int p = 3 * (insideY * picture.width() + insideX);
      for (int c = 0; c < 3; c++) {
        pixel[c] += weight * (pixels.get(p + c) & 0xff);
      }
    }
  }

  private void write(int y, FloatBuffer tensor) {
    for (int c = 0; c < channels; c++) {
      float mean = format.mean(c);
      float scale = format.scale(c);
      for (int i = c * width; i < (c + 1) * width; i++) {
        line[i] = (line[i] - mean) * scale;
      }
    }
    if (format.layout() == TensorFormat.Layout.PLANAR) {
      for (int c = 0; c < channels; c++) {
        tensor.put((c * height + y) * width, line, c * width, width);
      }
    } else {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < channels; c++) {
          tensor.put((y * width + x) * channels + c, line[c * width + x]);
        }
      }
    }
  }
}
