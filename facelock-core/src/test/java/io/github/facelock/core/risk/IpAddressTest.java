package io.github.facelock.core.risk;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, c0000207",
    "0.0.0.0, 00000000",
    "255.255.255.255, ffffffff",
    "::ffff:192.0.2.7, c0000207",
    "::FFFF:c000:207, c0000207",
    "::1, 00000000000000000000000000000001",
    "::, 00000000000000000000000000000000",
    "2001:DB8::8:800:200C:417A, 20010db80000000000080800200c417a",
    "[2001:db8::1], 20010db8000000000000000000000001",
    "fe80::1%eth0, fe800000000000000000000000000001",
    "1:2:3:4:5:6:7::, 00010002000300040005000600070000",
    "64:ff9b::192.0.2.33, 0064ff9b0000000000000000c0000221",
  })
  void addressesAreReadAsTheStandardWritesThem(String text, String bytes) {
    assertThat(IpAddress.parse(text).orElseThrow()).hasToString(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "front-door",
        "192.0.2",
        "192.0.2.256",
        "192.0.02.7",
        "1.2.3.4.5",
        "1.2.3.4 5",
        "0x7f.0.0.1",
        "2130706433",
        ":",
        ":::",
        "1::2::3",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "12345::",
        "::g",
        "1.2.3.4::",
        "::1.2.3.4:5",
        "::1.2.3.400",
        "1:2:3:4:5:6:7::8",
        "localhost",
        "-1.2.3.4",
        "1.2.3.4,5.6.7.8",
        "1..2.3",
        "１.2.3.4"
      })
  void whatIsNoAddressIsNone(String text) {
    assertThat(IpAddress.parse(text)).isEmpty();
  }

  @Test
  void everyLiteralIsReadAsThePlatformReadsIt() throws UnknownHostException {
    long seed = 4291L;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 3000; i++) {
      String text = random.nextBoolean() ? four(random) : six(random);
      byte[] expected = InetAddress.getByName(text).getAddress();
      assertThat(IpAddress.parse(text).orElseThrow())
          .as("seed %d: %s", seed, text)
          .hasToString(HexFormat.of().formatHex(expected));
    }
  }

  private static String four(SplittableRandom random) {
    return "%d.%d.%d.%d"
        .formatted(
            random.nextInt(256), random.nextInt(256), random.nextInt(256), random.nextInt(256));
  }

  private static String six(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    int gap = random.nextInt(9);
    for (int i = 0; i < 8; i++) {
      if (i == gap) {
        text.append(i == 0 ? "::" : ":");
        i += random.nextInt(8 - i);
        continue;
      }
      text.append(Integer.toHexString(random.nextInt(1 << random.nextInt(1, 17))));
      text.append(i < 7 ? ":" : "");
    }
    return text.toString();
  }

  @Test
  void aPrefixKeepsItsBitsAndNoOther() {
    IpAddress address = IpAddress.parse("255.255.255.255").orElseThrow();
    assertThat(address.masked(0)).hasToString("00000000");
    assertThat(address.masked(1)).hasToString("80000000");
    assertThat(address.masked(13)).hasToString("fff80000");
    assertThat(address.masked(24)).hasToString("ffffff00");
    assertThat(address.masked(32)).isEqualTo(address).hasSameHashCodeAs(address);
    assertThat(address.masked(24)).isNotEqualTo(address);
  }
}
