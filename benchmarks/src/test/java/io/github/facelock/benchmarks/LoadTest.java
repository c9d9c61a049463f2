package io.github.facelock.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadTest {

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) {
    return Load.run(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        arguments);
  }

  /** Small, on a file of its own: that it measures at all, and that its figures hang together. */
  @Test
  void everyPartIsMeasuredOnAFile() throws IOException {
    Path json = folder.resolve("figures.json");
    Path markdown = folder.resolve("figures.md");

    int end =
        run(
            "--seconds=0",
            "--threads=2",
            "--people=2",
            "--references=1500",
            "--json=" + json,
            "--markdown=" + markdown);

    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(end).isZero();
    assertThat(Files.readString(markdown))
        .isEqualTo(out.toString(StandardCharsets.UTF_8))
        .contains("## H2")
        .contains("| logins, PIN + TOTP |")
        .contains("| logins, PIN + face |")
        .contains("| attempts |")
        .contains("1,500 references");
    assertThat(Files.readString(json))
        .contains("\"references\": 1500")
        // All but the one that the look moved.
        .containsPattern("\"subjects rotated\": \\{\\s*\"count\": 15\\d\\d,");
  }

  @Test
  void anAddressThatNothingServesIsAFault() {
    assertThat(run("--url=jdbc:nothing:here")).isNotZero();
    assertThat(err.toString(StandardCharsets.UTF_8)).isNotEmpty();
  }
}
