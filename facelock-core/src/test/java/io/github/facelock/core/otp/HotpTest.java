package io.github.facelock.core.otp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.enrolment.TotpParameters;
import io.github.facelock.api.enrolment.TotpParameters.Algorithm;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HotpTest {

  private static final String DIGITS = "1234567890";

  /** RFC 4226, appendix D. */
  @ParameterizedTest
  @CsvSource({
    "0,755224", "1,287082", "2,359152", "3,969429", "4,338314",
    "5,254676", "6,287922", "7,162583", "8,399871", "9,520489"
  })
  void hotpGivesTheValuesOfAppendixD(long counter, String code) {
    assertThat(Hotp.code(Algorithm.SHA1, ascii(DIGITS.repeat(2)), counter, 6)).isEqualTo(code);
  }

  /** RFC 6238, appendix B; the seeds have 20, 32 and 64 bytes (erratum 2866). */
  @ParameterizedTest
  @CsvSource({
    "59,94287082,46119246,90693936",
    "1111111109,07081804,68084774,25091201",
    "1111111111,14050471,67062674,99943326",
    "1234567890,89005924,91819424,93441116",
    "2000000000,69279037,90698825,38618901",
    "20000000000,65353130,77737706,47863826"
  })
  void totpGivesTheValuesOfAppendixB(long second, String sha1, String sha256, String sha512) {
    Instant at = Instant.ofEpochSecond(second);
    assertThat(totp(Algorithm.SHA1).code(ascii(DIGITS.repeat(2)), at)).isEqualTo(sha1);
    assertThat(totp(Algorithm.SHA256).code(ascii(DIGITS.repeat(4).substring(0, 32)), at))
        .isEqualTo(sha256);
    assertThat(totp(Algorithm.SHA512).code(ascii(DIGITS.repeat(7).substring(0, 64)), at))
        .isEqualTo(sha512);
  }

  @Test
  void sevenDigitsAreTheLastSevenOfEight() {
    assertThat(Hotp.code(Algorithm.SHA1, ascii(DIGITS.repeat(2)), 1, 7)).isEqualTo("4287082");
    assertThat(Hotp.code(Algorithm.SHA1, ascii(DIGITS.repeat(2)), 1, 8)).isEqualTo("94287082");
  }

  @Test
  void stepsBeginAtWholePeriods() {
    Totp totp = totp(Algorithm.SHA1);
    assertThat(totp.step(Instant.ofEpochSecond(29))).isZero();
    assertThat(totp.step(Instant.ofEpochSecond(30))).isEqualTo(1);
    assertThat(totp.step(Instant.ofEpochSecond(-1))).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 9, 10})
  void otherNumbersOfDigitsAreRefused(int digits) {
    assertThatThrownBy(() -> Hotp.code(Algorithm.SHA1, new byte[20], 0, digits))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Totp totp(Algorithm algorithm) {
    return new Totp(new TotpParameters(algorithm, 8, Duration.ofSeconds(30)));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
