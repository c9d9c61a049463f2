package io.github.facelock.benchmarks.pad;

import io.github.facelock.api.face.LivenessVerdict;
import java.util.Map;
import java.util.Objects;

/**
 * What became of a presentation.
 *
 * @param sample the presentation
 * @param response how it was classified
 * @param detail the deciding signal of an attack, or the guidance where nothing was decided
 * @param signals what was measured, by name
 */
public record PadResult(
    PadSample sample, Response response, String detail, Map<String, Double> signals) {

  /** Classes of ISO/IEC 30107-3. */
  public enum Response {
    /** Taken for a person. */
    BONA_FIDE,
    /** Taken for an attack. */
    ATTACK,
    /** Neither: the person is asked again (non-response). */
    NONE
  }

  /** Copies the map. */
  public PadResult {
    Objects.requireNonNull(sample, "sample");
    Objects.requireNonNull(response, "response");
    Objects.requireNonNull(detail, "detail");
    signals = Map.copyOf(signals);
  }

  static PadResult of(PadSample sample, LivenessVerdict verdict) {
    if (verdict instanceof LivenessVerdict.BonaFide) {
      return new PadResult(sample, Response.BONA_FIDE, "", verdict.signals());
    }
    if (verdict instanceof LivenessVerdict.Attack attack) {
      return new PadResult(sample, Response.ATTACK, attack.cause(), verdict.signals());
    }
    LivenessVerdict.Undetermined doubt = (LivenessVerdict.Undetermined) verdict;
    return new PadResult(sample, Response.NONE, doubt.guidance().code(), verdict.signals());
  }

  static PadResult unreadable(PadSample sample, String cause) {
    return new PadResult(sample, Response.NONE, cause, Map.of());
  }
}
