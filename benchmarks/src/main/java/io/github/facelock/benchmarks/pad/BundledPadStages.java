package io.github.facelock.benchmarks.pad;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.face.DetectedFace;
import io.github.facelock.api.face.HeadPose;
import io.github.facelock.api.face.Landmarks;
import io.github.facelock.api.face.LivenessChallenge;
import io.github.facelock.api.face.LivenessVerdict;
import io.github.facelock.api.face.Picture;
import io.github.facelock.api.policy.LivenessMode;
import io.github.facelock.api.policy.SeveralFaces;
import io.github.facelock.benchmarks.accuracy.Netpbm;
import io.github.facelock.core.face.FaceObservation;
import io.github.facelock.core.face.FacePipeline;
import io.github.facelock.core.face.QualityRules;
import io.github.facelock.core.image.DecodeLimits;
import io.github.facelock.core.image.SafePictureDecoder;
import io.github.facelock.core.liveness.ChallengeLiveness;
import io.github.facelock.core.liveness.LivenessThresholds;
import io.github.facelock.core.liveness.PassiveLiveness;
import io.github.facelock.core.liveness.ScreenThresholds;
import io.github.facelock.core.onnx.OnnxModels;
import io.github.facelock.spi.face.LivenessDetector;
import io.github.facelock.spi.face.PictureDecoder;
import io.github.facelock.test.simulation.Portrait;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What FaceLock does by default, with the bundled models. */
public final class BundledPadStages implements PadStages {

  /** From the last frame to the answer's arrival. */
  private static final Duration ON_THE_WAY = Duration.ofSeconds(1);

  private final OnnxModels models = OnnxModels.bundled();
  private final PictureDecoder decoder = new SafePictureDecoder(DecodeLimits.defaults());
  private final LivenessDetector passive = new PassiveLiveness(ScreenThresholds.ofDefaults());
  private final FacePipeline pipeline;

  /**
   * Loads the models.
   *
   * @throws FaceLockException if they or the native library cannot be loaded
   */
  public BundledPadStages() {
    LivenessDetector liveness =
        new ChallengeLiveness(
            models.steadyLandmarker(),
            models.headPose(),
            models.eyeOpenness(),
            models.embedder(),
            LivenessThresholds.ofDefaults());
    pipeline =
        new FacePipeline(
            decoder,
            models.detector(),
            models.landmarker(),
            Optional.of(models.headPose()),
            models.embedder(),
            List.of(liveness, models.spoofHint()),
            QualityRules.forVerification());
  }

  @Override
  public LivenessVerdict clip(Capture clip, LivenessChallenge challenge, LivenessMode mode) {
    List<CapturedFrame> frames = clip.frames();
    Duration waited = frames.get(frames.size() - 1).at().plus(ON_THE_WAY);
    return pipeline.watchClip(clip, SeveralFaces.REJECT, challenge, mode, waited).verdict();
  }

  @Override
  public LivenessVerdict picture(Capture picture) {
    FaceObservation seen = pipeline.observe(picture, SeveralFaces.LARGEST);
    return seen.guidance()
        .<LivenessVerdict>map(g -> new LivenessVerdict.Undetermined(g, Map.of()))
        .orElseGet(() -> passive.judge(seen.seen()));
  }

  @Override
  public Optional<Picture> decode(byte[] file) {
    if (Netpbm.looksLike(file)) {
      return Netpbm.decode(file);
    }
    return decoder.decode(file) instanceof PictureDecoder.Decoded.Usable usable
        ? Optional.of(usable.picture())
        : Optional.empty();
  }

  @Override
  public Optional<Sitter> sitter(Picture photograph) {
    List<DetectedFace> faces = models.detector().detect(photograph);
    double largest = faces.stream().mapToDouble(f -> f.box().height()).max().orElse(0);
    // Of several people in a picture the one who looks at the camera.
    return faces.stream()
        .filter(face -> face.box().height() > largest / 2)
        .map(face -> sitter(photograph, face))
        .min(Comparator.comparingDouble(Sitter::turned));
  }

  private Sitter sitter(Picture photograph, DetectedFace face) {
    Landmarks points = models.steadyLandmarker().locate(photograph, face);
    HeadPose pose = models.headPose().estimate(photograph, face);
    return new Sitter(
        Portrait.of(photograph, points, pose), Math.hypot(pose.yaw(), pose.pitch() / 2));
  }

  @Override
  public void close() {
    models.close();
  }
}
