package io.github.facelock.core.liveness;

import io.github.facelock.api.face.FaceBox;
import io.github.facelock.api.face.ObservedFace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The cues of a screen or a sheet in a capture, and their fusion: two of three must speak for one,
 * because each alone has its people (patterns of a camera, flickering lamps, doors behind the
 * head); a strong moiré speaks alone. Not thread-safe; for one capture.
 */
final class ScreenCues {

  private final MoireCue moire = new MoireCue();
  private final BezelCue bezel = new BezelCue();
  private final RefreshCue refresh = new RefreshCue();
  private final List<Double> energies = new ArrayList<>();
  private final List<Double> sides = new ArrayList<>();

  /** Takes a frame for the cue that needs neighbours; cheap. */
  void follow(ObservedFace face) {
    refresh.add(face.at().toMillis(), face.picture(), face.face().box());
  }

  /** Takes a frame for the cues of single pictures. */
  void look(ObservedFace face) {
    FaceBox box = face.face().box();
    energies.add(moire.energy(face.picture(), box));
    sides.add(bezel.sides(face.picture(), box));
  }

  double moire() {
    return median(energies);
  }

  double bezel() {
    return median(sides);
  }

  double refresh() {
    return refresh.strength();
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }

  /** Whether the cues together speak for a screen or a sheet. */
  boolean speakForOne(ScreenThresholds thresholds) {
    int votes = 0;
    votes += moire() >= thresholds.moire() ? 1 : 0;
    votes += bezel() >= thresholds.bezel() ? 1 : 0;
    votes += refresh() >= thresholds.refresh() ? 1 : 0;
    return votes >= 2 || moire() >= thresholds.moireAlone();
  }

  /** For the audit trail. */
  Map<String, Double> signals() {
    return Map.of("moire", moire(), "bezel", bezel(), "refresh", refresh());
  }
}
