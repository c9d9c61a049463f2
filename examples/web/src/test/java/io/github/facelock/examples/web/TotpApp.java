package io.github.facelock.examples.web;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.MultiFormatReader;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.Result;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.common.HybridBinarizer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.imageio.ImageIO;

/** An authenticator app that scans the QR code on the page (RFC 6238: SHA-1, six digits, 30 s). */
final class TotpApp {

  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private final byte[] key;

  private TotpApp(byte[] key) {
    this.key = key;
  }

  /** Scans a picture of the screen. */
  static TotpApp scan(byte[] png) {
    try {
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
      int[] pixels =
          image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
      RGBLuminanceSource source =
          new RGBLuminanceSource(image.getWidth(), image.getHeight(), pixels);
      Result code;
      try {
        code = new MultiFormatReader().decode(new BinaryBitmap(new HybridBinarizer(source)));
      } catch (NotFoundException e) {
        // As a telephone does, which sees the code anew with each picture.
        code =
            new MultiFormatReader()
                .decode(
                    new BinaryBitmap(new GlobalHistogramBinarizer(source)),
                    Map.of(DecodeHintType.TRY_HARDER, true));
      }
      return of(code.getText());
    } catch (IOException | NotFoundException e) {
      throw new AssertionError("No QR code can be read in the picture", e);
    }
  }

  /** Reads the address that is in the QR code. */
  static TotpApp of(String address) {
    String secret =
        Arrays.stream(URI.create(address).getRawQuery().split("&", -1))
            .filter(part -> part.startsWith("secret="))
            .findFirst()
            .orElseThrow()
            .substring("secret=".length());
    return new TotpApp(decode(secret));
  }

  private static byte[] decode(String base32) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int buffer = 0;
    int bits = 0;
    for (int i = 0; i < base32.length(); i++) {
      buffer = (buffer << 5 | BASE32.indexOf(base32.charAt(i))) & 0xFFF;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes.write(buffer >> bits);
      }
    }
    return bytes.toByteArray();
  }

  /** The code of the time step that is some steps after the present one. */
  String code(int later) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(key, "HmacSHA1"));
      long step = Instant.now().getEpochSecond() / 30 + later;
      byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
      int number = ByteBuffer.wrap(hash).getInt(hash[hash.length - 1] & 0xF) & Integer.MAX_VALUE;
      return String.format(Locale.ROOT, "%06d", number % 1_000_000);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
