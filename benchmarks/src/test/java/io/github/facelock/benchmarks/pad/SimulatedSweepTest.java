package io.github.facelock.benchmarks.pad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.facelock.api.face.Picture;
import io.github.facelock.api.policy.LivenessMode;
import io.github.facelock.test.simulation.Portrait;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A small part of the sweep whose results are published, with the bundled models: the demo
 * photographs' people, and some of a folder of faces where there is one.
 */
class SimulatedSweepTest {

  private static PadStages stages;

  @BeforeAll
  static void open() {
    stages = new BundledPadStages();
  }

  @AfterAll
  static void close() {
    stages.close();
  }

  @Test
  void somePeopleOfTheDemoPhotographsPassAndNoneOfTheirPhotographs() throws IOException {
    Map<String, Portrait> people = new TreeMap<>();
    for (String name : List.of("sample3.jpg", "sample5.jpg", "sample6.jpg")) {
      sitter(name).ifPresent(sitter -> people.put(name, sitter.portrait()));
    }
    assertThat(people).hasSizeGreaterThanOrEqualTo(2);
    PadEvaluation evaluation =
        new PadEvaluation(
            new SimulatedSweep(stages, people, false, 3)
                .run(
                    List.of(Species.LIVE, Species.PRINT_FLAT, Species.SCREEN_FLAT),
                    List.of(LivenessMode.ACTIVE),
                    1,
                    (mode, result) -> {})
                .get(LivenessMode.ACTIVE));
    String report = PadReport.text("demo people", evaluation);
    // Three photographs of parties, none of them frontal: no place to measure how many pass.
    assertThat(accepted(evaluation)).as(report).isPositive();
    assertThat(evaluation.species())
        .as(report)
        .hasSize(2)
        .allSatisfy(species -> assertThat(species.apcer().count()).isZero());
  }

  @Test
  void flatPrintsOfLabelledFacesDoNotPass() throws IOException {
    Path faces = Path.of(System.getProperty("facelock.faces.dir", "faces"));
    boolean there = Files.isDirectory(faces);
    assumeTrue(there, "facelock.faces.dir names a folder of labelled faces");
    try (PadRun run = PadRun.into(stages, Optional.empty())) {
      PadEvaluation evaluation =
          run.simulated(
                  faces,
                  List.of(LivenessMode.ACTIVE),
                  new PadRun.Plan(List.of("live", "print-flat"), 4, 1, 1, 1, false, 5))
              .get(LivenessMode.ACTIVE);
      String report = PadReport.text("labelled faces", evaluation);
      assertThat(evaluation.species().get(0).apcer().count()).as(report).isZero();
      assertThat(accepted(evaluation)).as(report).isGreaterThanOrEqualTo(2);
    }
  }

  private static long accepted(PadEvaluation evaluation) {
    long all = evaluation.bpcer().of();
    return all - evaluation.bpcer().count() - evaluation.bonaFideNonResponse().count();
  }

  @Test
  void theSameSeedDrawsTheSameChallenges() {
    for (int seed = 0; seed < 50; seed++) {
      assertThat(Challenges.draw(new SplittableRandom(seed), true))
          .isEqualTo(Challenges.draw(new SplittableRandom(seed), true));
    }
  }

  private static Optional<Sitter> sitter(String photograph) throws IOException {
    try (InputStream in =
        SimulatedSweepTest.class.getResourceAsStream("/photographs/" + photograph)) {
      Optional<Picture> picture = stages.decode(in.readAllBytes());
      return picture.flatMap(stages::sitter).filter(sitter -> sitter.turned() < 20);
    }
  }
}
