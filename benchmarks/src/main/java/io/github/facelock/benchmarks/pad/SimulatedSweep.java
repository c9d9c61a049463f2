package io.github.facelock.benchmarks.pad;

import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.LivenessChallenge;
import io.github.facelock.api.face.LivenessVerdict;
import io.github.facelock.api.policy.LivenessMode;
import io.github.facelock.test.simulation.Portrait;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Presents simulated people and attacks to the judge: of every person every species, each time with
 * a challenge of its own. Seeded; a presentation depends on its person, species, number and the
 * seed only, so a part of a sweep gives the same results as the whole.
 */
final class SimulatedSweep {

  private final PadStages stages;
  private final List<Map.Entry<String, Portrait>> people;
  private final boolean colours;
  private final long seed;

  /**
   * Prepares a sweep.
   *
   * @param stages what is measured
   * @param people at least two, by name
   * @param colours whether the challenges show colours
   * @param seed where chance begins
   */
  SimulatedSweep(PadStages stages, Map<String, Portrait> people, boolean colours, long seed) {
    this.stages = stages;
    this.people = new ArrayList<>(people.entrySet());
    this.colours = colours;
    this.seed = seed;
  }

  /**
   * Presents.
   *
   * @param species which kinds
   * @param mode how strictly they are judged
   * @param tries of each kind with each person
   * @param done is told each result
   */
  List<PadResult> run(
      List<Species> species, LivenessMode mode, int tries, Consumer<PadResult> done) {
    List<PadResult> results = new ArrayList<>();
    for (int number = 0; number < tries; number++) {
      for (int person = 0; person < people.size(); person++) {
        for (Species kind : species) {
          PadResult result = present(kind, mode, person, number);
          results.add(result);
          done.accept(result);
        }
      }
    }
    return results;
  }

  private PadResult present(Species kind, LivenessMode mode, int person, int number) {
    SplittableRandom random =
        new SplittableRandom(
            seed * 1_000_003 + person * 10_007L + number * 101L + kind.code().hashCode());
    LivenessChallenge challenge = Challenges.draw(random, colours);
    int other = (person + 1 + random.nextInt(people.size() - 1)) % people.size();
    Capture clip =
        kind.film(people.get(person).getValue(), people.get(other).getValue(), challenge, random);
    LivenessVerdict verdict = stages.clip(clip, challenge, mode);
    String name = people.get(person).getKey() + " " + challenge.actions() + " " + number;
    Optional<String> attack = kind == Species.LIVE ? Optional.empty() : Optional.of(kind.code());
    return PadResult.of(new PadSample(name, attack, true), verdict);
  }
}
