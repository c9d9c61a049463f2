package io.github.facelock.test.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SheetSurfaceTest {

  @Test
  void aTiltedFlatSheetIsSeenAsPerspectiveDemands() {
    double tilt = Math.toRadians(50);
    SheetSurface surface = flat(SheetPlace.facing(400).withYaw(50));
    for (double across = -100; across <= 100; across += 20) {
      double[] seen = surface.seen(across, 70);
      double forward = 400 - across * Math.sin(tilt);
      assertThat(seen[0]).isCloseTo(across * Math.cos(tilt) / forward, within(1e-12));
      assertThat(seen[1]).isCloseTo(70 / forward, within(1e-12));
    }
  }

  @Test
  void aPitchedFlatSheetIsSeenAsPerspectiveDemands() {
    double pitch = Math.toRadians(30);
    SheetSurface surface = flat(SheetPlace.facing(400).withPitch(30));
    double[] seen = surface.seen(40, 80);
    double forward = 400 - 80 * Math.sin(pitch);
    assertThat(seen[0]).isCloseTo(40 / forward, within(1e-12));
    assertThat(seen[1]).isCloseTo(80 * Math.cos(pitch) / forward, within(1e-12));
  }

  @Test
  void aBentSheetLiesOnItsCylinder() {
    double radius = 90;
    SheetSurface surface = new SheetSurface(SheetPlace.facing(450), radius, 0);
    for (double across = -100; across <= 100; across += 25) {
      double[] seen = surface.seen(across, 30);
      double forward = 450 + radius - radius * Math.cos(across / radius);
      assertThat(seen[0]).isCloseTo(radius * Math.sin(across / radius) / forward, within(1e-12));
      assertThat(seen[1]).isCloseTo(30 / forward, within(1e-12));
    }
  }

  @Test
  void aSheetBentAboutALevelAxisBendsTheOtherWay() {
    SheetSurface upright = new SheetSurface(SheetPlace.facing(450), 120, 0);
    SheetSurface level = new SheetSurface(SheetPlace.facing(450), 120, 90);
    double[] first = upright.seen(60, 25);
    double[] second = level.seen(25, 60);
    assertThat(second[0]).isCloseTo(first[1], within(1e-12));
    assertThat(second[1]).isCloseTo(first[0], within(1e-12));
  }

  @Test
  void aRayMeetsThePointThatIsSeenAlongIt() {
    SplittableRandom random = new SplittableRandom(20);
    for (int i = 0; i < 5_000; i++) {
      SheetPlace place =
          new SheetPlace(
              random.nextDouble(-60, 60),
              random.nextDouble(-40, 40),
              random.nextDouble(-180, 180),
              random.nextDouble(-80, 80),
              random.nextDouble(-80, 80),
              random.nextDouble(300, 900));
      double radius = i % 3 == 0 ? Double.POSITIVE_INFINITY : random.nextDouble(70, 300);
      double signed = i % 3 == 2 ? -radius : radius;
      SheetSurface surface = new SheetSurface(place, signed, random.nextDouble(-90, 90));
      double across = random.nextDouble(-50, 50);
      double down = random.nextDouble(-50, 50);
      double[] seen = surface.seen(across, down);
      if (!surface.hit(seen[0], seen[1])) {
        // The point lies on the side of the bulge that is turned away.
        assertThat(signed).isNotInfinite();
        continue;
      }
      boolean itself =
          Math.abs(surface.across - across) < 1e-6 && Math.abs(surface.down - down) < 1e-6;
      // Else another part of the bent sheet hides it.
      assertThat(itself || !Double.isInfinite(signed)).isTrue();
      assertThat(Math.hypot(surface.normalX, Math.hypot(surface.normalY, surface.normalZ)))
          .isCloseTo(1, within(1e-9));
    }
  }

  @Test
  void mostPointsOfAFacingBentSheetMeetTheirRays() {
    SheetSurface surface = new SheetSurface(SheetPlace.facing(450).withYaw(20), 150, 10);
    for (double across = -80; across <= 80; across += 10) {
      double[] seen = surface.seen(across, 40);
      assertThat(surface.hit(seen[0], seen[1])).isTrue();
      assertThat(surface.across).isCloseTo(across, within(1e-9));
      assertThat(surface.down).isCloseTo(40, within(1e-9));
    }
  }

  private static SheetSurface flat(SheetPlace place) {
    return new SheetSurface(place, Double.POSITIVE_INFINITY, 0);
  }
}
