package io.github.facelock.core.face;

import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.face.Guidance;
import io.github.facelock.api.face.LivenessChallenge;
import io.github.facelock.api.face.LivenessVerdict;
import io.github.facelock.api.face.ObservedFace;
import io.github.facelock.api.face.Picture;
import io.github.facelock.api.policy.LivenessMode;
import io.github.facelock.api.policy.SeveralFaces;
import io.github.facelock.spi.face.ClipWatch;
import io.github.facelock.spi.face.LivenessDetector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads a clip frame by frame, shows each to those who watch, and keeps the best frontal one of
 * each of {@value #PARTS} parts: {@value #PARTS} pictures and the present one are all that is in
 * memory, however long the clip is.
 */
final class ClipReader {

  private static final int PARTS = FaceFactor.MAX_FRAMES;

  /** Faces that are turned further are not compared: the challenge asks for them. */
  private static final double FRONTAL_NOSE_LINE = 0.2;

  /** Every so often it is checked again that the tracked points are those of a face. */
  private static final int THOROUGH = 5;

  private final FacePipeline pipeline;
  private final SeveralFaces several;
  private final List<ClipWatch> watches = new ArrayList<>();
  private final List<LivenessDetector> others = new ArrayList<>();
  private final GradedFace[] best = new GradedFace[PARTS];
  private int looks;
  private final Map<Guidance, Integer> problems = new EnumMap<>(Guidance.class);

  ClipReader(
      FacePipeline pipeline,
      List<LivenessDetector> liveness,
      SeveralFaces several,
      LivenessChallenge challenge,
      LivenessMode mode) {
    this.pipeline = pipeline;
    this.several = several;
    for (LivenessDetector detector : liveness) {
      detector.watch(challenge, mode).ifPresentOrElse(watches::add, () -> others.add(detector));
    }
    if (watches.isEmpty()) {
      // Fails closed: a challenge that nobody watches would let everybody pass.
      throw new IllegalStateException(
          "The policy asks for a challenge, and no liveness detector watches clips");
    }
  }

  ClipObservation read(Capture capture, Duration waited) {
    List<CapturedFrame> frames = ClipTimes.choose(capture.frames(), waited);
    if (frames.isEmpty()) {
      return unusable(capture.frames().size(), Guidance.UNUSABLE_CAPTURE);
    }
    int number = 0;
    int width = 0;
    int height = 0;
    long pixels = 0;
    for (int i = 0; i < frames.size(); i++) {
      Optional<Picture> decoded = pipeline.picture(frames.get(i));
      if (decoded.isEmpty()) {
        return unusable(frames.size(), Guidance.UNREADABLE_PICTURE);
      }
      Picture picture = decoded.get();
      pixels += (long) picture.width() * picture.height();
      if (i == 0) {
        width = picture.width();
        height = picture.height();
      }
      // One camera has one size; two sizes are two clients, or a cut.
      if (picture.width() != width
          || picture.height() != height
          || pixels > FacePipeline.MAX_TOTAL_PIXELS) {
        return unusable(frames.size(), Guidance.UNUSABLE_CAPTURE);
      }
      while (!capture.frames().get(number).at().equals(frames.get(i).at())) {
        number++;
      }
      look(frames.get(i), number, picture, i * PARTS / frames.size());
    }
    List<GradedFace> usable = Arrays.stream(best).filter(Objects::nonNull).toList();
    List<ObservedFace> kept = usable.stream().map(GradedFace::face).toList();
    return new ClipObservation(
        new FaceObservation(frames.size(), kept, usable, problems), verdict(kept));
  }

  private static ClipObservation unusable(int frames, Guidance guidance) {
    return new ClipObservation(
        new FaceObservation(frames, List.of(), List.of(), Map.of(guidance, frames)),
        new LivenessVerdict.Undetermined(guidance, Map.of()));
  }

  private void look(CapturedFrame frame, int number, Picture picture, int part) {
    List<ObservedFace> faces = new ArrayList<>(2);
    boolean profile = pipeline.findFaces(frame, picture, several, faces, looks % THOROUGH == 0);
    looks++;
    if (faces.size() != 1) {
      Guidance problem =
          faces.isEmpty()
              ? profile ? Guidance.TURNED : FacePipeline.withoutFace(picture)
              : Guidance.SEVERAL_FACES;
      problems.merge(problem, 1, Integer::sum);
      watches.forEach(watch -> watch.miss(frame.at(), faces.size()));
      return;
    }
    ObservedFace face = faces.get(0);
    watches.forEach(watch -> watch.see(face));
    if (Math.abs(new FaceGeometry(face.landmarks()).noseLine()) > FRONTAL_NOSE_LINE) {
      return;
    }
    FaceMeasures measures = FaceMeasures.of(face, Optional.empty());
    Optional<Guidance> problem = pipeline.rules().judge(measures);
    problem.ifPresent(p -> problems.merge(p, 1, Integer::sum));
    if (problem.isEmpty()
        && (best[part] == null || measures.grade() > best[part].measures().grade())) {
      best[part] = new GradedFace(face, measures, number);
    }
  }

  private LivenessVerdict verdict(List<ObservedFace> kept) {
    List<LivenessVerdict> verdicts = new ArrayList<>();
    watches.forEach(watch -> verdicts.add(watch.verdict()));
    if (!kept.isEmpty()) {
      others.forEach(detector -> verdicts.add(detector.judge(kept)));
    }
    return FacePipeline.fuse(verdicts);
  }
}
