package io.github.facelock.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FactorTypeTest {

  @Test
  void anExtensionsTypeIsEqualById() {
    FactorType badge = FactorType.of("badge", FactorKind.POSSESSION, "hwk");

    assertThat(badge).isEqualTo(FactorType.of("badge", FactorKind.POSSESSION, "hwk"));
    assertThat(badge).hasToString("badge");
    assertThat(badge.amr()).isEqualTo("hwk");
    assertThat(badge).isNotEqualTo(FactorType.PIN);
  }

  @Test
  void aBuiltInTypeCannotBeRedefined() {
    assertThat(FactorType.of("face", FactorKind.INHERENCE, "face")).isSameAs(FactorType.FACE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FactorType.of("face", FactorKind.POSSESSION, "otp"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FactorType.of("totp", FactorKind.POSSESSION, "hwk"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Face", "1st", "-a", "a b", "a_b", "\u00e4", "a\n"})
  void malformedIdsAreRefused(String id) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FactorType.of(id, FactorKind.POSSESSION, "otp"));
  }

  @Test
  void lengthsAreBoundedAndNullIsRefused() {
    assertThat(FactorType.of("a".repeat(32), FactorKind.POSSESSION, "b".repeat(16)).id())
        .hasSize(32);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FactorType.of("a".repeat(33), FactorKind.POSSESSION, "otp"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FactorType.of("a", FactorKind.POSSESSION, "b".repeat(17)));
    assertThatNullPointerException().isThrownBy(() -> FactorType.of("a", null, "otp"));
  }
}
