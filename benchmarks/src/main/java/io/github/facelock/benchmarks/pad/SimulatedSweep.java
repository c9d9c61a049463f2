package io.github.facelock.benchmarks.pad;

import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.LivenessChallenge;
import io.github.facelock.api.policy.LivenessMode;
import io.github.facelock.test.simulation.Portrait;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;

/**
 * Presents simulated people and attacks to the judge: of every person every species, each time with
 * a challenge of its own. Seeded; a presentation depends on its person, species, number and the
 * seed only, so a part of a sweep gives the same results as the whole.
 */
final class SimulatedSweep {

  private final PadStages stages;
  private final List<Map.Entry<String, Portrait>> people;
  private final int movements;
  private final boolean colours;
  private final long seed;

  /**
   * Prepares a sweep.
   *
   * @param stages what is measured
   * @param people at least two, by name
   * @param movements in each challenge, 2 or 3
   * @param colours whether the challenges show colours
   * @param seed where chance begins
   */
  SimulatedSweep(
      PadStages stages, Map<String, Portrait> people, int movements, boolean colours, long seed) {
    this.stages = stages;
    this.people = new ArrayList<>(people.entrySet());
    this.movements = movements;
    this.colours = colours;
    this.seed = seed;
  }

  /**
   * Presents. A clip is rendered once and judged in each mode; a stricter mode only adds vetoes, so
   * what one mode does not accept is not shown to the next: it keeps its result.
   *
   * @param species which kinds
   * @param modes how strictly they are judged, the more lenient first
   * @param tries of each kind with each person
   * @param done is told each result
   * @return the results by mode, in the order of the modes
   */
  Map<LivenessMode, List<PadResult>> run(
      List<Species> species,
      List<LivenessMode> modes,
      int tries,
      BiConsumer<LivenessMode, PadResult> done) {
    Map<LivenessMode, List<PadResult>> results = new LinkedHashMap<>();
    for (int number = 0; number < tries; number++) {
      for (int person = 0; person < people.size(); person++) {
        for (Species kind : species) {
          present(kind, modes, person, number)
              .forEach(
                  (mode, result) -> {
                    results.computeIfAbsent(mode, m -> new ArrayList<>()).add(result);
                    done.accept(mode, result);
                  });
        }
      }
    }
    return results;
  }

  private Map<LivenessMode, PadResult> present(
      Species kind, List<LivenessMode> modes, int person, int number) {
    String key = people.get(person).getKey();
    // By name, so that a part of the people gives what it gives among all.
    SplittableRandom random =
        new SplittableRandom(
            seed * 1_000_003 + key.hashCode() * 10_007L + number * 101L + kind.code().hashCode());
    LivenessChallenge challenge = Challenges.draw(random, movements, colours);
    int other = (person + 1 + random.nextInt(people.size() - 1)) % people.size();
    Capture clip =
        kind.film(people.get(person).getValue(), people.get(other).getValue(), challenge, random);
    Optional<String> attack = kind == Species.LIVE ? Optional.empty() : Optional.of(kind.code());
    PadSample sample = new PadSample(key + " " + challenge.actions() + " " + number, attack, true);
    Map<LivenessMode, PadResult> results = new LinkedHashMap<>();
    Optional<PadResult> last = Optional.empty();
    for (LivenessMode mode : modes) {
      if (last.isEmpty() || last.get().response() == PadResult.Response.BONA_FIDE) {
        last = Optional.of(PadResult.of(sample, stages.clip(clip, challenge, mode)));
      }
      results.put(mode, last.get());
    }
    return results;
  }
}
