package io.github.facelock.core.otp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.TotpParameters;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QrCodeTest {

  @ParameterizedTest
  @ValueSource(ints = {100, 101, 237, 300, 1001, 2000})
  void aTelephoneReadsTheAddressFromThePicture(int pixels) throws Exception {
    Secret uri =
        new OtpAuthUri("Acme \u00dc")
            .of(SubjectId.of("bea@example.org"), new byte[20], TotpParameters.COMPATIBLE);
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(QrCode.png(uri, pixels)));
    assertThat(picture.getWidth()).isGreaterThanOrEqualTo(pixels).isEqualTo(picture.getHeight());
    if (pixels >= 237) {
      assertThat(picture.getWidth()).isEqualTo(pixels);
      assertThat(read(picture)).isEqualTo(new String(uri.reveal()));
    }
  }

  @Test
  void theLongestSecretFits() throws Exception {
    Secret longest = Secret.of("a".repeat(Secret.MAX_LENGTH));
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(QrCode.png(longest, 1000)));
    assertThat(read(picture)).hasSize(Secret.MAX_LENGTH);
  }

  @Test
  void thePictureIsBlackOnWhiteWithAQuietZone() throws Exception {
    BufferedImage picture =
        ImageIO.read(new ByteArrayInputStream(QrCode.png(Secret.of("otpauth://x"), 300)));
    assertThat(picture.getRGB(0, 0) & 0xFFFFFF).isEqualTo(0xFFFFFF);
    assertThat(picture.getRGB(299, 299) & 0xFFFFFF).isEqualTo(0xFFFFFF);
    boolean black = false;
    for (int x = 0; x < 300; x++) {
      black |= (picture.getRGB(x, 150) & 0xFFFFFF) == 0;
    }
    assertThat(black).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 99, 2001})
  void otherSizesAreRefused(int pixels) {
    assertThatThrownBy(() -> QrCode.png(Secret.of("x"), pixels))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String read(BufferedImage picture) throws Exception {
    int width = picture.getWidth();
    int height = picture.getHeight();
    int[] pixels = picture.getRGB(0, 0, width, height, new int[width * height], 0, width);
    return new QRCodeReader()
        .decode(
            new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels))),
            // Nothing but the code is in the picture: no search for it, which fails now and then.
            Map.of(DecodeHintType.PURE_BARCODE, true))
        .getText();
  }
}
