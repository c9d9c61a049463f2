package io.github.facelock.core.face;

import io.github.facelock.api.face.Guidance;
import java.util.Optional;

/**
 * What a face must satisfy to be compared or enrolled. {@link FaceMeasures} says how each value is
 * measured.
 *
 * <p>MEASURED
 *
 * @param minEyeDistance in pixels; below is {@link Guidance#TOO_FAR}
 * @param maxEyeShare eye distance over the picture's width; above is {@link Guidance#TOO_CLOSE}
 * @param maxOutside share of landmarks beyond the edges; above is {@link Guidance#OFF_CENTRE}
 * @param maxNoseLine in lengths from eyes to mouth; above is {@link Guidance#TURNED}
 * @param maxYaw in degrees, where a pose estimator is there; above is {@link Guidance#TURNED}
 * @param maxPitch in degrees, where a pose estimator is there; above is {@link Guidance#TURNED}
 * @param maxRoll in degrees; above is {@link Guidance#TILTED}
 * @param minBrightness 0 to 255; below is {@link Guidance#TOO_DARK}
 * @param maxBrightness 0 to 255; above is {@link Guidance#TOO_BRIGHT}
 * @param maxGlare share of the face; above is {@link Guidance#TOO_BRIGHT}
 * @param maxUnevenness 0 to 1; above is {@link Guidance#UNEVEN_LIGHT}
 * @param minSharpness below is {@link Guidance#BLURRED}
 * @param minEyeDetail below is {@link Guidance#EYES_HIDDEN}
 * @param minEyeBrightness over the face's mean; below is {@link Guidance#EYES_HIDDEN}
 * @param minMouthDetail below is {@link Guidance#MOUTH_COVERED}
 */
public record QualityRules(
    float minEyeDistance,
    float maxEyeShare,
    float maxOutside,
    float maxNoseLine,
    float maxYaw,
    float maxPitch,
    float maxRoll,
    float minBrightness,
    float maxBrightness,
    float maxGlare,
    float maxUnevenness,
    float minSharpness,
    float minEyeDetail,
    float minEyeBrightness,
    float minMouthDetail) {

  /**
   * Rules for a face that is compared: whatever the embedder can still judge. A face that is turned
   * further would be refused as a stranger's, which counts as a failed attempt.
   *
   * @return the rules
   */
  public static QualityRules forVerification() {
    return new QualityRules(
        24, 0.45f, 0.10f, 0.40f, 48, 35, 25, 20, 225, 0.25f, 0.50f, 0.16f, 0.08f, 0.30f, 0.12f);
  }

  /**
   * Rules for a reference, which every later comparison depends on.
   *
   * @return the rules
   */
  public static QualityRules forEnrolment() {
    return new QualityRules(
        36, 0.40f, 0, 0.20f, 25, 25, 15, 50, 215, 0.10f, 0.30f, 0.30f, 0.20f, 0.40f, 0.25f);
  }

  /**
   * Judges a face, the cause that hides others first: a face that is too far is often blurred too,
   * and coming closer mends both.
   *
   * @param face what was measured
   * @return what to do better; empty if the face is good enough
   */
  public Optional<Guidance> judge(FaceMeasures face) {
    Guidance guidance = null;
    if (face.outside() > maxOutside) {
      guidance = face.eyeShare() > maxEyeShare ? Guidance.TOO_CLOSE : Guidance.OFF_CENTRE;
    } else if (face.eyeDistance() < minEyeDistance) {
      guidance = Guidance.TOO_FAR;
    } else if (face.eyeShare() > maxEyeShare) {
      guidance = Guidance.TOO_CLOSE;
    } else if (face.brightness() < minBrightness) {
      guidance = Guidance.TOO_DARK;
    } else if (face.brightness() > maxBrightness || face.glare() > maxGlare) {
      guidance = Guidance.TOO_BRIGHT;
    } else if (Math.abs(face.roll()) > maxRoll) {
      guidance = Guidance.TILTED;
    } else if (Math.abs(face.noseLine()) > maxNoseLine
        || Math.abs(face.yaw()) > maxYaw
        || Math.abs(face.pitch()) > maxPitch) {
      guidance = Guidance.TURNED;
    } else if (face.sharpness() < minSharpness) {
      guidance = Guidance.BLURRED;
    } else if (face.eyeDetail() < minEyeDetail || face.eyeBrightness() < minEyeBrightness) {
      guidance = Guidance.EYES_HIDDEN;
    } else if (face.mouthDetail() < minMouthDetail) {
      guidance = Guidance.MOUTH_COVERED;
    } else if (face.unevenness() > maxUnevenness) {
      guidance = Guidance.UNEVEN_LIGHT;
    }
    return Optional.ofNullable(guidance);
  }
}
