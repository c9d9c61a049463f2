package io.github.facelock.core.liveness;

import io.github.facelock.api.face.LivenessVerdict;
import io.github.facelock.api.face.ObservedFace;
import io.github.facelock.spi.face.LivenessDetector;
import java.util.List;
import java.util.Objects;

/**
 * Judges single pictures where a policy asks for no challenge: moiré, borders and rolling bands,
 * fused as in {@link ScreenThresholds}. Weak: a good print, a dense screen and a mask have none of
 * these. Immutable and thread-safe.
 */
public final class PassiveLiveness implements LivenessDetector {

  /** Pictures that are looked at; the cheap cue follows all. */
  private static final int MOST = 5;

  private final ScreenThresholds thresholds;

  /**
   * Makes a detector.
   *
   * @param thresholds from where on a cue speaks for a screen
   */
  public PassiveLiveness(ScreenThresholds thresholds) {
    this.thresholds = Objects.requireNonNull(thresholds, "thresholds");
  }

  @Override
  public LivenessVerdict judge(List<ObservedFace> faces) {
    ScreenCues cues = new ScreenCues();
    int every = Math.max(1, (faces.size() + MOST - 1) / MOST);
    for (int i = 0; i < faces.size(); i++) {
      cues.follow(faces.get(i));
      if (i % every == 0) {
        cues.look(faces.get(i));
      }
    }
    return cues.speakForOne(thresholds)
        ? new LivenessVerdict.Attack("screen", cues.signals())
        : new LivenessVerdict.BonaFide(cues.signals());
  }
}
