package io.github.facelock.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5869, appendix A. */
class HkdfTest {

  private static final HexFormat HEX = HexFormat.of();

  @ParameterizedTest
  @CsvSource({
    // A.1
    "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, 000102030405060708090a0b0c,"
        + " f0f1f2f3f4f5f6f7f8f9,"
        + " 077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5,"
        + " 3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
    // A.3
    "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, '', '',"
        + " 19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04,"
        + " 8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
  })
  void theVectorsOfTheAppendixHold(
      String inputKey, String salt, String info, String extracted, String output) throws Exception {
    byte[] prk = Hkdf.extract(HEX.parseHex(salt), HEX.parseHex(inputKey));
    assertThat(HEX.formatHex(prk)).isEqualTo(extracted);
    assertThat(HEX.formatHex(Hkdf.expand(prk, HEX.parseHex(info), output.length() / 2)))
        .isEqualTo(output);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 8161})
  void impossibleLengthsAreRefused(int length) {
    assertThatThrownBy(() -> Hkdf.expand(new byte[32], new byte[0], length))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
