package io.github.facelock.benchmarks.jmh;

import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.face.LivenessAction;
import io.github.facelock.api.face.LivenessChallenge;
import io.github.facelock.api.face.LivenessVerdict;
import io.github.facelock.api.face.Picture;
import io.github.facelock.api.policy.LivenessMode;
import io.github.facelock.api.policy.SeveralFaces;
import io.github.facelock.core.face.ClipObservation;
import io.github.facelock.core.face.FacePipeline;
import io.github.facelock.core.face.QualityRules;
import io.github.facelock.core.liveness.ChallengeLiveness;
import io.github.facelock.core.liveness.LivenessThresholds;
import io.github.facelock.test.simulation.Performance;
import io.github.facelock.test.simulation.Person;
import io.github.facelock.test.simulation.Portrait;
import io.github.facelock.test.simulation.SimulatedCamera;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The judgement of a clip of 3 s at 10 frames per second, 640 × 480: from JPEG files, and from
 * frames that a camera decoded. One person trembles and does nothing; one is rendered, turns, and
 * is judged strictly, which costs a pose for nearly every frame, more templates and the sheet test.
 * Repeat with
 *
 * <pre>{@code java -jar benchmarks/target/benchmarks.jar LivenessBenchmark -f 1 -wi 3 -i 5}
 * </pre>
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class LivenessBenchmark {

  private static final int FRAMES = 30;

  private static final List<LivenessAction> TURN =
      List.of(LivenessAction.HOLD_STILL, LivenessAction.TURN_LEFT);

  /** JMH makes the state. */
  public LivenessBenchmark() {}

  /** A clip and who judges it. */
  @State(Scope.Benchmark)
  public static class Clip {
    FacePipeline pipeline;
    Capture encoded;
    Capture decoded;
    Capture turning;

    /** JMH makes the state. */
    @SuppressWarnings("NullAway.Init")
    public Clip() {}

    /**
     * Makes the clip.
     *
     * @param scene has the models and one picture
     */
    @Setup(Level.Trial)
    public void film(Scene scene) {
      pipeline =
          new FacePipeline(
              scene.decoder,
              scene.models.detector(),
              scene.models.landmarker(),
              Optional.of(scene.models.headPose()),
              scene.models.embedder(),
              List.of(
                  new ChallengeLiveness(
                      scene.models.steadyLandmarker(),
                      scene.models.headPose(),
                      scene.models.eyeOpenness(),
                      scene.models.embedder(),
                      LivenessThresholds.ofDefaults()),
                  scene.models.spoofHint()),
              QualityRules.forVerification());
      List<CapturedFrame> files = new ArrayList<>();
      List<CapturedFrame> pictures = new ArrayList<>();
      for (int i = 0; i < FRAMES; i++) {
        Duration at = Duration.ofMillis(100L * i);
        files.add(CapturedFrame.encoded(at, scene.jpeg));
        pictures.add(CapturedFrame.decoded(at, shifted(scene.picture, i % 5)));
      }
      encoded = Capture.of(files);
      decoded = Capture.of(pictures);
      Portrait portrait =
          Portrait.of(
              scene.picture,
              scene.models.steadyLandmarker().locate(scene.picture, scene.face),
              scene.models.headPose().estimate(scene.picture, scene.face));
      Performance turn =
          Performance.of(TURN, new Performance.Manner(32, 20, 1.6, 480, 1.1, 0.8), 3);
      turning =
          SimulatedCamera.standard()
              .framesPerSecond(10)
              .film(Person.of(portrait, turn.motion()), FRAMES / 10.0);
    }

    private static Picture shifted(Picture picture, int pixels) {
      ByteBuffer from = picture.pixels();
      Picture.Builder builder = Picture.builder(picture.width(), picture.height());
      byte[] to = builder.pixels();
      for (int i = 0; i < to.length; i++) {
        to[i] = from.get(Math.min(to.length - 1, i + 3 * pixels));
      }
      return builder.build();
    }
  }

  /**
   * From files.
   *
   * @param clip the clip
   * @return the verdict
   */
  @Benchmark
  public ClipObservation files(Clip clip) {
    return judge(clip.pipeline, clip.encoded);
  }

  /**
   * From decoded frames.
   *
   * @param clip the clip
   * @return the verdict
   */
  @Benchmark
  public ClipObservation decodedFrames(Clip clip) {
    return judge(clip.pipeline, clip.decoded);
  }

  /**
   * From files, of a person who does what is asked.
   *
   * @param clip the clip
   * @return the verdict
   */
  @Benchmark
  public ClipObservation turning(Clip clip) {
    ClipObservation seen = judge(clip.pipeline, clip.turning, TURN, LivenessMode.ACTIVE_STRICT);
    if (!(seen.verdict() instanceof LivenessVerdict.BonaFide)) {
      throw new IllegalStateException("The rendered person does not pass: " + seen.verdict());
    }
    return seen;
  }

  private static ClipObservation judge(FacePipeline pipeline, Capture capture) {
    return judge(
        pipeline,
        capture,
        List.of(LivenessAction.TURN_LEFT, LivenessAction.LOOK_UP),
        LivenessMode.ACTIVE);
  }

  private static ClipObservation judge(
      FacePipeline pipeline, Capture capture, List<LivenessAction> asked, LivenessMode mode) {
    return pipeline.watchClip(
        capture,
        SeveralFaces.REJECT,
        new LivenessChallenge(
            "n", asked, List.of(), Duration.ofMillis(500), Duration.ofSeconds(30)),
        mode,
        Duration.ofSeconds(10));
  }
}
