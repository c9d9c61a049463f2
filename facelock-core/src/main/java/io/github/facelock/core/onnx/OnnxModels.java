package io.github.facelock.core.onnx;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.face.ModelInfo;
import io.github.facelock.spi.face.FaceDetector;
import io.github.facelock.spi.face.FaceEmbedder;
import io.github.facelock.spi.face.FaceLandmarker;
import io.github.facelock.spi.face.HeadPoseEstimator;
import java.util.ArrayList;
import java.util.List;

/**
 * The bundled face models, loaded and ready. Owns their native memory: keep one for the life of the
 * application and close it at the end. What it gives out is thread-safe and works until then;
 * afterwards it throws {@link IllegalStateException}. Runs on the processor only and never touches
 * the network.
 */
public final class OnnxModels implements AutoCloseable {

  private final List<AutoCloseable> owned = new ArrayList<>();
  private final List<ModelInfo> infos;
  private final FaceDetector detector;
  private final FaceLandmarker landmarker;
  private final FaceLandmarker steadyLandmarker;
  private final ArcFaceEmbedder embedder;
  private final HeadPoseEstimator headPose;
  private final EyeOpennessEstimator eyes;
  private final SpoofHint spoofHint;
  private volatile boolean closed;

  private OnnxModels(OnnxOptions options) {
    try {
      List<ModelInfo> known = new ArrayList<>();
      for (String id : ModelDescriptor.bundledIds()) {
        known.add(ModelDescriptor.bundled(id).info());
      }
      infos = List.copyOf(known);
      ModelDescriptor detect = ModelDescriptor.bundled("fr_detect");
      detector = new RfbDetector(load(detect, options), detect);
      ModelDescriptor landmark = ModelDescriptor.bundled("fr_landmark");
      FixedNetwork points = load(landmark, options);
      landmarker = PointLandmarker.once(points, landmark);
      steadyLandmarker = PointLandmarker.steady(points, landmark);
      embedder = ArcFaceEmbedder.bundled(ModelDescriptor.bundled("fr_feature"), options);
      owned.add(embedder);
      ModelDescriptor pose = ModelDescriptor.bundled("fr_pose");
      headPose = new BinnedPoseEstimator(load(pose, options), pose);
      ModelDescriptor eye = ModelDescriptor.bundled("fr_eye");
      eyes = new EyeOpennessEstimator(load(eye, options), eye);
      ModelDescriptor spoof = ModelDescriptor.bundled("fr_liveness");
      spoofHint = SpoofHint.bundled(load(spoof, options), spoof);
    } catch (RuntimeException | Error e) {
      try {
        close();
      } catch (RuntimeException closing) {
        e.addSuppressed(closing);
      }
      throw e;
    }
  }

  private FixedNetwork load(ModelDescriptor descriptor, OnnxOptions options) {
    FixedNetwork network = FixedNetwork.bundled(descriptor, options);
    owned.add(network);
    return network;
  }

  /**
   * Loads the models of the facelock-models jar, with the usual options.
   *
   * @return the models; close them
   * @throws FaceLockException.Model if the jar is missing or altered
   * @throws FaceLockException.NativeLibrary if ONNX Runtime cannot be loaded on this machine
   */
  public static OnnxModels bundled() {
    return bundled(OnnxOptions.defaults());
  }

  /**
   * Loads the models of the facelock-models jar.
   *
   * @param options how they are run
   * @return the models; close them
   * @throws FaceLockException.Model if the jar is missing or altered
   * @throws FaceLockException.NativeLibrary if ONNX Runtime cannot be loaded on this machine
   */
  public static OnnxModels bundled(OnnxOptions options) {
    return new OnnxModels(options);
  }

  /**
   * Gives the detector (fr_detect). Its boxes come without landmarks.
   *
   * @return always the same
   * @throws IllegalStateException after {@link #close()}
   */
  public FaceDetector detector() {
    return open(detector);
  }

  /**
   * Gives the landmarker (fr_landmark, 68 points).
   *
   * @return always the same
   * @throws IllegalStateException after {@link #close()}
   */
  public FaceLandmarker landmarker() {
    return open(landmarker);
  }

  /**
   * Gives a landmarker whose points are the mean over five slightly shifted crops: five times the
   * work, and steadier points for judging small movements.
   *
   * @return always the same
   * @throws IllegalStateException after {@link #close()}
   */
  public FaceLandmarker steadyLandmarker() {
    return open(steadyLandmarker);
  }

  /**
   * Gives the embedder (fr_feature, 512 values).
   *
   * @return always the same
   * @throws IllegalStateException after {@link #close()}
   */
  public FaceEmbedder embedder() {
    return open(embedder);
  }

  /**
   * Gives the estimator of head poses (fr_pose).
   *
   * @return always the same
   * @throws IllegalStateException after {@link #close()}
   */
  public HeadPoseEstimator headPose() {
    return open(headPose);
  }

  /**
   * Gives the judge of eyes (fr_eye).
   *
   * @return always the same
   * @throws IllegalStateException after {@link #close()}
   */
  public EyeOpennessEstimator eyeOpenness() {
    return open(eyes);
  }

  /**
   * Gives what fr_liveness says of single faces: a hint for the audit trail, never a veto.
   *
   * @return always the same
   * @throws IllegalStateException after {@link #close()}
   */
  public SpoofHint spoofHint() {
    return open(spoofHint);
  }

  /**
   * Tells what is known about all bundled models, also after closing.
   *
   * @return licence, origin, caveat and digest of each
   */
  public List<ModelInfo> infos() {
    return infos;
  }

  private <T> T open(T model) {
    if (closed) {
      throw new IllegalStateException("The models were closed");
    }
    return model;
  }

  /** Frees the models; idempotent. Running calls end in peace, later ones are refused. */
  @Override
  public void close() {
    closed = true;
    closeAll(owned);
  }

  /** Closes all, also where one fails; then throws what the first one threw. */
  static void closeAll(List<? extends AutoCloseable> networks) {
    List<RuntimeException> faults = new ArrayList<>();
    for (AutoCloseable network : networks) {
      try {
        network.close();
      } catch (RuntimeException e) {
        faults.add(e);
      } catch (Exception e) {
        faults.add(new IllegalStateException("Closing a model throws no checked exception", e));
      }
    }
    if (!faults.isEmpty()) {
      RuntimeException first = faults.get(0);
      faults.subList(1, faults.size()).forEach(first::addSuppressed);
      throw first;
    }
  }
}
