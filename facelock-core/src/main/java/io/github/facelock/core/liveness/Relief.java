package io.github.facelock.core.liveness;

import java.util.OptionalDouble;

/**
 * What a clip says of the depth of what moved in it, and how strict mode joins it. The landmarks
 * say how far the nose and the outline moved against each other, the pixels whether a sheet of
 * paper explains the turned face ({@link SheetTest}).
 *
 * <p><strong>Fusion.</strong> Relief R = outline + D / 2, both the least of all turns. A tightly
 * bent print has some of it, a blurred photograph of a head fits a sheet well: so neither decides
 * alone where it is weak.
 *
 * <ul>
 *   <li>R below {@link LivenessThresholds#relief}: flat, whatever the pixels say;
 *   <li>the sheet fits ({@link LivenessThresholds#sheetDoubt}) and R is below {@link
 *       LivenessThresholds#clearRelief}: a sheet;
 *   <li>the sheet fits almost perfectly ({@link LivenessThresholds#sheetAttack}): a sheet, whatever
 *       the landmarks say;
 *   <li>an approach without perspective ({@link LivenessThresholds#perspective}) and R below {@link
 *       LivenessThresholds#approachRelief}: flat, for landmarks of small photographs are too
 *       uncertain to say so against a face that turned with much relief;
 *   <li>nothing turned (who cannot turn, nods) and the sheet fits: asked again, for the landmarks
 *       have no say.
 * </ul>
 *
 * @param depth least apparent depth of the nose over turns and nods; absent without such
 * @param turnDepth the same over turns
 * @param outline least move of the outline against the nose over turns; absent without turns
 * @param perspective least growth of inner face over outline in approaches; absent without such
 * @param sheet greatest correlation over turns, for a nodding head hides little of itself and so
 *     fits a sheet well; over nods where nothing turned; −1 without such
 */
record Relief(
    OptionalDouble depth,
    OptionalDouble turnDepth,
    OptionalDouble outline,
    OptionalDouble perspective,
    double sheet) {

  /** What strict mode makes of it. */
  enum Finding {
    /** A head. */
    HEAD(""),
    /** Too little relief. */
    FLAT("flat-relief"),
    /** Its pixels are those of a sheet. */
    SHEET("sheet"),
    /** It came closer without a change of perspective. */
    FLAT_APPROACH("flat-approach"),
    /** Cannot be told. */
    UNCLEAR("");

    /** The cause in the audit trail. */
    final String cause;

    Finding(String cause) {
      this.cause = cause;
    }
  }

  /** R; empty where nothing turned. */
  OptionalDouble relief() {
    return turnDepth.isPresent() && outline.isPresent()
        ? OptionalDouble.of(outline.getAsDouble() + turnDepth.getAsDouble() / 2)
        : OptionalDouble.empty();
  }

  boolean flatApproach(LivenessThresholds thresholds) {
    return perspective.isPresent() && perspective.getAsDouble() < thresholds.perspective();
  }

  Finding judge(LivenessThresholds thresholds) {
    OptionalDouble relief = relief();
    if (relief.isPresent() && relief.getAsDouble() < thresholds.relief()) {
      return Finding.FLAT;
    }
    if (sheet >= thresholds.sheetAttack()) {
      return Finding.SHEET;
    }
    if (flatApproach(thresholds)
        && (relief.isEmpty() || relief.getAsDouble() < thresholds.approachRelief())) {
      return Finding.FLAT_APPROACH;
    }
    if (sheet >= thresholds.sheetDoubt()) {
      if (relief.isEmpty()) {
        return Finding.UNCLEAR;
      }
      if (relief.getAsDouble() < thresholds.clearRelief()) {
        return Finding.SHEET;
      }
    }
    return Finding.HEAD;
  }
}
