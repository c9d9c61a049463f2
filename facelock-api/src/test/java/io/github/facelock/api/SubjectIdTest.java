package io.github.facelock.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.text.Normalizer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectIdTest {

  @Test
  void composedAndDecomposedSpellingsAreOneSubject() {
    SubjectId composed = SubjectId.of("Zo\u00eb");
    SubjectId decomposed = SubjectId.of("Zoe\u0308");

    assertThat(decomposed).isEqualTo(composed).hasSameHashCodeAs(composed);
    assertThat(decomposed.value()).isEqualTo("Zo\u00eb");
    assertThat(decomposed).hasToString("Zo\u00eb");
  }

  @Test
  void caseAndCompatibilityFormsMatter() {
    assertThat(SubjectId.of("alice")).isNotEqualTo(SubjectId.of("Alice"));
    assertThat(SubjectId.of("\ufb01")).isNotEqualTo(SubjectId.of("fi"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alice\u202ebob", // right-to-left override
        "alice\u202a", // left-to-right embedding
        "\u2066alice\u2069", // isolates
        "alice\u200f", // right-to-left mark
        "ali\u200bce", // zero-width space
        "ali\u200dce", // zero-width joiner
        "ali\u00adce", // soft hyphen
        "\ufeffalice", // byte order mark
        "alice\n",
        "al\rice",
        "al\tice",
        "al\0ice",
        "al\u0085ice",
        "al\u2028ice",
        "al\u2029ice",
        "al\ud800ice", // unpaired surrogate
        "alice\udc00"
      })
  void whatCannotBeSeenIsRefused(String value) {
    assertThatIllegalArgumentException().isThrownBy(() -> SubjectId.of(value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " alice",
        "alice ",
        " ",
        "\u00a0alice",
        "alice\u00a0",
        "alice\u202f",
        "\u2007alice",
        "alice\u3000",
        "\u2003alice",
        "alice\u1680"
      })
  void outerSpacesOfEveryKindAreRefused(String value) {
    assertThatIllegalArgumentException().isThrownBy(() -> SubjectId.of(value));
  }

  @Test
  void innerSpacesAreKept() {
    assertThat(SubjectId.of("Alice B. Example").value()).isEqualTo("Alice B. Example");
  }

  @Test
  void theLengthIsBounded() {
    assertThatIllegalArgumentException().isThrownBy(() -> SubjectId.of(""));
    assertThat(SubjectId.of("x".repeat(128)).value()).hasSize(128);
    assertThatIllegalArgumentException().isThrownBy(() -> SubjectId.of("x".repeat(129)));
    assertThatIllegalArgumentException().isThrownBy(() -> SubjectId.of("e\u0308".repeat(65)));
    // U+FB2C is excluded from composition and grows to three characters.
    assertThatIllegalArgumentException().isThrownBy(() -> SubjectId.of("\ufb2c".repeat(43)));
  }

  @Test
  void nullIsRefused() {
    assertThatNullPointerException().isThrownBy(() -> SubjectId.of(null));
  }

  @Test
  void anyTextIsRefusedOrNormalisedOnceAndForAll() {
    long seed = 42;
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(12);
      for (int i = 0; i < length; i++) {
        text.appendCodePoint(
            random.nextBoolean() ? random.nextInt(0x250) : random.nextInt(0x110000));
      }
      SubjectId id;
      try {
        id = SubjectId.of(text.toString());
      } catch (IllegalArgumentException refused) {
        continue;
      }
      assertThat(Normalizer.isNormalized(id.value(), Normalizer.Form.NFC))
          .as("seed %d round %d", seed, round)
          .isTrue();
      assertThat(SubjectId.of(id.value())).as("seed %d round %d", seed, round).isEqualTo(id);
    }
  }
}
