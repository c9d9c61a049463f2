package io.github.facelock.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.benchmarks.accuracy.StageSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateTest {

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final SyntheticStages stages = new SyntheticStages();

  @Test
  void comparesAllPicturesOfPeopleAndCountsFailuresAndFalseDetections() throws IOException {
    grey("a_ann/1.pgm", 10);
    grey("a_ann/2.pgm", 15);
    grey("b_bob/1.pgm", 100);
    grey("b_bob/2.pgm", 105);
    grey("b_bob/dark.pgm", 0);
    grey("nofaces/sky.pgm", 0);
    grey("nofaces/moon.pgm", 50);
    grey("nofaces/sun.pgm", 255);
    grey("spoof/mask.pgm", 10);

    assertThat(run(folder.toString())).isZero();

    assertThat(text(out))
        .contains("5 of 2 people; not people, left out: spoof")
        .contains("to acquire: 1 of 5")
        .contains("b_bob/dark.pgm: no face found")
        .contains("the detector finds one in 2 of 3")
        .contains("of these pass the quality step (marked *): 1 of 3")
        .contains("nofaces/moon.pgm *")
        .contains("2 genuine, 4 impostor (all pairs); not made: 2 genuine, 2 impostor")
        .contains("AUC                1.00000")
        .contains("EER                0.0000")
        .contains("n/a: too few impostor pairs (4; at least 100 are needed)")
        .contains("Calibration        n/a");
    assertThat(text(err)).isEmpty();
    assertThat(stages.closed()).isTrue();
  }

  @Test
  void writesEveryScoreTheFiguresAndTheCurve() throws Exception {
    twoPeople();
    Path scores = folder.resolve("scores.tsv");
    Path json = folder.resolve("figures.json");
    Path det = folder.resolve("curve.svg");

    assertThat(
            run(
                folder.toString(),
                "--scores",
                scores.toString(),
                "--json",
                json.toString(),
                "--det",
                det.toString()))
        .isZero();

    List<String> lines = Files.readAllLines(scores);
    assertThat(lines).hasSize(6);
    assertThat(lines.get(0)).startsWith("ann/1.pgm\tann/2.pgm\t1\t0.99");
    assertThat(lines.get(1)).startsWith("ann/1.pgm\tbob/1.pgm\t0\t");
    assertThat(Files.readString(json))
        .contains("\"genuine\": 2", "\"impostor\": 4", "\"auc\": 1.0", "\"tar\": null");
    var svg = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(det.toFile());
    assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
    assertThat(Files.readString(det)).contains("False match rate (FMR)", "all: 2 genuine");
  }

  @Test
  void aPairsFileGivesTenFoldAccuracyOfThosePairsOnly() throws IOException {
    List<String> lines = new ArrayList<>(List.of("# first second same", ""));
    for (int i = 0; i < 10; i++) {
      grey("ann/" + i + ".pgm", 10 + i);
      grey("bob/" + i + ".pgm", 100 + i);
    }
    for (int i = 0; i < 10; i++) {
      lines.add("ann/%d.pgm\tann/%d.pgm\t1".formatted(i, (i + 1) % 10));
      lines.add("ann/%d.pgm\tbob/%d.pgm\t0".formatted(i, i));
    }
    Path pairs = Files.write(folder.resolve("pairs.tsv"), lines);

    assertThat(run(folder.toString(), "--pairs", pairs.toString(), "--fmr", "0.1")).isZero();

    assertThat(text(out))
        .contains("10 genuine, 10 impostor (the pairs file)")
        .contains("1.0000 ± 0.0000 (ten folds");
  }

  @Test
  void aMissingFolderIsNamed() {
    assertThat(run(folder.resolve("none").toString())).isEqualTo(2);
    assertThat(text(err)).contains("There is no folder").hasLineCount(1);
  }

  @Test
  void anUnreadableLineIsNamedByItsNumber() throws IOException {
    twoPeople();
    Path pairs = folder.resolve("pairs.tsv");

    for (String line :
        List.of("ann/1.pgm ann/2.pgm 1", "ann/1.pgm\tann/2.pgm\tyes", "ann/1.pgm\tann/9.pgm\t1")) {
      Files.writeString(pairs, "ann/1.pgm\tann/2.pgm\t1\n" + line + "\n");
      err.reset();
      assertThat(run(folder.toString(), "--pairs", pairs.toString())).as(line).isEqualTo(2);
      assertThat(text(err)).contains("line 2").hasLineCount(1);
    }
  }

  @Test
  void aPersonWithOnePictureIsNotedAndComparedWithOthers() throws IOException {
    twoPeople();
    grey("zoe/1.pgm", 60);

    assertThat(run(folder.toString())).isZero();

    assertThat(text(err)).contains("1 of 3 people have one picture only").contains("zoe");
    assertThat(text(out)).contains("2 genuine, 8 impostor");
  }

  @Test
  void nothingToCompareIsAnError() throws IOException {
    assertThat(run(folder.toString())).isEqualTo(2);
    assertThat(text(err)).contains("no pair to compare");

    grey("ann/1.pgm", 10);
    grey("bob/1.pgm", 100);
    assertThat(run(folder.toString())).isEqualTo(2);
    assertThat(text(err)).contains("no pair of one person");
  }

  @Test
  void onePersonAloneIsAnError() throws IOException {
    grey("ann/1.pgm", 10);
    grey("ann/2.pgm", 12);

    assertThat(run(folder.toString())).isEqualTo(2);
    assertThat(text(err)).contains("no pair of two people");
  }

  @Test
  void picturesThatAllFailAreAnErrorThatNamesTheCause() throws IOException {
    for (String name : List.of("ann/1.jpg", "ann/2.jpg", "bob/1.png")) {
      Files.createDirectories(folder.resolve(name).getParent());
      Files.writeString(folder.resolve(name), "no picture");
    }

    assertThat(run(folder.toString())).isEqualTo(2);
    assertThat(text(err)).contains("none of the 3 pictures", "CORRUPT");
  }

  @Test
  void aModelThatCannotBeLoadedIsTheLibrarysFault() throws IOException {
    twoPeople();
    Supplier<StageSource> broken =
        () -> {
          throw new FaceLockException.Model("The models are missing; add the jar.");
        };

    assertThat(Evaluate.run(program(broken), folder.toString())).isEqualTo(1);
    assertThat(text(err)).contains("add the jar");
  }

  @Test
  void numbersOutOfRangeAreErrors() throws IOException {
    twoPeople();
    assertThat(run(folder.toString(), "--threads", "0")).isEqualTo(2);
    assertThat(run(folder.toString(), "--fmr", "2")).isEqualTo(2);
  }

  private void twoPeople() throws IOException {
    grey("ann/1.pgm", 10);
    grey("ann/2.pgm", 15);
    grey("bob/1.pgm", 100);
    grey("bob/2.pgm", 105);
  }

  private void grey(String name, int brightness) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    byte[] header = "P5\n# made by a test\n2 2\n255\n".getBytes(StandardCharsets.US_ASCII);
    byte[] pixel = {(byte) brightness, 0, 0, 0};
    try (var to = Files.newOutputStream(file)) {
      to.write(header);
      to.write(pixel);
    }
  }

  private int run(String... args) {
    return Evaluate.run(program(() -> stages), args);
  }

  private Evaluate program(Supplier<StageSource> source) {
    return new Evaluate(
        source,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        Clock.systemUTC());
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
