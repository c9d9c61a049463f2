package io.github.facelock.core.image;

import io.github.facelock.api.face.Picture;
import java.nio.ByteBuffer;

/** The EXIF orientation (CIPA DC-008, tag 0x0112): found, and applied. */
final class Orientation {

  static final int UPRIGHT = 1;

  private static final int TAG = 0x0112;
  private static final int SHORT = 3;
  private static final int ENTRY = 12;

  private Orientation() {}

  /**
   * Finds the orientation in a TIFF block's first directory. Reads at most 65 535 entries, follows
   * no pointer but the one to that directory.
   *
   * @return 1 to 8; 1 if there is none or the block is damaged
   */
  static int ofTiff(byte[] in, int from, int end) {
    if (end - from < 8 || in[from] != in[from + 1] || (in[from] != 'I' && in[from] != 'M')) {
      return UPRIGHT;
    }
    boolean little = in[from] == 'I';
    if (u16(in, from + 2, little) != 42) {
      return UPRIGHT;
    }
    long directory =
        from
            + (little
                ? (long) u16(in, from + 6, true) << 16 | u16(in, from + 4, true)
                : (long) u16(in, from + 4, false) << 16 | u16(in, from + 6, false));
    if (directory + 2 > end) {
      return UPRIGHT;
    }
    int entries = u16(in, (int) directory, little);
    int at = (int) directory + 2;
    for (int i = 0; i < entries && at + ENTRY <= end; i++, at += ENTRY) {
      if (u16(in, at, little) == TAG) {
        int value = u16(in, at + 8, little);
        return u16(in, at + 2, little) == SHORT && value >= 1 && value <= 8 ? value : UPRIGHT;
      }
    }
    return UPRIGHT;
  }

  /** Turns and mirrors a picture so that it stands upright. */
  static Picture upright(Picture picture, int orientation) {
    if (orientation == UPRIGHT) {
      return picture;
    }
    int w = picture.width();
    int h = picture.height();
    boolean swap = orientation >= 5;
    ByteBuffer from = picture.pixels();
    Picture.Builder builder = Picture.builder(swap ? h : w, swap ? w : h);
    byte[] to = builder.pixels();
    int t = 0;
    for (int y = 0; y < (swap ? w : h); y++) {
      for (int x = 0; x < (swap ? h : w); x++) {
        int sx = sourceX(orientation, x, y, w);
        int sy = sourceY(orientation, x, y, h);
        int s = 3 * (sy * w + sx);
        to[t++] = from.get(s);
        to[t++] = from.get(s + 1);
        to[t++] = from.get(s + 2);
      }
    }
    return builder.build();
  }

  private static int sourceX(int orientation, int x, int y, int w) {
    return switch (orientation) {
      case 2, 3 -> w - 1 - x;
      case 5, 6 -> y;
      case 7, 8 -> w - 1 - y;
      default -> x;
    };
  }

  private static int sourceY(int orientation, int x, int y, int h) {
    return switch (orientation) {
      case 3, 4 -> h - 1 - y;
      case 5, 8 -> x;
      case 6, 7 -> h - 1 - x;
      default -> y;
    };
  }

  private static int u16(byte[] in, int at, boolean little) {
    int first = in[at] & 0xFF;
    int second = in[at + 1] & 0xFF;
    return little ? second << 8 | first : first << 8 | second;
  }
}
