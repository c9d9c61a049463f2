package io.github.facelock.benchmarks.accuracy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder that holds one folder of pictures for each person.
 *
 * @param root where it is
 * @param samples the people's pictures, sorted by path
 * @param noFaces pictures without a face, from the folder {@value #NO_FACES}
 * @param skipped folders that are no people, as far as they exist
 */
public record FaceFolder(
    Path root, List<Sample> samples, List<Sample> noFaces, List<String> skipped) {

  /** The folder of pictures without a face. */
  public static final String NO_FACES = "nofaces";

  private static final Set<String> FORMATS = Set.of("jpg", "jpeg", "png", "pgm", "ppm", "pnm");

  /** Copies the lists. */
  public FaceFolder {
    samples = List.copyOf(samples);
    noFaces = List.copyOf(noFaces);
    skipped = List.copyOf(skipped);
  }

  /**
   * Lists a folder. Files that are no pictures by their names are left out.
   *
   * @param root the folder
   * @param skip names of folders that are no people
   * @return what it holds
   * @throws UnusableInput if there is no such folder or it cannot be read
   */
  public static FaceFolder list(Path root, Set<String> skip) {
    if (!Files.isDirectory(root)) {
      throw new UnusableInput(
          "There is no folder " + root + "; name one that holds a folder of pictures per person.");
    }
    List<Sample> samples = new ArrayList<>();
    List<Sample> noFaces = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    try {
      for (Path folder : children(root)) {
        String name = name(folder);
        if (!Files.isDirectory(folder)) {
          continue;
        }
        if (skip.contains(name)) {
          skipped.add(name);
          continue;
        }
        List<Sample> into = name.equals(NO_FACES) ? noFaces : samples;
        for (Path file : children(folder)) {
          if (isPicture(name(file)) && Files.isRegularFile(file)) {
            into.add(new Sample(name + "/" + name(file), name));
          }
        }
      }
    } catch (IOException e) {
      throw new UnusableInput("The folder " + root + " cannot be read: " + e + ".", e);
    }
    return new FaceFolder(root, samples, noFaces, skipped);
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.sorted(Comparator.comparing(FaceFolder::name)).toList();
    }
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  private static boolean isPicture(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 && FORMATS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  /**
   * Groups the pictures.
   *
   * @return each person's number of pictures, sorted by name
   */
  public Map<String, Integer> people() {
    Map<String, Integer> people = new LinkedHashMap<>();
    samples.forEach(sample -> people.merge(sample.person(), 1, Integer::sum));
    return people;
  }
}
