package io.github.facelock.benchmarks.pad;

import io.github.facelock.benchmarks.accuracy.UnusableInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder of presentations: {@code live} for those of people, {@code attack/SPECIES} for each kind
 * of attack. In them a picture file is one presentation, and so is a video file or a folder of
 * frames.
 */
final class PadFolder {

  private static final Set<String> PICTURES = Set.of("jpg", "jpeg", "png", "pgm", "ppm", "pnm");
  private static final Set<String> VIDEOS = Set.of("mp4", "mkv", "avi", "mov", "webm", "mjpeg");

  private PadFolder() {}

  /** All presentations, each with where it lies, sorted by path. */
  static Map<PadSample, Path> list(Path root) {
    Path live = root.resolve("live");
    Path attack = root.resolve("attack");
    if (!Files.isDirectory(live) && !Files.isDirectory(attack)) {
      throw new UnusableInput(
          "There is neither " + live + " nor " + attack + "; DIR holds live and attack/SPECIES.");
    }
    Map<PadSample, Path> samples = new LinkedHashMap<>();
    try {
      add(live, "live", Optional.empty(), samples);
      for (Path species : children(attack)) {
        if (Files.isDirectory(species)) {
          String name = name(species);
          add(species, "attack/" + name, Optional.of(name), samples);
        }
      }
    } catch (IOException e) {
      throw new UnusableInput("The folder " + root + " cannot be read: " + e + ".", e);
    }
    if (samples.isEmpty()) {
      throw new UnusableInput("There are no pictures and no clips in " + root + ".");
    }
    return samples;
  }

  private static void add(
      Path folder, String path, Optional<String> species, Map<PadSample, Path> into)
      throws IOException {
    for (Path child : children(folder)) {
      boolean clip = Files.isDirectory(child) || VIDEOS.contains(ending(child));
      if (clip || PICTURES.contains(ending(child))) {
        into.put(new PadSample(path + "/" + name(child), species, clip), child);
      }
    }
  }

  /** The frames of a clip's folder, in the order of their names. */
  static List<Path> frames(Path folder) throws IOException {
    List<Path> frames = new ArrayList<>(children(folder));
    frames.removeIf(file -> !PICTURES.contains(ending(file)));
    return frames;
  }

  private static List<Path> children(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.sorted(Comparator.comparing(PadFolder::name)).toList();
    }
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  private static String ending(Path path) {
    String name = name(path);
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}
