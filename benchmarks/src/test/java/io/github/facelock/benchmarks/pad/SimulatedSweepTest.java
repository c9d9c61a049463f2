package io.github.facelock.benchmarks.pad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.facelock.api.face.LivenessAction;
import io.github.facelock.api.face.LivenessChallenge;
import io.github.facelock.api.face.Picture;
import io.github.facelock.api.policy.LivenessMode;
import io.github.facelock.test.simulation.Portrait;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
            new SimulatedSweep(stages, people, 2, false, 3)
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

  /**
   * Four people, every sheet once, in both modes: what the published figures say of them all. With
   * so few the bounds are counts; the rates of a whole sweep are in the results.
   */
  @Test
  void labelledPeoplePassAndTheirFlatAndBentPrintsDoNot() throws IOException {
    Path faces = Path.of(System.getProperty("facelock.faces.dir", "faces"));
    boolean there = Files.isDirectory(faces);
    assumeTrue(there, "facelock.faces.dir names a folder of labelled faces");
    List<String> species = List.of("live", "print-flat", "screen-flat", "print-bent-90");
    try (PadRun run = PadRun.into(stages, Optional.empty())) {
      Map<LivenessMode, PadEvaluation> byMode =
          run.simulated(
              faces,
              List.of(LivenessMode.ACTIVE, LivenessMode.ACTIVE_STRICT),
              new PadRun.Plan(species, 4, 1, 1, 1, 2, false, 5));
      PadEvaluation active = byMode.get(LivenessMode.ACTIVE);
      PadEvaluation strict = byMode.get(LivenessMode.ACTIVE_STRICT);
      String report = PadReport.text("active", active) + PadReport.text("strict", strict);
      assertThat(got(active, "print-flat")).as(report).isZero();
      assertThat(got(active, "screen-flat")).as(report).isZero();
      assertThat(strict.species())
          .as(report)
          .hasSize(3)
          .allSatisfy(each -> assertThat(each.apcer().count()).isZero());
      // None is taken for an attack, and three of four are in at the first try.
      assertThat(active.bpcer().count()).as(report).isZero();
      assertThat(strict.bpcer().count()).as(report).isZero();
      assertThat(accepted(strict)).as(report).isGreaterThanOrEqualTo(3);
      // A clip is the same in both modes, so strict mode can only let in less.
      assertThat(accepted(strict)).as(report).isLessThanOrEqualTo(accepted(active));
    }
  }

  private static long got(PadEvaluation evaluation, String species) {
    return evaluation.species().stream()
        .filter(each -> each.name().equals(species))
        .mapToLong(each -> each.apcer().count())
        .findFirst()
        .orElseThrow();
  }

  private static long accepted(PadEvaluation evaluation) {
    long all = evaluation.bpcer().of();
    return all - evaluation.bpcer().count() - evaluation.bonaFideNonResponse().count();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void challengesAreThoseOfStrictLogins(int movements) {
    Set<List<LivenessAction>> orders = new HashSet<>();
    for (int seed = 0; seed < 2000; seed++) {
      LivenessChallenge drawn = Challenges.draw(new SplittableRandom(seed), movements, true);
      assertThat(Challenges.draw(new SplittableRandom(seed), movements, true)).isEqualTo(drawn);
      List<LivenessAction> asked = drawn.deliberateActions();
      assertThat(asked)
          .hasSize(movements)
          .containsAnyOf(LivenessAction.TURN_LEFT, LivenessAction.TURN_RIGHT);
      for (int i = 1; i < movements; i++) {
        assertThat(asked.get(i)).isNotEqualTo(asked.get(i - 1));
      }
      orders.add(asked);
    }
    // Of 20 orders of two movements 6 have no turn, of 80 orders of three 12.
    assertThat(orders).hasSize(movements == 2 ? 14 : 68);
  }

  private static Optional<Sitter> sitter(String photograph) throws IOException {
    try (InputStream in =
        SimulatedSweepTest.class.getResourceAsStream("/photographs/" + photograph)) {
      Optional<Picture> picture = stages.decode(in.readAllBytes());
      return picture.flatMap(stages::sitter).filter(sitter -> sitter.turned() < 20);
    }
  }
}
