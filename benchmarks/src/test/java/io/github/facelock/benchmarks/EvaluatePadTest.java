package io.github.facelock.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.face.Guidance;
import io.github.facelock.api.face.LivenessAction;
import io.github.facelock.api.face.LivenessChallenge;
import io.github.facelock.api.face.LivenessVerdict;
import io.github.facelock.api.face.Picture;
import io.github.facelock.api.policy.LivenessMode;
import io.github.facelock.benchmarks.pad.PadStages;
import io.github.facelock.benchmarks.pad.Sitter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluatePadTest {

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final ReadingStages stages = new ReadingStages();

  @Test
  void eachSpeciesHasItsOwnRateAndTheWorstIsNamed() throws Exception {
    clip("live/ann", "person 0.9");
    clip("live/bob", "person 0.8");
    clip("live/cem", "attack 0.3");
    clip("live/dot", "again 0.7");
    clip("attack/print/1", "attack 0.1");
    clip("attack/print/2", "attack 0.2");
    clip("attack/screen/1", "person 0.6");
    clip("attack/screen/2", "again 0.4");
    Path json = folder.resolve("figures.json");

    assertThat(run("--mode", "active", "--json", json.toString())).isZero();

    assertThat(text(out))
        .contains("BPCER (people refused)      25.00 %  (1 of 4;")
        .contains("people asked again          25.00 %  (1 of 4;")
        .contains("print                        0.00 %  (0 of 2; 95 %: 0.00 to 100.00 %)")
        .contains("screen                      50.00 %  (1 of 2;")
        .contains("Worst species: screen")
        .contains("value                      0.");
    assertThat(Files.readString(json))
        .contains("\"worstSpecies\": \"screen\"")
        .contains("\"nonResponse\"")
        .contains("\"personIsHigh\": true");
    assertThat(text(err)).isEmpty();
    assertThat(stages.closed).isTrue();
  }

  @Test
  void framesHaveTheTimesOfTheirTable() throws Exception {
    Path clip = folder.resolve("live/ann");
    file("live/ann/b.jpg", "person 1");
    file("live/ann/a.jpg", "person 1");
    Files.writeString(clip.resolve("frames.tsv"), "file\tms\tyaw\na.jpg\t0\t1\nb.jpg\t130\t2\n");

    assertThat(run("--mode", "active")).isZero();

    assertThat(stages.times.get(0)).containsExactly(0L, 130L);
  }

  @Test
  void framesWithoutATableAreATwelfthOfASecondApart() throws Exception {
    file("live/ann/a.jpg", "person 1");
    file("live/ann/b.jpg", "person 1");
    assertThat(run("--mode", "active")).isZero();
    assertThat(stages.times.get(0)).containsExactly(0L, 83L);
  }

  @Test
  void aClipIsJudgedForTheChallengeThatItNames() throws Exception {
    clip("live/ann", "person 1");
    file(
        "live/ann/challenge.properties",
        "actions=turn-left,look-up\ncolours=red,blue\ncolour-ms=400\n");

    assertThat(run("--mode", "active-strict")).isZero();

    assertThat(stages.challenges)
        .singleElement()
        .satisfies(
            c -> {
              assertThat(c.actions())
                  .containsExactly(LivenessAction.TURN_LEFT, LivenessAction.LOOK_UP);
              assertThat(c.colours()).hasSize(2);
              assertThat(c.colourTime().toMillis()).isEqualTo(400);
            });
  }

  @Test
  void aClipThatNamesNoneIsAcceptedIfAnyChallengeAcceptsIt() throws Exception {
    clip("attack/print/1", "turn-right 1");

    assertThat(run("--mode", "active")).isZero();

    assertThat(stages.challenges).hasSize(2);
    assertThat(text(out)).contains("print                      100.00 %  (1 of 1;");
  }

  @Test
  void bothModesAreMeasuredUnlessOneIsChosen() throws Exception {
    clip("live/ann", "person 1");
    assertThat(run()).isZero();
    assertThat(text(out))
        .contains("presentations, active\n")
        .contains("presentations, active-strict\n");
  }

  @Test
  void singlePicturesAreForPassiveDetectors() throws Exception {
    file("live/ann.jpg", "person 0.9");
    file("attack/mask/1.png", "attack 0.2");
    file("attack/mask/2.png", "broken");

    assertThat(run("--mode", "active")).isZero();

    assertThat(stages.pictures).isEqualTo(2);
    assertThat(text(out)).contains("unreadable-picture           1");
  }

  @Test
  void curvesAreDrawnForTheSignals() throws Exception {
    clip("live/ann", "person 0.9");
    clip("attack/print/1", "attack 0.1");
    Path det = folder.resolve("curve.svg");

    assertThat(run("--mode", "active", "--det", det.toString())).isZero();

    assertThat(
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(det.toFile())
                .getDocumentElement()
                .getTextContent())
        .contains("APCER", "value: 1 people, 1 attacks");
  }

  @Test
  void everyPresentationHasALineInTheProgressFile() throws Exception {
    clip("live/ann", "person 0.9");
    clip("attack/print/1", "attack 0.1");
    Path progress = folder.resolve("lines.tsv");

    assertThat(run("--mode", "active", "--progress", progress.toString())).isZero();

    assertThat(Files.readAllLines(progress))
        .containsExactly(
            "ACTIVE\tlive\tlive/ann\tBONA_FIDE\t\t{value=0.9}",
            "ACTIVE\tprint\tattack/print/1\tATTACK\tflat\t{value=0.1}");
  }

  @Test
  void whatCannotBeMeasuredIsToldInOneSentence() throws Exception {
    assertThat(run()).isEqualTo(2);
    assertThat(text(err)).contains("DIR holds live and attack/SPECIES");
    Files.createDirectories(folder.resolve("live"));
    assertThat(run()).isEqualTo(2);
    assertThat(text(err)).contains("There are no pictures and no clips");
    clip("live/ann", "person 1");
    assertThat(run("--mode", "lax")).isEqualTo(2);
    assertThat(text(err)).contains("--mode knows active and active-strict, not lax.");
    assertThat(run("--actions", "turn-left,jump")).isEqualTo(2);
    assertThat(text(err)).contains("Unknown action jump");
    file("live/ann/frames.tsv", "name\ttime\n");
    assertThat(run()).isEqualTo(2);
    assertThat(text(err)).contains("needs columns named file and ms");
    file("live/ann/frames.tsv", "file\tms\na.jpg\tsoon\n");
    assertThat(run()).isEqualTo(2);
    assertThat(text(err)).contains("has a line without a file and its time");
    assertThat(run("--simulate", "--tries", "0")).isEqualTo(2);
    assertThat(run("--simulate", "--movements", "4")).isEqualTo(2);
    assertThat(run("--simulate")).isEqualTo(2);
    assertThat(text(err)).contains("need two people with a frontal photograph");
    assertThat(run("--json")).isEqualTo(2);
  }

  private void clip(String path, String content) throws IOException {
    file(path + "/0.jpg", content);
    file(path + "/1.jpg", content);
  }

  private void file(String path, String content) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private int run(String... options) {
    List<String> arguments = new ArrayList<>(List.of(folder.toString()));
    arguments.addAll(List.of(options));
    return EvaluatePad.run(
        new EvaluatePad(() -> stages, print(out), print(err)), arguments.toArray(String[]::new));
  }

  private static PrintStream print(ByteArrayOutputStream into) {
    return new PrintStream(into, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream from) {
    return from.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
  }

  /** Reads the verdict and one signal off the first frame. */
  private static final class ReadingStages implements PadStages {
    final List<LivenessChallenge> challenges = new ArrayList<>();
    final List<List<Long>> times = new ArrayList<>();
    int pictures;
    boolean closed;

    @Override
    public LivenessVerdict clip(Capture clip, LivenessChallenge challenge, LivenessMode mode) {
      challenges.add(challenge);
      times.add(clip.frames().stream().map(frame -> frame.at().toMillis()).toList());
      return verdict(clip.frames().get(0), challenge.actions().get(1).code());
    }

    @Override
    public LivenessVerdict picture(Capture picture) {
      pictures++;
      return new LivenessVerdict.BonaFide(Map.of());
    }

    private static LivenessVerdict verdict(CapturedFrame frame, String expected) {
      String[] words = new String(frame.encoded(), StandardCharsets.UTF_8).split(" ", -1);
      Map<String, Double> signals = Map.of("value", Double.parseDouble(words[1]));
      if (words[0].equals("person") || words[0].equals(expected)) {
        return new LivenessVerdict.BonaFide(signals);
      }
      return words[0].equals("again")
          ? new LivenessVerdict.Undetermined(Guidance.HOLD_STILL, signals)
          : new LivenessVerdict.Attack("flat", signals);
    }

    @Override
    public Optional<Picture> decode(byte[] file) {
      return file.length > 6 ? Optional.of(Picture.builder(4, 4).build()) : Optional.empty();
    }

    @Override
    public Optional<Sitter> sitter(Picture photograph) {
      return Optional.empty();
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
