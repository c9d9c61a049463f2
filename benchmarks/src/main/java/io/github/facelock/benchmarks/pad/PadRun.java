package io.github.facelock.benchmarks.pad;

import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.face.LivenessChallenge;
import io.github.facelock.api.face.Picture;
import io.github.facelock.api.policy.LivenessMode;
import io.github.facelock.benchmarks.accuracy.FaceFolder;
import io.github.facelock.benchmarks.accuracy.Sample;
import io.github.facelock.benchmarks.accuracy.UnusableInput;
import io.github.facelock.test.simulation.Portrait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Presents what was recorded, or simulated, and keeps a line for each presentation. */
public final class PadRun implements AutoCloseable {

  private static final Set<String> NO_PEOPLE = Set.of("spoof", "multiface");

  private final PadStages stages;
  private final Writer lines;

  private PadRun(PadStages stages, Writer lines) {
    this.stages = stages;
    this.lines = lines;
  }

  /**
   * Begins.
   *
   * @param stages what is measured
   * @param progress receives a line for each presentation at once; may be absent
   * @return the run
   * @throws IOException if the file cannot be written
   */
  public static PadRun into(PadStages stages, Optional<Path> progress) throws IOException {
    return new PadRun(
        stages,
        progress.isPresent() ? Files.newBufferedWriter(progress.get()) : Writer.nullWriter());
  }

  /**
   * Judges what lies in a folder.
   *
   * @param folder holds live and attack/SPECIES
   * @param mode how strictly
   * @param actions challenges for clips that do not name theirs, codes joined by commas
   * @return the figures
   */
  public PadEvaluation recorded(Path folder, LivenessMode mode, List<String> actions) {
    List<LivenessChallenge> usual = actions.stream().map(Challenges::ofActions).toList();
    List<PadResult> results = new ArrayList<>();
    PadFolder.list(folder)
        .forEach((sample, path) -> results.add(told(recorded(sample, path, mode, usual), mode)));
    return new PadEvaluation(results);
  }

  private PadResult recorded(
      PadSample sample, Path path, LivenessMode mode, List<LivenessChallenge> usual) {
    try {
      if (!sample.clip()) {
        Optional<Picture> picture = stages.decode(Files.readAllBytes(path));
        return picture
            .map(p -> Capture.of(List.of(CapturedFrame.decoded(Duration.ZERO, p))))
            .map(capture -> PadResult.of(sample, stages.picture(capture)))
            .orElseGet(() -> PadResult.unreadable(sample, "unreadable-picture"));
      }
      Capture clip = ClipFile.read(path);
      List<LivenessChallenge> challenges = ClipFile.challenge(path).map(List::of).orElse(usual);
      Optional<PadResult> best = Optional.empty();
      for (LivenessChallenge challenge : challenges) {
        PadResult result = PadResult.of(sample, stages.clip(clip, challenge, mode));
        boolean accepted = result.response() == PadResult.Response.BONA_FIDE;
        if (best.isEmpty() || accepted) {
          best = Optional.of(result);
        }
        if (accepted) {
          break;
        }
      }
      return best.orElseThrow(
          () -> new UnusableInput("--actions needs at least one challenge, as turn-left,look-up."));
    } catch (IOException e) {
      throw new UnusableInput(path + " cannot be read: " + e + ".", e);
    }
  }

  /**
   * What is simulated.
   *
   * @param species kinds of presentations; all if empty
   * @param people at most so many, evenly picked
   * @param part which part of these people, counted from 1
   * @param parts how many parts there are; thresholds are chosen on one, reported on another
   * @param tries of each kind with each person
   * @param movements in each challenge, 2 or 3
   * @param colours whether the challenges show colours
   * @param seed where chance begins
   */
  public record Plan(
      List<String> species,
      int people,
      int part,
      int parts,
      int tries,
      int movements,
      boolean colours,
      long seed) {

    /** Copies the list. */
    public Plan {
      species = List.copyOf(species);
    }
  }

  /**
   * Renders clips and judges them.
   *
   * @param faces one folder of photographs for each person
   * @param modes how strictly, the more lenient first
   * @param plan what is shown
   * @return the figures by mode
   */
  public Map<LivenessMode, PadEvaluation> simulated(
      Path faces, List<LivenessMode> modes, Plan plan) {
    Map<String, Portrait> people = people(faces, plan);
    if (people.size() < 2) {
      throw new UnusableInput(
          "Simulated attacks need two people with a frontal photograph in " + faces + ".");
    }
    SimulatedSweep sweep =
        new SimulatedSweep(stages, people, plan.movements(), plan.colours(), plan.seed());
    Map<LivenessMode, PadEvaluation> evaluations = new LinkedHashMap<>();
    sweep
        .run(species(plan.species()), modes, plan.tries(), (mode, result) -> told(result, mode))
        .forEach((mode, results) -> evaluations.put(mode, new PadEvaluation(results)));
    return evaluations;
  }

  private static List<Species> species(List<String> names) {
    if (names.isEmpty()) {
      return List.of(Species.values());
    }
    return names.stream()
        .map(
            name ->
                Arrays.stream(Species.values())
                    .filter(s -> s.code().equals(name.strip()))
                    .findFirst()
                    .orElseThrow(
                        () -> new UnusableInput("There is no simulated species " + name + ".")))
        .toList();
  }

  /** The most frontal photograph of each person. */
  private Map<String, Portrait> people(Path faces, Plan plan) {
    FaceFolder listed = FaceFolder.list(faces, NO_PEOPLE);
    List<String> names = new ArrayList<>(listed.people().keySet());
    Map<String, Portrait> people = new LinkedHashMap<>();
    int count = Math.min(plan.people(), names.size());
    for (int i = plan.part() - 1; i < count; i += plan.parts()) {
      String name = names.get(i * names.size() / count);
      Optional<Sitter> best = Optional.empty();
      for (Sample sample : listed.samples()) {
        if (sample.person().equals(name)) {
          Optional<Sitter> found = sitter(faces.resolve(sample.path()));
          if (found.isPresent() && (best.isEmpty() || found.get().turned() < best.get().turned())) {
            best = found;
          }
        }
      }
      best.ifPresent(sitter -> people.put(name, sitter.portrait()));
    }
    return people;
  }

  private Optional<Sitter> sitter(Path photograph) {
    try {
      return stages.decode(Files.readAllBytes(photograph)).flatMap(stages::sitter);
    } catch (IOException e) {
      throw new UnusableInput(photograph + " cannot be read: " + e + ".", e);
    }
  }

  private PadResult told(PadResult result, LivenessMode mode) {
    try {
      lines.write(
          String.join(
                  "\t",
                  mode.name(),
                  result.sample().species().orElse("live"),
                  result.sample().name(),
                  result.response().name(),
                  result.detail(),
                  result.signals().toString())
              + "\n");
      lines.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return result;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
