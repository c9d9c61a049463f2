package io.github.facelock.core.image;

import io.github.facelock.spi.face.PictureDecoder.Cause;
import java.util.Arrays;

/**
 * Walks a JPEG file's markers (ITU-T T.81, annex B) from start to end of image, and copies what the
 * pixels need. Linear in the file's size; decodes nothing.
 */
final class JpegScan {

  /**
   * Files from cameras and encoders have 1 to about 15 scans; each scan costs a pass over all
   * coefficients, so a small file with thousands of them would take minutes.
   */
  static final int MAX_SCANS = 40;

  private static final int SOI = 0xD8;
  private static final int EOI = 0xD9;
  private static final int SOS = 0xDA;
  private static final int DHT = 0xC4;
  private static final int DQT = 0xDB;
  private static final int DRI = 0xDD;
  private static final int APP0 = 0xE0;
  private static final int APP1 = 0xE1;
  private static final int APP14 = 0xEE;
  private static final byte[] JFIF = {'J', 'F', 'I', 'F', 0};
  private static final byte[] EXIF = {'E', 'x', 'i', 'f', 0, 0};
  private static final byte[] ADOBE = {'A', 'd', 'o', 'b', 'e'};

  /** A JFIF segment of version 1.1 without thumbnail: tells the decoder that this is YCbCr. */
  private static final byte[] PLAIN_JFIF = {
    (byte) 0xFF, (byte) APP0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0
  };

  private final byte[] in;
  private final DecodeLimits limits;
  private final byte[] out;
  private int written;
  private int at;
  private int width;
  private int height;
  private int scans;
  private int orientation = Orientation.UPRIGHT;
  private boolean jfif;
  private boolean adobe;

  JpegScan(byte[] in, DecodeLimits limits) {
    this.in = in;
    this.limits = limits;
    this.out = new byte[in.length + PLAIN_JFIF.length];
  }

  static boolean matches(byte[] in) {
    return in.length >= 3 && u8(in, 0) == 0xFF && u8(in, 1) == SOI && u8(in, 2) == 0xFF;
  }

  PictureFile scan() throws UnusablePicture {
    copy(0, 2);
    at = 2;
    while (true) {
      int marker = marker();
      if (marker == EOI) {
        break;
      }
      int begin = at - 2;
      int length = u16(at);
      if (length < 2 || at + length > in.length) {
        throw corrupt();
      }
      int data = at + 2;
      int end = at + length;
      at = end;
      take(marker, begin, data, end);
    }
    if (scans == 0) {
      throw corrupt();
    }
    put(0xFF);
    put(EOI);
    return new PictureFile(
        PictureFile.Format.JPEG, width, height, orientation, Arrays.copyOf(out, written));
  }

  private void take(int marker, int begin, int data, int end) throws UnusablePicture {
    switch (marker) {
      case 0xC0, 0xC1, 0xC2 -> {
        frame(data, end);
        copy(begin, end);
      }
      case DHT, DQT, DRI -> copy(begin, end);
      case SOS -> {
        if (width == 0 || ++scans > MAX_SCANS) {
          throw corrupt();
        }
        copy(begin, end);
        entropyCoded();
      }
      case APP0 -> {
        if (!jfif && startsWith(data, end, JFIF)) {
          jfif = true;
          System.arraycopy(PLAIN_JFIF, 0, out, written, PLAIN_JFIF.length);
          written += PLAIN_JFIF.length;
        }
      }
      case APP1 -> {
        if (orientation == Orientation.UPRIGHT && startsWith(data, end, EXIF)) {
          orientation = Orientation.ofTiff(in, data + EXIF.length, end);
        }
      }
      case APP14 -> {
        // Says whether the colours are YCbCr or RGB; exactly 12 bytes of data.
        if (!adobe && end - data == 12 && startsWith(data, end, ADOBE)) {
          adobe = true;
          copy(begin, end);
        }
      }
      default -> {
        boolean ignorable = (marker > APP1 && marker <= 0xEF) || marker == 0xFE;
        if (!ignorable) {
          // Other frame types, DNL, hierarchy, arithmetic coding, stray restarts.
          throw corrupt();
        }
      }
    }
  }

  /** Frame header, B.2.2: precision, lines, samples per line, components. */
  private void frame(int data, int end) throws UnusablePicture {
    if (width != 0 || end - data < 6) {
      throw corrupt();
    }
    int precision = u8(in, data);
    int components = u8(in, data + 5);
    if (precision != 8
        || (components != 1 && components != 3)
        || end - data != 6 + 3 * components) {
      throw corrupt();
    }
    int lines = u16(data + 1);
    int samples = u16(data + 3);
    SafePictureDecoder.require(limits, samples, lines);
    for (int i = 0; i < components; i++) {
      int sampling = u8(in, data + 7 + 3 * i);
      int across = sampling >> 4;
      int down = sampling & 15;
      if (across < 1 || across > 4 || down < 1 || down > 4) {
        throw corrupt();
      }
    }
    width = samples;
    height = lines;
  }

  /** Copies up to the next marker that is neither a stuffed byte nor a restart. */
  private void entropyCoded() throws UnusablePicture {
    int begin = at;
    while (at + 1 < in.length) {
      if (in[at] == (byte) 0xFF) {
        int next = u8(in, at + 1);
        if (next != 0 && next != 0xFF && (next < 0xD0 || next > 0xD7)) {
          copy(begin, at);
          return;
        }
      }
      at++;
    }
    throw corrupt();
  }

  /** Reads a marker; any number of fill bytes may stand before it (B.1.1.2). */
  private int marker() throws UnusablePicture {
    if (at >= in.length || u8(in, at) != 0xFF) {
      throw corrupt();
    }
    while (at < in.length && u8(in, at) == 0xFF) {
      at++;
    }
    if (at >= in.length) {
      throw corrupt();
    }
    return u8(in, at++);
  }

  private boolean startsWith(int from, int end, byte[] text) {
    return end - from >= text.length
        && Arrays.equals(in, from, from + text.length, text, 0, text.length);
  }

  private void copy(int from, int to) {
    System.arraycopy(in, from, out, written, to - from);
    written += to - from;
  }

  private void put(int value) {
    out[written++] = (byte) value;
  }

  private int u16(int from) throws UnusablePicture {
    if (from + 2 > in.length) {
      throw corrupt();
    }
    return u8(in, from) << 8 | u8(in, from + 1);
  }

  private static int u8(byte[] bytes, int at) {
    return bytes[at] & 0xFF;
  }

  private static UnusablePicture corrupt() {
    return new UnusablePicture(Cause.CORRUPT);
  }
}
