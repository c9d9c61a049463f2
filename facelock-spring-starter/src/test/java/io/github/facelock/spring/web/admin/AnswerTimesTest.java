package io.github.facelock.spring.web.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnswerTimesTest {

  @Test
  void ranksAreBoundsOfIntervals() {
    AnswerTimes times = new AnswerTimes();
    assertThat(times.times()).isEmpty();
    for (int i = 1; i <= 100; i++) {
      times.record("POST /advance", i);
    }
    times.record("GET /login", 60_000);

    AnswerTimes.Times page = times.times().get(0);
    assertThat(page.endpoint()).isEqualTo("GET /login");
    assertThat(page.medianMillis()).isEqualTo(20_000);
    AnswerTimes.Times advance = times.times().get(1);
    assertThat(advance.count()).isEqualTo(100);
    assertThat(advance.medianMillis()).isEqualTo(50);
    assertThat(advance.p95Millis()).isEqualTo(100);
    assertThat(advance.intervals().stream().mapToLong(AnswerTimes.Interval::count).sum())
        .isEqualTo(100);
    assertThat(advance.intervals().get(0)).isEqualTo(new AnswerTimes.Interval(1, 1));
  }
}
