package io.github.facelock.core.onnx;

import io.github.facelock.api.face.Picture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Scanner;
import javax.imageio.ImageIO;

/** Reads pictures that tests can trust. */
final class Photographs {

  private Photographs() {}

  /** One of the six demo photographs; see demo-photographs.md of facelock-models. */
  static Picture sample(int number) throws IOException {
    try (InputStream in =
        Photographs.class.getResourceAsStream("/photographs/sample" + number + ".jpg")) {
      return picture(ImageIO.read(in));
    }
  }

  static Picture read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    return bytes[0] == 'P' && bytes[1] == '5'
        ? pgm(bytes)
        : picture(ImageIO.read(new ByteArrayInputStream(bytes)));
  }

  /** A picture mirrored at its vertical axis. */
  static Picture mirrored(Picture picture) {
    Picture.Builder builder = Picture.builder(picture.width(), picture.height());
    int w = picture.width();
    for (int i = 0; i < w * picture.height(); i++) {
      int from = 3 * (i - i % w + (w - 1 - i % w));
      for (int c = 0; c < 3; c++) {
        builder.pixels()[3 * i + c] = picture.pixels().get(from + c);
      }
    }
    return builder.build();
  }

  /** A picture with less light, and half its size. */
  static Picture darkerAndHalf(Picture picture) {
    Picture.Builder builder = Picture.builder(picture.width() / 2, picture.height() / 2);
    int w = picture.width() / 2;
    for (int i = 0; i < w * (picture.height() / 2); i++) {
      int from = 3 * (2 * (i / w) * picture.width() + 2 * (i % w));
      for (int c = 0; c < 3; c++) {
        builder.pixels()[3 * i + c] = (byte) ((picture.pixels().get(from + c) & 0xff) * 6 / 10);
      }
    }
    return builder.build();
  }

  private static Picture picture(BufferedImage image) {
    int w = image.getWidth();
    int h = image.getHeight();
    int[] argb = image.getRGB(0, 0, w, h, new int[w * h], 0, w);
    Picture.Builder builder = Picture.builder(w, h);
    for (int i = 0; i < argb.length; i++) {
      builder.pixels()[3 * i] = (byte) (argb[i] >> 16);
      builder.pixels()[3 * i + 1] = (byte) (argb[i] >> 8);
      builder.pixels()[3 * i + 2] = (byte) argb[i];
    }
    return builder.build();
  }

  private static Picture pgm(byte[] bytes) {
    Scanner header = new Scanner(new String(bytes, 2, 100, StandardCharsets.ISO_8859_1));
    int w = header.nextInt();
    int h = header.nextInt();
    Picture.Builder builder = Picture.builder(w, h);
    for (int i = 0; i < w * h; i++) {
      byte grey = bytes[bytes.length - w * h + i];
      builder.pixels()[3 * i] = grey;
      builder.pixels()[3 * i + 1] = grey;
      builder.pixels()[3 * i + 2] = grey;
    }
    return builder.build();
  }
}
