package io.github.facelock.core.otp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumberTest {

  @ParameterizedTest
  @CsvSource({
    "+4915123456789,+4915123456789,DE",
    "+49 (0)151 2345-6789,+4915123456789,DE",
    "+1 201-555-0123,+12015550123,US",
    "+34 612 345 678,+34612345678,ES",
    "+91 81234 56789,+918123456789,IN",
    "+880 1812-345678,+8801812345678,BD"
  })
  void aNumberIsReadAndKeptInE164(String text, String e164, String region) {
    assertThat(PhoneNumber.parse(text)).contains(new PhoneNumber(e164, region));
  }

  @Test
  void aNumberWithoutItsCountryNeedsOne() {
    assertThat(PhoneNumber.parse("0151 23456789")).isEmpty();
    assertThat(PhoneNumber.parse("0151 23456789", "DE"))
        .contains(new PhoneNumber("+4915123456789", "DE"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "+",
        "+49",
        "+999123456789",
        "+49 30 901820",
        "+49 900 1234567",
        "+1 800 253 0000",
        "+1 900 234 5678",
        "+44 845 46 46",
        "+4915123456789 ext. 7",
        "+4915123456789;phone-context=x",
        "+49151CALLMENOW",
        "+4915123456789\n",
        "\uff0b4915123456789",
        "+49151234567890123456789012345",
        "tel:+4915123456789"
      })
  void whatTakesNoMessagesIsNoNumber(String text) {
    assertThat(PhoneNumber.parse(text)).isEmpty();
  }

  @Test
  void aNumberNeverPrints() {
    assertThat(PhoneNumber.parse("+4915123456789").orElseThrow().toString())
        .contains("DE")
        .doesNotContain("151");
  }
}
