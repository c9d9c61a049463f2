package io.github.facelock.core.otp;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import io.github.facelock.api.Secret;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Draws an {@code otpauth} address as a QR code (ISO/IEC 18004), error correction level M, in a PNG
 * of one bit for each pixel. Stateless and thread-safe. The picture holds the secret: show it once,
 * with {@code Cache-Control: no-store}, and keep it nowhere.
 */
public final class QrCode {

  private static final int LEAST = 100;
  private static final int MOST = 2000;
  private static final int QUIET_ZONE = 4; // modules, as the standard asks
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

  private QrCode() {}

  /**
   * Draws.
   *
   * @param text at most {@value Secret#MAX_LENGTH} characters
   * @param pixels the length of each side, 100 to 2000; more where the code needs more
   * @return a PNG file
   * @throws IllegalArgumentException if the number is out of range or the text is empty
   */
  public static byte[] png(Secret text, int pixels) {
    if (pixels < LEAST || pixels > MOST) {
      throw new IllegalArgumentException("A QR code is 100 to 2000 pixels wide");
    }
    char[] contents = text.reveal();
    try {
      return png(
          new QRCodeWriter()
              .encode(
                  new String(contents),
                  BarcodeFormat.QR_CODE,
                  pixels,
                  pixels,
                  Map.of(
                      EncodeHintType.CHARACTER_SET,
                      StandardCharsets.UTF_8.name(),
                      EncodeHintType.ERROR_CORRECTION,
                      ErrorCorrectionLevel.M,
                      EncodeHintType.MARGIN,
                      QUIET_ZONE)));
    } catch (WriterException e) {
      // Without the exception beneath, whose message may repeat the text.
      throw new IllegalArgumentException("The text does not fit into a QR code");
    } finally {
      Arrays.fill(contents, '\0');
    }
  }

  /** PNG (ISO/IEC 15948): header, one compressed image, end. */
  private static byte[] png(BitMatrix code) {
    int width = code.getWidth();
    int height = code.getHeight();
    byte[] rows = new byte[height * (1 + (width + 7) / 8)];
    int at = 0;
    for (int y = 0; y < height; y++) {
      at++; // No filter.
      for (int x = 0; x < width; x++) {
        if (!code.get(x, y)) {
          rows[at + x / 8] |= (byte) (0x80 >> (x % 8)); // White is 1.
        }
      }
      at += (width + 7) / 8;
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(SIGNATURE);
    chunk(
        file,
        "IHDR",
        ByteBuffer.allocate(13)
            .putInt(width)
            .putInt(height)
            .put(new byte[] {1, 0, 0, 0, 0}) // one bit, grey
            .array());
    chunk(file, "IDAT", deflated(rows));
    chunk(file, "IEND", new byte[0]);
    return file.toByteArray();
  }

  private static byte[] deflated(byte[] bytes) {
    Deflater deflater = new Deflater();
    try {
      deflater.setInput(bytes);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[4096];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  private static void chunk(ByteArrayOutputStream file, String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 checksum = new CRC32();
    checksum.update(name);
    checksum.update(data);
    file.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    file.writeBytes(name);
    file.writeBytes(data);
    file.writeBytes(ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array());
  }
}
