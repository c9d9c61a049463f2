package io.github.facelock.core.watchlist;

import io.github.facelock.api.SubjectId;
import io.github.facelock.api.face.Embedding;
import io.github.facelock.api.face.FalseMatchRate;
import io.github.facelock.api.face.ModelId;
import io.github.facelock.api.face.ScoreCalibration;
import io.github.facelock.spi.face.FaceSampler;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * What the watch-list needs to know of the face step.
 *
 * @param model the present model
 * @param calibration which scores strangers reach
 * @param sampler takes faces for new entries; asks for no liveness
 * @param resemblesSomebody whether a face is like that of the claimed subject, if there is one, or
 *     of anybody enrolled, by a bar that is low on purpose
 */
public record FaceComparison(
    ModelId model,
    ScoreCalibration calibration,
    FaceSampler sampler,
    BiPredicate<Optional<SubjectId>, List<Embedding>> resemblesSomebody) {

  /** Refuses null. */
  public FaceComparison {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(calibration, "calibration");
    Objects.requireNonNull(sampler, "sampler");
    Objects.requireNonNull(resemblesSomebody, "resemblesSomebody");
  }

  float bar(FalseMatchRate rate, int comparisons) {
    return calibration
        .extrapolatedThreshold(new FalseMatchRate(rate.value() / Math.max(1, comparisons)))
        .value();
  }
}
