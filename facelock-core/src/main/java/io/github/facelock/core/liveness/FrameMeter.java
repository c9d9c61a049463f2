package io.github.facelock.core.liveness;

import io.github.facelock.api.face.Embedding;
import io.github.facelock.api.face.HeadPose;
import io.github.facelock.api.face.Landmarks;
import io.github.facelock.api.face.LivenessChallenge;
import io.github.facelock.api.face.LivenessVerdict;
import io.github.facelock.api.face.ObservedFace;
import io.github.facelock.api.face.Picture;
import io.github.facelock.api.policy.LivenessMode;
import io.github.facelock.spi.face.ClipWatch;
import io.github.facelock.spi.face.EyeEstimator;
import io.github.facelock.spi.face.FaceEmbedder;
import io.github.facelock.spi.face.FaceLandmarker;
import io.github.facelock.spi.face.HeadPoseEstimator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Measures the frames of one clip. Keeps of each frame its signals and a crop of 5 KB, and of the
 * last one the picture.
 *
 * <p>Templates are costly, so neighbours are first compared as small aligned pictures, and embedded
 * where these differ; besides, a frontal frame is embedded every {@value #SAMPLE_MS} ms and
 * compared with the first. A clip whose neighbours needed more than {@value #MOST_TEMPLATES}
 * templates changes so much that the rest is not compared, and nothing is granted for it.
 */
final class FrameMeter implements ClipWatch {

  static final int MOST_TEMPLATES = 24;

  private static final long SAMPLE_MS = 600;

  /** Neighbours that are more alike than this show one face; the documentation has the figures. */
  private static final double ALIKE = 0.80;

  private static final double FRONTAL_YAW = 20;

  /**
   * While the landmarks show the same head, up to {@value #SAME_POSES} frames share one estimate of
   * its pose: it is the costliest part of a frame, and its noise is larger than such a movement.
   */
  private static final int SAME_POSES = 3;

  private static final double SAME_NOSE = 0.03;

  private final FaceLandmarker landmarker;
  private final HeadPoseEstimator pose;
  private final EyeEstimator eyes;
  private final FaceEmbedder embedder;
  private final ClipJudge judge;
  private final LivenessChallenge challenge;
  private final LivenessMode mode;

  private final FaceCrop.Cutter cutter = new FaceCrop.Cutter();
  private final List<FaceCrop> crops = new ArrayList<>();
  private final Map<Integer, List<FaceCrop>> byFingerprint = new HashMap<>();
  private final Track track = new Track();
  private Optional<Seen> before = Optional.empty();
  private Optional<Estimated> estimated = Optional.empty();
  private Optional<Embedding> reference = Optional.empty();
  private long sampledAt = -SAMPLE_MS;
  private int templates;

  /** Templates that comparisons of neighbours needed; the references' number is bounded by time. */
  private int compared;

  FrameMeter(
      FaceLandmarker landmarker,
      HeadPoseEstimator pose,
      EyeEstimator eyes,
      FaceEmbedder embedder,
      ClipJudge judge,
      LivenessChallenge challenge,
      LivenessMode mode) {
    this.landmarker = landmarker;
    this.pose = pose;
    this.eyes = eyes;
    this.embedder = embedder;
    this.judge = judge;
    this.challenge = Objects.requireNonNull(challenge, "challenge");
    this.mode = Objects.requireNonNull(mode, "mode");
  }

  /** A pose, and the head that it was estimated of. */
  private static final class Estimated {
    final FaceShape shape;
    final HeadPose pose;
    int uses;

    Estimated(FaceShape shape, HeadPose pose) {
      this.shape = shape;
      this.pose = pose;
    }
  }

  /** A frame's face; its template is made when it is needed. */
  private final class Seen {
    final Picture picture;
    final Landmarks points;
    final FaceCrop crop;
    private Optional<Embedding> template = Optional.empty();

    Seen(Picture picture, Landmarks points, FaceCrop crop) {
      this.picture = picture;
      this.points = points;
      this.crop = crop;
    }

    Embedding template() {
      if (template.isEmpty()) {
        templates++;
        template = Optional.of(embedder.embed(picture, points));
      }
      return template.get();
    }
  }

  @Override
  public void see(ObservedFace face) {
    Landmarks points = landmarker.locate(face.picture(), face.face());
    FaceShape shape = FaceShape.of(points);
    HeadPose head = poseOf(face, shape);
    FaceCrop crop = cutter.cut(face.picture(), points);
    Seen now = new Seen(face.picture(), points, crop);
    track.screen().follow(face);
    double likeness = before.map(b -> b.crop.likeness(crop)).orElse(1.0);
    track.add(
        new FrameSignals(
            face.at().toMillis(),
            shape,
            head.yaw(),
            head.pitch(),
            face.face().box().height(),
            eyes.openness(face.picture(), points),
            crop.glare(),
            crop.red(),
            crop.green(),
            crop.blue(),
            likeness,
            likeness < ALIKE ? identity(now) : 1,
            referenceSimilarity(face, head, now),
            repeats(crop)));
    crops.add(crop);
    byFingerprint.computeIfAbsent(crop.fingerprint(), f -> new ArrayList<>(1)).add(crop);
    before = Optional.of(now);
  }

  private HeadPose poseOf(ObservedFace face, FaceShape shape) {
    boolean same =
        estimated
            .filter(e -> Math.abs(e.shape.noseLine() - shape.noseLine()) < SAME_NOSE)
            .filter(e -> Math.abs(e.shape.noseAlong() - shape.noseAlong()) < SAME_NOSE)
            .filter(e -> e.uses < SAME_POSES)
            .isPresent();
    if (!same) {
      estimated = Optional.of(new Estimated(shape, pose.estimate(face.picture(), face.face())));
    }
    Estimated last = estimated.orElseThrow();
    last.uses++;
    return last.pose;
  }

  private double identity(Seen now) {
    if (compared >= MOST_TEMPLATES) {
      return Double.NaN;
    }
    int made = templates;
    double similarity = before.map(b -> (double) b.template().cosine(now.template())).orElse(1.0);
    compared += templates - made;
    return similarity;
  }

  private double referenceSimilarity(ObservedFace face, HeadPose head, Seen now) {
    long ms = face.at().toMillis();
    if (Math.abs(head.yaw()) > FRONTAL_YAW || ms - sampledAt < SAMPLE_MS) {
      return Double.NaN;
    }
    sampledAt = ms;
    track.screen().look(face);
    if (reference.isEmpty()) {
      reference = Optional.of(now.template());
      return 1;
    }
    // What has spent its comparisons is not granted, and costs no more.
    return compared >= MOST_TEMPLATES ? Double.NaN : reference.get().cosine(now.template());
  }

  private int repeats(FaceCrop crop) {
    if (before.isPresent() && before.get().crop.same(crop)) {
      return 1;
    }
    boolean earlier =
        byFingerprint.getOrDefault(crop.fingerprint(), List.of()).stream().anyMatch(crop::same);
    return earlier ? 2 : 0;
  }

  @Override
  public void miss(Duration at, int faces) {
    track.miss(at.toMillis(), faces);
  }

  @Override
  public LivenessVerdict verdict() {
    before = Optional.empty();
    return judged(challenge);
  }

  /** What the frames seen so far are as an answer to a challenge, which they do not depend on. */
  LivenessVerdict judged(LivenessChallenge asked) {
    return judge.judge(
        track,
        asked,
        mode,
        (frontal, turned) -> SheetTest.correlation(crops.get(frontal), crops.get(turned)));
  }
}
