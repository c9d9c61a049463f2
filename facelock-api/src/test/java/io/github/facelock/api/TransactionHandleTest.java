package io.github.facelock.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Base64;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TransactionHandleTest {

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  @Test
  void aHandleOf256BitsComesBack() {
    SplittableRandom random = new SplittableRandom(1);
    byte[] bits = new byte[TransactionHandle.BITS / 8];
    for (int i = 0; i < 1000; i++) {
      random.nextBytes(bits);
      String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
      TransactionHandle handle = TransactionHandle.parse(text);

      assertThat(handle.value()).isEqualTo(text);
      assertThat(handle)
          .isEqualTo(TransactionHandle.parse(text))
          .hasSameHashCodeAs(TransactionHandle.parse(text))
          .hasToString("TransactionHandle[redacted]");
    }
  }

  @Test
  void handlesThatDifferAreNotEqual() {
    TransactionHandle handle = TransactionHandle.parse("a".repeat(43));

    assertThat(handle).isNotEqualTo(TransactionHandle.parse("a".repeat(42) + "b"));
    assertThat(handle).isNotEqualTo(TransactionHandle.parse("A".repeat(43)));
    assertThat(handle.equals((Object) "a".repeat(43))).isFalse();
  }

  @Test
  void anyOtherTextIsRefusedWithoutBeingRepeated() {
    long seed = 99;
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(4) == 0 ? 43 : random.nextInt(90);
      boolean mostlyRight = random.nextBoolean();
      for (int i = 0; i < length; i++) {
        if (mostlyRight && random.nextInt(43) != 0) {
          text.append(ALPHABET.charAt(random.nextInt(64)));
        } else {
          text.appendCodePoint(random.nextInt(random.nextBoolean() ? 0x80 : 0x110000));
        }
      }
      String candidate = text.toString();
      try {
        assertThat(TransactionHandle.parse(candidate).value()).hasSize(43).isEqualTo(candidate);
        assertThat(candidate.chars()).allMatch(c -> ALPHABET.indexOf(c) >= 0);
      } catch (IllegalArgumentException refused) {
        if (candidate.length() > 8) {
          assertThat(refused.getMessage())
              .as("seed %d round %d", seed, round)
              .doesNotContain(candidate);
        }
        assertThat(refused).hasNoCause();
      }
    }
  }

  @Test
  void lineEndsPaddingAndOtherAlphabetsAreRefused() {
    for (String text :
        new String[] {
          "",
          "a".repeat(42),
          "a".repeat(44),
          "a".repeat(43) + "\n",
          "a".repeat(43) + "=",
          "\n" + "a".repeat(42),
          "a".repeat(42) + "+",
          "a".repeat(42) + "/",
          "\uff21".repeat(43)
        }) {
      assertThatIllegalArgumentException().isThrownBy(() -> TransactionHandle.parse(text));
    }
  }
}
