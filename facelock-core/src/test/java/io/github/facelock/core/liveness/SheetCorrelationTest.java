package io.github.facelock.core.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.face.Landmarks;
import io.github.facelock.api.face.Picture;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * The sheet test on drawn faces: whatever a sheet can do to a picture it explains, and a nose that
 * stands before the cheeks it does not.
 */
class SheetCorrelationTest {

  private static final int SIDE = 400;

  /** Where a place of the seen picture lies on the drawn face. */
  @FunctionalInterface
  private interface Warp {
    double[] from(double x, double y);
  }

  private final double[] ink = ink();

  /** Features of several sizes, as a face has them. */
  private static double[] ink() {
    SplittableRandom random = new SplittableRandom(3);
    double[] ink = new double[SIDE * SIDE];
    for (int blot = 0; blot < 260; blot++) {
      double x = random.nextDouble(60, 340);
      double y = random.nextDouble(60, 360);
      double size = random.nextDouble(4, 22);
      double depth = random.nextDouble(-60, 60);
      for (int v = Math.max(0, (int) (y - 3 * size)); v < Math.min(SIDE, y + 3 * size); v++) {
        for (int u = Math.max(0, (int) (x - 3 * size)); u < Math.min(SIDE, x + 3 * size); u++) {
          double away = ((u - x) * (u - x) + (v - y) * (v - y)) / (size * size);
          ink[v * SIDE + u] += depth * Math.exp(-away);
        }
      }
    }
    return ink;
  }

  private FaceCrop crop(Warp warp, double gain) {
    Picture.Builder builder = Picture.builder(SIDE, SIDE);
    byte[] rgb = builder.pixels();
    SplittableRandom noise = new SplittableRandom(5);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        double[] at = warp.from(x - 200, y - 200);
        double value = 128 + gain * sample(at[0] + 200, at[1] + 200) + 1.5 * noise.nextGaussian();
        byte grey = (byte) Math.max(0, Math.min(255, Math.round(value)));
        int p = 3 * (y * SIDE + x);
        rgb[p] = grey;
        rgb[p + 1] = grey;
        rgb[p + 2] = grey;
      }
    }
    // Right eye, left eye, nose, mouth: the crop is taken by the eyes.
    return new FaceCrop.Cutter()
        .cut(builder.build(), Landmarks.of(150, 160, 250, 160, 200, 220, 165, 270, 235, 270));
  }

  private double sample(double x, double y) {
    int left = (int) Math.floor(x);
    int top = (int) Math.floor(y);
    if (left < 0 || top < 0 || left >= SIDE - 1 || top >= SIDE - 1) {
      return 0;
    }
    double u = x - left;
    double v = y - top;
    int i = top * SIDE + left;
    return (1 - v) * ((1 - u) * ink[i] + u * ink[i + 1])
        + v * ((1 - u) * ink[i + SIDE] + u * ink[i + SIDE + 1]);
  }

  private double correlation(Warp warp, double gain) {
    return SheetTest.correlation(crop((x, y) -> new double[] {x, y}, 1), crop(warp, gain));
  }

  @Test
  void aSheetThatIsTiltedShiftedOrBentIsExplained() {
    LivenessThresholds thresholds = LivenessThresholds.ofDefaults();
    Warp same = (x, y) -> new double[] {x, y};
    Warp tilted = (x, y) -> new double[] {x / 0.82 + 6, y - 0.06 * x - 4};
    Warp bent = (x, y) -> new double[] {x * (1 + 0.0012 * x) / 0.9, y * (1 + 0.0004 * x)};

    assertThat(correlation(same, 1)).isGreaterThan(thresholds.sheetAttack());
    assertThat(correlation(tilted, 1)).isGreaterThan(thresholds.sheetDoubt());
    assertThat(correlation(bent, 1)).isGreaterThan(thresholds.sheetDoubt());
    // Other light changes nothing.
    assertThat(correlation(tilted, 0.6)).isGreaterThan(thresholds.sheetDoubt());
  }

  /** A nose that stands out moves over one cheek and uncovers the other. */
  private static Warp head(double depth) {
    return (x, y) -> {
      double nose = Math.exp(-(x * x) / 400 - (y - 20) * (y - 20) / 2500);
      double round = 1 - (x * x + y * y) / 60_000;
      return new double[] {x / 0.9 + depth * nose + depth * round, y};
    };
  }

  @Test
  void aHeadIsExplainedTheWorseTheFartherItsNoseStandsOut() {
    double flat = correlation(head(0), 1);
    double slight = correlation(head(15), 1);
    double strong = correlation(head(50), 1);

    assertThat(flat).isGreaterThan(LivenessThresholds.ofDefaults().sheetDoubt());
    assertThat(slight).isLessThan(flat);
    assertThat(strong).isLessThan(slight).isLessThan(LivenessThresholds.ofDefaults().sheetDoubt());
  }

  @Test
  void twoDifferentFacesAreNoSheetAndAnEmptyPictureIsNone() {
    FaceCrop face = crop((x, y) -> new double[] {x, y}, 1);
    FaceCrop other = crop((x, y) -> new double[] {-y, x}, 1);
    assertThat(SheetTest.correlation(face, other))
        .isLessThan(LivenessThresholds.ofDefaults().sheetDoubt());

    FaceCrop empty = crop((x, y) -> new double[] {9999, 9999}, 1);
    assertThat(SheetTest.correlation(face, empty)).isBetween(-1.0, 0.5);
  }
}
