package io.github.facelock.benchmarks.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProportionTest {

  @Test
  void wilsonsIntervalByHand() {
    // 10 of 100: centre (10 + 1.9207) / 103.8415 = .11480,
    // reach 1.96 / 103.8415 × √(9 + .96036) = .05957.
    Proportion tenth = new Proportion(10, 100);

    assertThat(tenth.value()).isEqualTo(0.1);
    assertThat(tenth.lower95()).isCloseTo(0.05523, within(1e-4));
    assertThat(tenth.upper95()).isCloseTo(0.17437, within(1e-4));
  }

  @Test
  void noErrorAmongThreeHundredIsUpToOnePercent() {
    assertThat(new Proportion(0, 300).lower95()).isZero();
    assertThat(new Proportion(0, 300).upper95()).isEqualTo(0.01);
  }

  @Test
  void nothingSaysNothing() {
    Proportion nothing = new Proportion(0, 0);

    assertThat(nothing.value()).isNaN();
    assertThat(nothing.lower95()).isZero();
    assertThat(nothing.upper95()).isEqualTo(1);
  }

  @Test
  void theIntervalHoldsTheValueAndStaysInRange() {
    for (int of = 1; of < 60; of++) {
      for (int count = 0; count <= of; count++) {
        Proportion p = new Proportion(count, of);
        assertThat(p.lower95()).isBetween(0.0, p.value());
        assertThat(p.upper95()).isBetween(p.value(), 1.0);
      }
    }
  }

  @Test
  void moreThanAllIsRefused() {
    assertThatThrownBy(() -> new Proportion(3, 2)).isInstanceOf(IllegalArgumentException.class);
  }
}
