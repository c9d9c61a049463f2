package io.github.facelock.benchmarks.pad;

import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.face.LivenessChallenge;
import io.github.facelock.benchmarks.accuracy.UnusableInput;
import io.github.facelock.core.opencv.VideoSource;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Reads a clip: a folder of frames, their times in {@code frames.tsv} (columns {@code file} and
 * {@code ms}) or a twelfth of a second apart; or a video file, thinned to at most 15 frames per
 * second. What the person was asked stands in {@code challenge.properties} of the folder, or beside
 * the video with its name and this ending: {@code actions=turn-left,look-up}, optionally {@code
 * colours=red,blue} and {@code colour-ms=500}.
 */
final class ClipFile {

  private static final Duration SPACING = Duration.ofMillis(83);
  private static final Duration LEAST_VIDEO_SPACING = Duration.ofMillis(66);
  private static final String CHALLENGE = "challenge.properties";

  private ClipFile() {}

  static Capture read(Path clip) throws IOException {
    return Files.isDirectory(clip) ? folder(clip) : video(clip);
  }

  private static Capture folder(Path folder) throws IOException {
    Map<String, Duration> times = times(folder.resolve("frames.tsv"));
    List<CapturedFrame> frames = new ArrayList<>();
    for (Path file : PadFolder.frames(folder)) {
      String name = String.valueOf(file.getFileName());
      Duration at = times.getOrDefault(name, SPACING.multipliedBy(frames.size()));
      frames.add(CapturedFrame.encoded(at, Files.readAllBytes(file)));
      if (frames.size() == Capture.MAX_FRAMES) {
        break;
      }
    }
    if (frames.isEmpty()) {
      throw new UnusableInput("There are no frames in " + folder + ".");
    }
    return Capture.of(frames);
  }

  private static Map<String, Duration> times(Path table) throws IOException {
    Map<String, Duration> times = new HashMap<>();
    if (!Files.isRegularFile(table)) {
      return times;
    }
    List<String> lines = Files.readAllLines(table);
    List<String> header = List.of(lines.get(0).split("\t", -1));
    int file = header.indexOf("file");
    int ms = header.indexOf("ms");
    if (file < 0 || ms < 0) {
      throw new UnusableInput(table + " needs columns named file and ms, separated by tabs.");
    }
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split("\t", -1);
      try {
        times.put(cells[file], Duration.ofMillis(Long.parseLong(cells[ms])));
      } catch (NumberFormatException | IndexOutOfBoundsException e) {
        throw new UnusableInput(table + " has a line without a file and its time: " + line, e);
      }
    }
    return times;
  }

  private static Capture video(Path file) {
    try (VideoSource source = VideoSource.file(file).open(Clock.systemUTC())) {
      return source.capture(Capture.MAX_FRAMES / 2, LEAST_VIDEO_SPACING);
    }
  }

  /** What the person was asked, if it is known. */
  static Optional<LivenessChallenge> challenge(Path clip) throws IOException {
    Path file =
        Files.isDirectory(clip)
            ? clip.resolve(CHALLENGE)
            : clip.resolveSibling(clip.getFileName() + "." + CHALLENGE);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    Properties read = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      read.load(reader);
    }
    Map<String, String> parameters = new HashMap<>();
    read.stringPropertyNames().forEach(key -> parameters.put(key, read.getProperty(key)));
    return Optional.of(Challenges.of(parameters, file.toString()));
  }
}
