package io.github.facelock.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.facelock.benchmarks.accuracy.BundledStages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bundled models on labelled faces, where such a folder is at hand. */
class AccuracyTest {

  private static final Pattern FAR_1E3 =
      Pattern.compile("\"far\": 0\\.001,\\s*\"tar\": \\{\\s*\"value\": ([0-9.E-]+)");

  @TempDir Path results;

  @Test
  void ninetyEightOfAHundredPeopleAreRecognisedAtOneFalseAcceptInAThousand() throws IOException {
    Path faces = Path.of(System.getProperty("facelock.faces.dir", "faces"));
    boolean there = Files.isDirectory(faces);
    if (!there) {
      System.out.println(
          "Accuracy is not measured: there is no folder of labelled faces. Set"
              + " -Dfacelock.faces.dir=DIR to one.");
    }
    assumeTrue(there, "facelock.faces.dir names a folder of labelled faces");
    Path json = results.resolve("figures.json");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);

    int code =
        Evaluate.run(
            new Evaluate(BundledStages::new, print, print, Clock.systemUTC()),
            faces.toString(),
            "--json",
            json.toString());

    String report = out.toString(StandardCharsets.UTF_8);
    assertThat(code).as(report).isZero();
    // The first match is that of all comparisons; those of the sources follow.
    Matcher rate = FAR_1E3.matcher(Files.readString(json));
    assertThat(rate.find()).as(report).isTrue();
    assertThat(Double.parseDouble(rate.group(1))).as(report).isGreaterThanOrEqualTo(0.98);
    List<String> failures =
        report.lines().map(String::strip).filter(l -> l.endsWith(": no face found")).toList();
    // The grey pictures of ORL are 92 pixels wide; all others are in colour.
    assertThat(failures).as(report).allMatch(failure -> failure.startsWith("orl_"));
    assertThat(report).doesNotContain("unreadable picture", "cannot be read");
  }
}
