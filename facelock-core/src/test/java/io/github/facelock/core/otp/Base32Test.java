package io.github.facelock.core.otp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Base32Test {

  /** RFC 4648, section 10. */
  @ParameterizedTest
  @CsvSource({
    "'',''",
    "f,MY======",
    "fo,MZXQ====",
    "foo,MZXW6===",
    "foob,MZXW6YQ=",
    "fooba,MZXW6YTB",
    "foobar,MZXW6YTBOI======"
  })
  void theVectorsOfTheStandardHold(String plain, String encoded) {
    byte[] bytes = plain.getBytes(StandardCharsets.US_ASCII);
    assertThat(Base32.encode(bytes)).isEqualTo(encoded.replace("=", ""));
    assertThat(Base32.decode(encoded)).hasValueSatisfying(d -> assertThat(d).isEqualTo(bytes));
  }

  @Test
  void whatPeopleTypeIsAccepted() {
    assertThat(Base32.decode("mzxw 6yTB-oi"))
        .hasValueSatisfying(
            d -> assertThat(d).asString(StandardCharsets.US_ASCII).isEqualTo("foobar"));
  }

  @Test
  void anyBytesComeBack() {
    for (long seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] bytes = new byte[random.nextInt(70)];
      random.nextBytes(bytes);
      assertThat(Base32.decode(Base32.encode(bytes)).orElseThrow())
          .as("seed %d", seed)
          .isEqualTo(bytes);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "M",
        "MZX",
        "MZ",
        "MZXW6YT1",
        "MZXW6YT8",
        "M=Y",
        "MY=",
        "MY==============",
        "MZXW6YTB========",
        "ÄÖ",
        "@A",
        "[A",
        "`A",
        "{A",
        "MY/="
      })
  void whatIsNoBase32IsRefused(String text) {
    assertThat(Base32.decode(text)).isEmpty();
  }
}
