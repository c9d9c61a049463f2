package io.github.facelock.core.liveness;

import static io.github.facelock.api.face.LivenessAction.HOLD_STILL;
import static io.github.facelock.api.face.LivenessAction.LOOK_UP;
import static io.github.facelock.api.face.LivenessAction.TURN_LEFT;
import static io.github.facelock.api.face.LivenessAction.TURN_RIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.face.LivenessAction;
import io.github.facelock.api.face.LivenessChallenge;
import io.github.facelock.api.face.LivenessVerdict;
import io.github.facelock.api.face.LivenessVerdict.Attack;
import io.github.facelock.api.face.LivenessVerdict.BonaFide;
import io.github.facelock.api.face.LivenessVerdict.Undetermined;
import io.github.facelock.api.policy.LivenessMode;
import io.github.facelock.api.policy.SeveralFaces;
import io.github.facelock.core.face.FacePipeline;
import io.github.facelock.core.face.QualityRules;
import io.github.facelock.core.image.DecodeLimits;
import io.github.facelock.core.image.SafePictureDecoder;
import io.github.facelock.core.onnx.OnnxModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The judgement on clips of real people, prints and a screen, where that folder is. */
class RealClipsTest {

  private static final Path CLIPS = Path.of(System.getProperty("facelock.clips.dir", ""));

  /** The challenges that the clips with a passable turn fit; see the folder's SOURCES.md. */
  private static final Map<String, List<LivenessAction>> FITTING =
      Map.of(
          "clm_cap13_edit2", List.of(HOLD_STILL, TURN_LEFT),
          "jom_real1", List.of(HOLD_STILL, TURN_LEFT),
          "lp_d12", List.of(HOLD_STILL, TURN_LEFT),
          "pc_620900105", List.of(TURN_RIGHT, HOLD_STILL),
          "intel_female", List.of(TURN_RIGHT, TURN_LEFT));

  private static final List<List<LivenessAction>> CHALLENGES =
      List.of(
          List.of(HOLD_STILL, TURN_LEFT),
          List.of(HOLD_STILL, TURN_RIGHT),
          List.of(TURN_RIGHT, TURN_LEFT),
          List.of(TURN_LEFT, TURN_RIGHT),
          List.of(TURN_LEFT, TURN_RIGHT, TURN_LEFT),
          List.of(TURN_RIGHT, TURN_LEFT, TURN_RIGHT),
          List.of(TURN_LEFT, LOOK_UP),
          List.of(LOOK_UP, TURN_RIGHT));

  private static Optional<OnnxModels> models = Optional.empty();

  @BeforeAll
  static void open() {
    boolean there = Files.isDirectory(CLIPS.resolve("live"));
    if (Boolean.getBoolean("facelock.it.required") && Files.isDirectory(CLIPS)) {
      assertThat(there).as("facelock.clips.dir has clips").isTrue();
    }
    assumeTrue(there, "no clips: facelock.clips.dir names no folder that has them");
    models = Optional.of(OnnxModels.bundled());
  }

  @AfterAll
  static void close() {
    models.ifPresent(OnnxModels::close);
  }

  private static FacePipeline pipeline() {
    return pipeline(LivenessThresholds.ofDefaults());
  }

  private static FacePipeline pipeline(LivenessThresholds thresholds) {
    OnnxModels bundled = models.orElseThrow();
    return new FacePipeline(
        new SafePictureDecoder(DecodeLimits.defaults()),
        bundled.detector(),
        bundled.landmarker(),
        Optional.of(bundled.headPose()),
        bundled.embedder(),
        List.of(
            new ChallengeLiveness(
                bundled.steadyLandmarker(),
                bundled.headPose(),
                bundled.eyeOpenness(),
                bundled.embedder(),
                thresholds)),
        QualityRules.forVerification());
  }

  private static LivenessVerdict judge(Capture clip, List<LivenessAction> asked) {
    return judge(pipeline(), clip, asked);
  }

  private static LivenessVerdict judge(
      FacePipeline pipeline, Capture clip, List<LivenessAction> asked) {
    LivenessChallenge challenge =
        new LivenessChallenge(
            "n", asked, List.of(), Duration.ofMillis(500), Duration.ofSeconds(30));
    return pipeline
        .watchClip(
            clip, SeveralFaces.LARGEST, challenge, LivenessMode.ACTIVE, Duration.ofSeconds(20))
        .verdict();
  }

  @Test
  void aClipWithATurnIsAcceptedForItsChallengeAndRefusedForEveryOther() throws IOException {
    for (String name : FITTING.keySet().stream().sorted().toList()) {
      Capture clip = clip(CLIPS.resolve("live").resolve(name));
      List<LivenessAction> fitting = FITTING.get(name);
      assertThat(judge(clip, fitting)).as("%s for %s", name, fitting).isInstanceOf(BonaFide.class);
      for (List<LivenessAction> other : CHALLENGES) {
        if (!deliberate(other).equals(deliberate(fitting))) {
          // What falls short of what is asked is asked for again; all else is an attack.
          boolean less = fallsShort(deliberate(other), deliberate(fitting));
          assertThat(judge(clip, other))
              .as("%s for %s", name, other)
              .isInstanceOf(less ? Undetermined.class : Attack.class);
        }
      }
    }
  }

  /** Ends too early, or lacks nothing but nods. */
  private static boolean fallsShort(List<LivenessAction> asked, List<LivenessAction> shown) {
    List<LivenessAction> turns =
        asked.stream().filter(a -> a == TURN_LEFT || a == TURN_RIGHT).toList();
    return shown.size() < asked.size()
        && (asked.subList(0, shown.size()).equals(shown) || turns.equals(shown));
  }

  private static List<LivenessAction> deliberate(List<LivenessAction> actions) {
    return actions.stream().filter(LivenessAction::deliberate).toList();
  }

  @Test
  void aClipWithoutATurnIsNotAcquired() throws IOException {
    for (Path folder : folders("live")) {
      if (!FITTING.containsKey(folder.getFileName().toString())) {
        Capture clip = clip(folder);
        for (List<LivenessAction> asked :
            List.of(List.of(HOLD_STILL, TURN_LEFT), List.of(TURN_RIGHT, TURN_LEFT))) {
          assertThat(judge(clip, asked)).as("%s", folder).isInstanceOf(Undetermined.class);
        }
      }
    }
  }

  /**
   * The prints are moved so wildly, and sampled so sparsely, that their faces jump; the replay
   * changes between the phone's face and its holder's. What a calmly held print meets is measured
   * on simulated ones.
   */
  @Test
  void everyPrintAndTheReplayIsRefused() throws IOException {
    for (String kind : List.of("print", "replay")) {
      for (Path folder : folders(kind)) {
        Capture clip = clip(folder);
        for (List<LivenessAction> asked :
            List.of(List.of(HOLD_STILL, TURN_LEFT), List.of(TURN_RIGHT, LOOK_UP))) {
          LivenessVerdict verdict = judge(clip, asked);
          assertThat(verdict).as("%s %s", folder, verdict).isInstanceOf(Attack.class);
        }
      }
    }
  }

  /**
   * Their jumps refuse the prints, because they are sampled sparsely. So what do they show to a
   * judgement that lets everything jump? Nothing that is asked: depth alone keeps them out.
   */
  @Test
  void withoutTheRuleOfJumpsNoPrintIsGrantedEither() throws IOException {
    FacePipeline jumping = pipeline(anyJump());
    int attacks = 0;
    int all = 0;
    for (Path folder : folders("print")) {
      Capture clip = clip(folder);
      for (List<LivenessAction> asked :
          List.of(List.of(HOLD_STILL, TURN_LEFT), List.of(TURN_RIGHT, HOLD_STILL))) {
        LivenessVerdict verdict = judge(jumping, clip, asked);
        assertThat(verdict).as("%s %s", folder, asked).isNotInstanceOf(BonaFide.class);
        attacks += verdict instanceof Attack ? 1 : 0;
        all++;
      }
    }
    System.out.printf("prints that may jump: %d of %d are attacks, none granted%n", attacks, all);
  }

  private static LivenessThresholds anyJump() {
    LivenessThresholds t = LivenessThresholds.ofDefaults();
    return new LivenessThresholds(
        t.minFace(),
        t.turnYaw(),
        t.turnNoseLine(),
        t.turnDepth(),
        t.nodPitch(),
        t.nodNose(),
        t.nodDepth(),
        t.closer(),
        t.runFrames(),
        t.flatYaw(),
        t.sheetAttack(),
        t.sheetDoubt(),
        t.relief(),
        t.clearRelief(),
        t.perspective(),
        t.approachRelief(),
        t.colours(),
        100,
        100,
        t.sameNeighbour(),
        t.sameReference(),
        t.stillShare(),
        t.maxGlare(),
        t.screen());
  }

  /** Strict mode's relief, sheet and screen cues take none of the real people for an attack. */
  @Test
  void strictModeAcceptsTheSameTurns() throws IOException {
    int again = 0;
    for (String name : FITTING.keySet().stream().sorted().toList()) {
      Capture clip = clip(CLIPS.resolve("live").resolve(name));
      LivenessChallenge challenge =
          new LivenessChallenge(
              "n", FITTING.get(name), List.of(), Duration.ofMillis(500), Duration.ofSeconds(30));
      LivenessVerdict verdict =
          pipeline()
              .watchClip(
                  clip,
                  SeveralFaces.LARGEST,
                  challenge,
                  LivenessMode.ACTIVE_STRICT,
                  Duration.ofSeconds(20))
              .verdict();
      assertThat(verdict).as("%s", name).isNotInstanceOf(Attack.class);
      again += verdict instanceof Undetermined ? 1 : 0;
    }
    assertThat(again).isZero();
  }

  /** Both estimators agree on the side of a turn: yaw &gt; 0 is a nose line &lt; 0. */
  @Test
  void theEstimatorsAgreeOnTheSideOfATurn() throws IOException {
    OnnxModels bundled = models.orElseThrow();
    SafePictureDecoder decoder = new SafePictureDecoder(DecodeLimits.defaults());
    int turned = 0;
    int agreed = 0;
    for (String name : FITTING.keySet()) {
      for (CapturedFrame frame : clip(CLIPS.resolve("live").resolve(name)).frames()) {
        var picture =
            ((io.github.facelock.spi.face.PictureDecoder.Decoded.Usable)
                    decoder.decode(frame.encoded()))
                .picture();
        for (var face : bundled.detector().detect(picture)) {
          float yaw = bundled.headPose().estimate(picture, face).yaw();
          if (Math.abs(yaw) > 15) {
            turned++;
            double nose = FaceShape.of(bundled.steadyLandmarker().locate(picture, face)).noseLine();
            agreed += yaw * nose < 0 ? 1 : 0;
          }
        }
      }
    }
    System.out.printf("beyond 15°: %d of %d frames agree on the side%n", agreed, turned);
    assertThat(turned).isGreaterThan(40);
    assertThat((double) agreed / turned).isGreaterThanOrEqualTo(0.99);
  }

  private static List<Path> folders(String kind) throws IOException {
    try (Stream<Path> found = Files.list(CLIPS.resolve(kind))) {
      return found.filter(Files::isDirectory).sorted().toList();
    }
  }

  /** Clips without times are taken at five and a half frames per second. */
  private static Capture clip(Path folder) throws IOException {
    Map<String, Long> times = new HashMap<>();
    Path labels = folder.resolve("frames.tsv");
    if (Files.exists(labels)) {
      for (String line : Files.readAllLines(labels)) {
        String[] fields = line.split("\t", -1);
        if (fields[0].endsWith(".jpg")) {
          times.put(fields[0], Long.parseLong(fields[1]));
        }
      }
    }
    List<CapturedFrame> frames = new ArrayList<>();
    List<Path> files;
    try (Stream<Path> found = Files.list(folder)) {
      files = found.filter(p -> p.toString().endsWith(".jpg")).sorted().toList();
    }
    for (Path file : files) {
      long ms = times.getOrDefault(file.getFileName().toString(), frames.size() * 180L);
      frames.add(CapturedFrame.encoded(Duration.ofMillis(ms), Files.readAllBytes(file)));
    }
    return Capture.of(frames);
  }

  @Test
  void theFolderIsWhatItWas() throws IOException {
    assertThat(folders("live").stream().map(p -> p.getFileName().toString()))
        .containsAll(Set.copyOf(FITTING.keySet()));
    assertThat(folders("print")).hasSizeGreaterThanOrEqualTo(12);
  }
}
