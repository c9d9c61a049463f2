package io.github.facelock.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class QuickstartTest {

  @Test
  void everyLoginGoesAsItShould() {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    int surprises = Quickstart.run(new PrintStream(shown, true, StandardCharsets.UTF_8));
    String text = shown.toString(StandardCharsets.UTF_8);

    assertThat(surprises).as(text).isZero();
    assertThat(text.lines().filter(line -> line.contains(" granted "))).hasSize(2);
    assertThat(text.lines().filter(line -> line.startsWith("  login "))).hasSize(14);
    assertThat(text).doesNotContain("EXPECTED");
  }
}
