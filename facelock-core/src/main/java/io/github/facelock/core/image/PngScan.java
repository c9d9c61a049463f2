package io.github.facelock.core.image;

import io.github.facelock.spi.face.PictureDecoder.Cause;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Walks a PNG file's chunks (ISO/IEC 15948, clause 5) and copies the four critical ones, and the
 * palette's transparency. Linear in the file's size; inflates nothing.
 */
final class PngScan {

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final int IHDR = 0x49484452;
  private static final int PLTE = 0x504C5445;
  private static final int IDAT = 0x49444154;
  private static final int IEND = 0x49454E44;
  private static final int TRNS = 0x74524E53;
  private static final int EXIF = 0x65584966;
  private static final int PALETTE = 3;

  /** Length, type and checksum around a chunk's data. */
  private static final int FRAME = 12;

  private final byte[] in;
  private final DecodeLimits limits;
  private final byte[] out;
  private int written;
  private int width;
  private int height;
  private int colourType;
  private int orientation = Orientation.UPRIGHT;
  private boolean palette;
  private boolean transparency;
  private boolean data;

  PngScan(byte[] in, DecodeLimits limits) {
    this.in = in;
    this.limits = limits;
    this.out = new byte[in.length];
  }

  static boolean matches(byte[] in) {
    return in.length >= SIGNATURE.length
        && Arrays.equals(in, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
  }

  PictureFile scan() throws UnusablePicture {
    copy(0, SIGNATURE.length);
    int at = SIGNATURE.length;
    int type = 0;
    while (type != IEND) {
      if (at + FRAME > in.length) {
        throw corrupt();
      }
      long length = i32(at) & 0xFFFF_FFFFL;
      type = i32(at + 4);
      if (length > in.length - at - FRAME) {
        throw corrupt();
      }
      int end = at + FRAME + (int) length;
      if ((width == 0) != (type == IHDR)) {
        // IHDR comes first, and once.
        throw corrupt();
      }
      take(type, at, end);
      at = end;
    }
    if (!data || (colourType == PALETTE && !palette)) {
      throw corrupt();
    }
    return new PictureFile(
        PictureFile.Format.PNG, width, height, orientation, Arrays.copyOf(out, written));
  }

  private void take(int type, int at, int end) throws UnusablePicture {
    int from = at + 8;
    int length = end - at - FRAME;
    switch (type) {
      case IHDR -> {
        header(from, length);
        keep(at, end);
      }
      case PLTE -> {
        if (palette || data || length == 0 || length > 768 || length % 3 != 0) {
          throw corrupt();
        }
        palette = true;
        // With other colour types it is a mere suggestion.
        if (colourType == PALETTE) {
          keep(at, end);
        }
      }
      case TRNS -> {
        if (colourType == PALETTE) {
          if (transparency || !palette || data || length > 256) {
            throw corrupt();
          }
          transparency = true;
          keep(at, end);
        }
      }
      case IDAT -> {
        data = true;
        keep(at, end);
      }
      case IEND -> keep(at, end);
      case EXIF -> {
        if (orientation == Orientation.UPRIGHT) {
          orientation = Orientation.ofTiff(in, from, from + length);
        }
      }
      default -> {
        // The fifth bit of the first letter marks a chunk without which the picture cannot be
        // shown (clause 5.4); an unknown one is refused.
        if ((type >>> 24 & 0x20) == 0) {
          throw corrupt();
        }
      }
    }
  }

  /** IHDR, clause 11.2.2. */
  private void header(int from, int length) throws UnusablePicture {
    if (length != 13) {
      throw corrupt();
    }
    int bits = in[from + 8] & 0xFF;
    colourType = in[from + 9] & 0xFF;
    boolean known =
        switch (colourType) {
          case 0 -> bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16;
          case PALETTE -> bits == 1 || bits == 2 || bits == 4 || bits == 8;
          case 2, 4, 6 -> bits == 8 || bits == 16;
          default -> false;
        };
    int interlace = in[from + 12] & 0xFF;
    if (!known || in[from + 10] != 0 || in[from + 11] != 0 || interlace > 1) {
      throw corrupt();
    }
    long promisedWidth = i32(from) & 0xFFFF_FFFFL;
    long promisedHeight = i32(from + 4) & 0xFFFF_FFFFL;
    SafePictureDecoder.require(limits, promisedWidth, promisedHeight);
    width = (int) promisedWidth;
    height = (int) promisedHeight;
  }

  private void keep(int at, int end) throws UnusablePicture {
    CRC32 crc = new CRC32();
    crc.update(in, at + 4, end - at - 8);
    if ((int) crc.getValue() != i32(end - 4)) {
      throw corrupt();
    }
    copy(at, end);
  }

  private void copy(int from, int to) {
    System.arraycopy(in, from, out, written, to - from);
    written += to - from;
  }

  private int i32(int at) {
    return (in[at] & 0xFF) << 24
        | (in[at + 1] & 0xFF) << 16
        | (in[at + 2] & 0xFF) << 8
        | (in[at + 3] & 0xFF);
  }

  private static UnusablePicture corrupt() {
    return new UnusablePicture(Cause.CORRUPT);
  }
}
