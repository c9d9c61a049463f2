package io.github.facelock.benchmarks.accuracy;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A list of comparisons: lines {@code image1 TAB image2 TAB 1|0}, 1 for one person, 0 for two;
 * paths relative to the folder. Empty lines and lines that begin with # are left out.
 *
 * @param samples the pictures that the file names, each once
 * @param lines the comparisons
 */
public record PairsFile(List<Sample> samples, List<Line> lines) implements Comparisons {

  /**
   * A comparison.
   *
   * @param first the number of a sample
   * @param second the number of a sample
   * @param mated whether both show one person
   */
  public record Line(int first, int second, boolean mated) {}

  /** Copies the lists. */
  public PairsFile {
    samples = List.copyOf(samples);
    lines = List.copyOf(lines);
  }

  /**
   * Reads a file.
   *
   * @param root the folder that the paths are relative to
   * @param file the file, in UTF-8
   * @return the comparisons
   * @throws UnusableInput if a line is malformed or names a missing picture, with its number
   */
  public static PairsFile read(Path root, Path file) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    List<Sample> samples = new ArrayList<>();
    List<Line> lines = new ArrayList<>();
    int number = 0;
    for (String line : linesOf(file)) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] fields = line.split("\t", -1);
      if (fields.length != 3 || !(fields[2].equals("1") || fields[2].equals("0"))) {
        throw new UnusableInput(
            "%s, line %d: a line is image1 TAB image2 TAB 1 or 0.".formatted(file, number));
      }
      int[] pair = new int[2];
      for (int i = 0; i < 2; i++) {
        String path = fields[i];
        if (!numbers.containsKey(path)) {
          if (!isFile(root, path)) {
            throw new UnusableInput(
                "%s, line %d: there is no picture %s in %s.".formatted(file, number, path, root));
          }
          numbers.put(path, samples.size());
          samples.add(new Sample(path, folderOf(path)));
        }
        pair[i] = numbers.getOrDefault(path, 0);
      }
      if (pair[0] == pair[1]) {
        throw new UnusableInput(
            "%s, line %d: a picture is compared with itself.".formatted(file, number));
      }
      lines.add(new Line(pair[0], pair[1], fields[2].equals("1")));
    }
    return new PairsFile(samples, lines);
  }

  private static List<String> linesOf(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (MalformedInputException e) {
      throw new UnusableInput("The pairs file " + file + " is not UTF-8 text.", e);
    } catch (IOException e) {
      throw new UnusableInput("The pairs file " + file + " cannot be read: " + e + ".", e);
    }
  }

  private static boolean isFile(Path root, String path) {
    try {
      return !path.isEmpty() && Files.isRegularFile(root.resolve(path));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static String folderOf(String path) {
    String[] parts = path.split("/", -1);
    return parts.length < 2 ? "" : parts[parts.length - 2];
  }

  @Override
  public void forEach(Visitor visitor) {
    lines.forEach(line -> visitor.compare(line.first(), line.second(), line.mated()));
  }
}
