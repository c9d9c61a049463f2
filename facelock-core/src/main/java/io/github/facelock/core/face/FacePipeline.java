package io.github.facelock.core.face;

import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.face.DetectedFace;
import io.github.facelock.api.face.FaceBox;
import io.github.facelock.api.face.Guidance;
import io.github.facelock.api.face.Landmarks;
import io.github.facelock.api.face.LivenessChallenge;
import io.github.facelock.api.face.LivenessVerdict;
import io.github.facelock.api.face.ObservedFace;
import io.github.facelock.api.face.Picture;
import io.github.facelock.api.policy.LivenessMode;
import io.github.facelock.api.policy.SeveralFaces;
import io.github.facelock.spi.face.FaceDetector;
import io.github.facelock.spi.face.FaceEmbedder;
import io.github.facelock.spi.face.FaceLandmarker;
import io.github.facelock.spi.face.HeadPoseEstimator;
import io.github.facelock.spi.face.LivenessDetector;
import io.github.facelock.spi.face.PictureDecoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * From a capture to faces that can be compared: decode, detect, choose the face, find its points,
 * check that they are those of an upright face, measure and judge the quality. Immutable; as
 * thread-safe as its parts.
 *
 * <p><strong>Several faces.</strong> With {@link SeveralFaces#REJECT} a second face asks again only
 * if it is at least half as tall as the largest and plausible itself: somebody at the same desk,
 * not a passer-by at twice the distance or a picture on the wall. With {@link SeveralFaces#LARGEST}
 * the face with the largest visible area is judged.
 *
 * <p><strong>No face.</strong> Detectors also fire on faces upside-down and on things. Their points
 * wander when the box is moved a little, and lie too high in it: measured on 304 real faces the sum
 * of both is .01 to .19 (median .04, 99 % below .17), on 185 upside-down ones .18 to .73, on the
 * false alarms of 34 pictures without a face .30 and .42; accepted is up to {@value
 * #MAX_IMPLAUSIBILITY}. Five more calls of the landmarker buy this: 2.6 ms with the bundled one,
 * measured on a busy machine.
 *
 * <p><strong>Limits.</strong> At most {@value #MAX_TOTAL_PIXELS} pixels in all frames, so that a
 * capture of many large pictures cannot fill the memory; what exceeds them is {@link
 * Guidance#UNUSABLE_CAPTURE}. Without a liveness detector {@value #FRAMES_WITHOUT_LIVENESS} frames,
 * evenly spread, are looked at: more would cost time and change nothing.
 */
public final class FacePipeline {

  /** The most pixels of all frames of a capture together: 300 frames of 640 × 480. */
  public static final int MAX_TOTAL_PIXELS = 100_000_000;

  /** How many frames are looked at when nobody needs all of them. */
  public static final int FRAMES_WITHOUT_LIVENESS = 10;

  static final double MAX_IMPLAUSIBILITY = 0.18;

  private static final double RIVAL_SHARE = 0.5;
  private static final double PROFILE = 0.25;
  private static final int DARK_PICTURE = 20;
  private static final int BRIGHT_PICTURE = 240;

  private final PictureDecoder decoder;
  private final FaceDetector detector;
  private final FaceLandmarker landmarker;
  private final Optional<HeadPoseEstimator> pose;
  private final FaceEmbedder embedder;
  private final List<LivenessDetector> liveness;
  private final List<LivenessDetector> passive;
  private final QualityRules rules;

  /**
   * Puts the parts together.
   *
   * @param decoder for encoded frames
   * @param detector finds faces
   * @param landmarker finds their points; a plain one, this class moves the box itself
   * @param pose judges yaw and pitch; without it only the nose's position tells a turned head
   * @param embedder makes templates
   * @param liveness each can veto; none means that photographs are not told from people
   * @param rules what a face must satisfy
   */
  public FacePipeline(
      PictureDecoder decoder,
      FaceDetector detector,
      FaceLandmarker landmarker,
      Optional<HeadPoseEstimator> pose,
      FaceEmbedder embedder,
      List<LivenessDetector> liveness,
      QualityRules rules) {
    this(decoder, detector, landmarker, pose, embedder, liveness, List.of(), rules);
  }

  private FacePipeline(
      PictureDecoder decoder,
      FaceDetector detector,
      FaceLandmarker landmarker,
      Optional<HeadPoseEstimator> pose,
      FaceEmbedder embedder,
      List<LivenessDetector> liveness,
      List<LivenessDetector> passive,
      QualityRules rules) {
    this.decoder = Objects.requireNonNull(decoder, "decoder");
    this.detector = Objects.requireNonNull(detector, "detector");
    this.landmarker = Objects.requireNonNull(landmarker, "landmarker");
    this.pose = Objects.requireNonNull(pose, "pose");
    this.embedder = Objects.requireNonNull(embedder, "embedder");
    this.liveness = List.copyOf(liveness);
    this.passive = List.copyOf(passive);
    this.rules = Objects.requireNonNull(rules, "rules");
  }

  /**
   * The same parts with other rules.
   *
   * @param other what a face must satisfy
   * @return a pipeline
   */
  public FacePipeline with(QualityRules other) {
    return new FacePipeline(
        decoder, detector, landmarker, pose, embedder, liveness, passive, other);
  }

  /**
   * The same parts with a detector more, which is asked only where a policy's mode is {@link
   * LivenessMode#PASSIVE}.
   *
   * @param detector judges single pictures
   * @return a pipeline
   */
  public FacePipeline withPassive(LivenessDetector detector) {
    List<LivenessDetector> all = new ArrayList<>(passive);
    all.add(detector);
    return new FacePipeline(
        decoder, this.detector, landmarker, pose, embedder, liveness, all, rules);
  }

  /**
   * Shows the embedder.
   *
   * @return makes the templates
   */
  public FaceEmbedder embedder() {
    return embedder;
  }

  /**
   * Looks at a capture.
   *
   * @param capture the frames
   * @param several what more than one face means
   * @return what was found; never an exception for what people send
   */
  public FaceObservation observe(Capture capture, SeveralFaces several) {
    int all = capture.frames().size();
    int looked = liveness.isEmpty() ? Math.min(all, FRAMES_WITHOUT_LIVENESS) : all;
    List<ObservedFace> seen = new ArrayList<>();
    List<GradedFace> usable = new ArrayList<>();
    Map<Guidance, Integer> problems = new EnumMap<>(Guidance.class);
    long pixels = 0;
    for (int i = 0; i < looked; i++) {
      int number = looked == all ? i : i * (all - 1) / (looked - 1);
      CapturedFrame frame = capture.frames().get(number);
      Optional<Picture> picture = picture(frame);
      pixels += picture.map(p -> (long) p.width() * p.height()).orElse(0L);
      Optional<Guidance> problem;
      if (picture.isEmpty()) {
        problem = Optional.of(Guidance.UNREADABLE_PICTURE);
      } else if (pixels > MAX_TOTAL_PIXELS) {
        problems.merge(Guidance.UNUSABLE_CAPTURE, 1, Integer::sum);
        break;
      } else {
        problem = look(number, frame, picture.get(), several, seen, usable);
      }
      problem.ifPresent(guidance -> problems.merge(guidance, 1, Integer::sum));
    }
    return new FaceObservation(looked, seen, usable, problems);
  }

  /**
   * Looks at a clip that answers a challenge.
   *
   * @param capture the frames
   * @param several what more than one face means
   * @param challenge what was asked
   * @param mode how strictly it is judged
   * @param waited from the question to the answer, by the server's clock
   * @return what was found; never an exception for what people send
   * @throws IllegalStateException if no liveness detector watches clips
   */
  public ClipObservation watchClip(
      Capture capture,
      SeveralFaces several,
      LivenessChallenge challenge,
      LivenessMode mode,
      Duration waited) {
    return new ClipReader(this, liveness, several, challenge, mode).read(capture, waited);
  }

  FaceMeasures measure(ObservedFace face) {
    return FaceMeasures.of(face, pose.map(p -> p.estimate(face.picture(), face.face())));
  }

  QualityRules rules() {
    return rules;
  }

  Optional<Picture> picture(CapturedFrame frame) {
    if (frame.picture().isPresent()) {
      return frame.picture();
    }
    return decoder.decode(frame.encoded()) instanceof PictureDecoder.Decoded.Usable decoded
        ? Optional.of(decoded.picture())
        : Optional.empty();
  }

  /** Adds the frame's face to the lists where it belongs, and tells what is wrong with it. */
  private Optional<Guidance> look(
      int number,
      CapturedFrame frame,
      Picture picture,
      SeveralFaces several,
      List<ObservedFace> seen,
      List<GradedFace> usable) {
    List<ObservedFace> faces = new ArrayList<>(2);
    boolean profile = findFaces(frame, picture, several, faces, true);
    if (faces.isEmpty()) {
      return Optional.of(profile ? Guidance.TURNED : withoutFace(picture));
    }
    if (faces.size() > 1) {
      return Optional.of(Guidance.SEVERAL_FACES);
    }
    ObservedFace face = faces.get(0);
    seen.add(face);
    FaceMeasures measures = FaceMeasures.of(face, pose.map(p -> p.estimate(picture, face.face())));
    Optional<Guidance> problem = rules.judge(measures);
    if (problem.isEmpty()) {
      usable.add(new GradedFace(face, measures, number));
    }
    return problem;
  }

  /**
   * Finds the largest plausible face; with {@link SeveralFaces#REJECT} also the first rival to it,
   * which is enough to reject.
   *
   * @param thorough whether the points' plausibility is checked by moving the box; a rival's is
   *     always
   * @return whether the largest face is turned so far that its points are not plausible; then none
   *     of those behind it is taken in its place
   */
  boolean findFaces(
      CapturedFrame frame,
      Picture picture,
      SeveralFaces several,
      List<ObservedFace> into,
      boolean thorough) {
    List<DetectedFace> detected = new ArrayList<>(detector.detect(picture));
    detected.sort(
        Comparator.comparingDouble((DetectedFace f) -> visibleArea(f.box(), picture)).reversed());
    int wanted = several == SeveralFaces.REJECT ? 2 : 1;
    for (DetectedFace face : detected) {
      boolean small =
          !into.isEmpty() && face.box().height() < RIVAL_SHARE * into.get(0).face().box().height();
      if (small || into.size() == wanted) {
        continue;
      }
      Landmarks points = landmarker.locate(picture, face);
      FaceGeometry geometry = new FaceGeometry(points);
      if (!geometry.ordered(face.box())) {
        continue;
      }
      if ((!thorough && into.isEmpty())
          || geometry.implausibility(picture, face, landmarker) <= MAX_IMPLAUSIBILITY) {
        into.add(new ObservedFace(frame.at(), picture, face, points));
      } else if (into.isEmpty() && Math.abs(geometry.noseLine()) > PROFILE) {
        return true;
      }
    }
    return false;
  }

  private static double visibleArea(FaceBox box, Picture picture) {
    double width = Math.min(picture.width(), box.x() + box.width()) - Math.max(0, box.x());
    double height = Math.min(picture.height(), box.y() + box.height()) - Math.max(0, box.y());
    return Math.max(0, width) * Math.max(0, height);
  }

  /** In a black or white picture the light is the problem, not the missing face. */
  static Guidance withoutFace(Picture picture) {
    java.nio.ByteBuffer rgb = picture.pixels();
    // Every 97th byte: enough for a mean, and over all three channels, as 97 is no multiple of 3.
    long sum = 0;
    int n = 0;
    for (int i = 0; i < rgb.limit(); i += 97) {
      sum += rgb.get(i) & 0xFF;
      n++;
    }
    double mean = (double) sum / n;
    if (mean < DARK_PICTURE) {
      return Guidance.TOO_DARK;
    }
    return mean > BRIGHT_PICTURE ? Guidance.TOO_BRIGHT : Guidance.NO_FACE;
  }

  /**
   * Asks all liveness detectors and fuses their verdicts: one attack is an attack, otherwise one
   * doubt is a doubt.
   *
   * @param faces one face of each frame, at least one
   * @return the verdict, with the signals of all; bona fide if there are no detectors
   */
  LivenessVerdict judgeLiveness(List<ObservedFace> faces) {
    return fuse(liveness.stream().map(detector -> detector.judge(faces)).toList());
  }

  /** The same, and where the mode is {@link LivenessMode#PASSIVE}, the passive ones too. */
  LivenessVerdict judgePictures(List<ObservedFace> faces, LivenessMode mode) {
    List<LivenessDetector> asked = new ArrayList<>(liveness);
    if (mode == LivenessMode.PASSIVE) {
      asked.addAll(passive);
    }
    return fuse(asked.stream().map(detector -> detector.judge(faces)).toList());
  }

  /** Fuses by AND: one attack is an attack, otherwise one doubt is a doubt. */
  static LivenessVerdict fuse(List<LivenessVerdict> verdicts) {
    Map<String, Double> signals = new HashMap<>();
    Optional<LivenessVerdict.Attack> attack = Optional.empty();
    Optional<LivenessVerdict.Undetermined> doubt = Optional.empty();
    for (LivenessVerdict verdict : verdicts) {
      signals.putAll(verdict.signals());
      if (verdict instanceof LivenessVerdict.Attack a && attack.isEmpty()) {
        attack = Optional.of(a);
      } else if (verdict instanceof LivenessVerdict.Undetermined u && doubt.isEmpty()) {
        doubt = Optional.of(u);
      }
    }
    if (attack.isPresent()) {
      return new LivenessVerdict.Attack(attack.get().cause(), signals);
    }
    if (doubt.isPresent()) {
      return new LivenessVerdict.Undetermined(doubt.get().guidance(), signals);
    }
    return new LivenessVerdict.BonaFide(signals);
  }
}
