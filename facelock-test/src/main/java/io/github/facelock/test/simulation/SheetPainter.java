package io.github.facelock.test.simulation;

import java.util.Optional;

/** Draws a {@link Sheet} over what is on the frame already. For one frame. */
final class SheetPainter {

  /** Between exact points the place on the sheet is interpolated: off by less than .01 pixel. */
  private static final int STRIDE = 4;

  private static final double PIXEL_PITCH = 0.27;
  private static final double BAND_DEPTH = 0.025;
  private static final double GLARE_WIDTH = 0.012;
  private static final double AMBIENT = 0.72;
  private static final double[] LAMP = {-0.30, -0.50, 0.81};
  private static final double[] MIRRORED_LAMP = {0.42, -0.30, 0.86};
  private static final int BEZEL = 0x141416;
  private static final int WHITE = 0xE8E8E4;

  private final Sheet sheet;
  private final SheetSurface surface;
  private final Frame frame;
  private final Texture texture;
  private final Optional<Portrait> portrait;
  private final double perMillimetre;
  private final double bands;
  private final Tint light;
  private final double near;

  SheetPainter(Sheet sheet, double seconds, Frame frame) {
    this.sheet = sheet;
    this.frame = frame;
    SheetPlace place = sheet.motion.at(seconds);
    this.surface = new SheetSurface(place, sheet.form.radius(), sheet.form.axis());
    this.texture = sheet.artwork.texture(seconds);
    this.portrait = sheet.artwork.portrait();
    this.perMillimetre = 1 / (sheet.form.scale() * sheet.artwork.millimetresPerPixel());
    // Some 7 bands a second roll by, because camera and display do not run in step.
    this.bands = seconds * 7;
    this.light = sheet.around.light().at(seconds);
    this.near = Math.min(2, (450 / place.distance()) * (450 / place.distance()));
  }

  void paint() {
    double[] span = new double[2 * 7];
    for (int py = 0; py < frame.height; py++) {
      boolean startHit = locate(0, py, span, 0);
      for (int px = 0; px < frame.width; px += STRIDE) {
        int end = Math.min(frame.width, px + STRIDE);
        boolean endHit = locate(end, py, span, 7);
        if (startHit && endHit) {
          interpolate(px, end, py, span);
        } else if (startHit || endHit) {
          exact(px, end, py);
        }
        System.arraycopy(span, 7, span, 0, 7);
        startHit = endHit;
      }
    }
  }

  private boolean locate(double px, int py, double[] into, int at) {
    double rayX = (px - frame.centreX()) / frame.focalLength;
    double rayY = (py - frame.centreY()) / frame.focalLength;
    if (!surface.hit(rayX, rayY)) {
      return false;
    }
    double halfWidth = sheet.form.width() / 2 + sheet.cues.border();
    double halfHeight = sheet.form.height() / 2 + sheet.cues.border();
    // Far beyond its edges nothing needs to be known.
    if (Math.abs(surface.across) > 2 * halfWidth || Math.abs(surface.down) > 2 * halfHeight) {
      return false;
    }
    into[at] = surface.across;
    into[at + 1] = surface.down;
    double lamp = surface.normalX * LAMP[0] + surface.normalY * LAMP[1] + surface.normalZ * LAMP[2];
    into[at + 2] = AMBIENT + (1 - AMBIENT) * Math.max(0, lamp);
    into[at + 3] = Math.max(0, surface.normalZ);
    into[at + 4] = sheet.cues.glare() > 0 ? glare(rayX, rayY) : 0;
    return true;
  }

  /** How much of a lamp is mirrored towards the camera: a narrow lobe about its image. */
  private double glare(double rayX, double rayY) {
    double length = Math.sqrt(rayX * rayX + rayY * rayY + 1);
    double x = -rayX / length;
    double y = -rayY / length;
    double z = 1 / length;
    double twice = 2 * (surface.normalX * x + surface.normalY * y + surface.normalZ * z);
    double mirror =
        (twice * surface.normalX - x) * MIRRORED_LAMP[0]
            + (twice * surface.normalY - y) * MIRRORED_LAMP[1]
            + (twice * surface.normalZ - z) * MIRRORED_LAMP[2];
    return sheet.cues.glare() * Math.exp((mirror - 1) / GLARE_WIDTH);
  }

  private void interpolate(int from, int to, int py, double[] span) {
    double length = to - from;
    for (int px = from; px < to; px++) {
      double t = (px - from) / length;
      put(
          px,
          py,
          span[0] + t * (span[7] - span[0]),
          span[1] + t * (span[8] - span[1]),
          span[2] + t * (span[9] - span[2]),
          span[3] + t * (span[10] - span[3]),
          span[4] + t * (span[11] - span[4]));
    }
  }

  private void exact(int from, int to, int py) {
    double[] point = new double[7];
    for (int px = from; px < to; px++) {
      if (locate(px, py, point, 0)) {
        put(px, py, point[0], point[1], point[2], point[3], point[4]);
      }
    }
  }

  private void put(
      int px, int py, double across, double down, double lamp, double facing, double glare) {
    double beyond =
        Math.max(
            Math.abs(across) - sheet.form.width() / 2, Math.abs(down) - sheet.form.height() / 2);
    if (beyond > sheet.cues.border()) {
      return;
    }
    boolean screen = sheet.surface == Surface.SCREEN;
    int colour;
    if (beyond > 0) {
      colour = screen ? BEZEL : WHITE;
    } else {
      double u = sheet.artwork.middleX() + across * perMillimetre;
      double v = sheet.artwork.middleY() + down * perMillimetre;
      if (sheet.around.eyeHoles() && hole(u, v)) {
        return;
      }
      colour = texture.sample((float) u, (float) v);
      colour = screen ? shown(colour, across, down, py) : printed(colour, across, down);
    }
    double gain = 256 * (screen && beyond <= 0 ? 1 : lamp);
    double back = 256 * Person.REFLECTED * sheet.surface.returns * facing * near;
    int lit =
        Frame.lit(
            colour,
            (int) (gain + back * light.red()),
            (int) (gain + back * light.green()),
            (int) (gain + back * light.blue()));
    frame.pixels[py * frame.width + px] = glare > 0.004 ? Texture.mix(lit, 0xffffff, glare) : lit;
  }

  /** Paper: lifted black, less contrast, grain. */
  private static int printed(int colour, double across, double down) {
    int grain = 22 + Surface.grain(across, down);
    int r = Math.max(0, (((colour >> 16) & 0xff) * 222 / 256) + grain);
    int g = Math.max(0, (((colour >> 8) & 0xff) * 220 / 256) + grain);
    int b = Math.max(0, ((colour & 0xff) * 216 / 256) + grain);
    return (r << 16) | (g << 8) | b;
  }

  private int shown(int colour, double across, double down, int py) {
    int band = Surface.grid(3.0 * py / frame.height + bands, 1, 0, BAND_DEPTH);
    int row = Surface.grid(down, PIXEL_PITCH, 0, sheet.cues.moire());
    int common = band * row / 256;
    return Frame.lit(
        colour,
        common * Surface.grid(across, PIXEL_PITCH, 0, sheet.cues.moire()) / 256,
        common * Surface.grid(across, PIXEL_PITCH, 1, sheet.cues.moire()) / 256,
        common * Surface.grid(across, PIXEL_PITCH, 2, sheet.cues.moire()) / 256);
  }

  private boolean hole(double u, double v) {
    if (portrait.isEmpty()) {
      return false;
    }
    Portrait person = portrait.get();
    return inEye(person, 36, 39, u, v) || inEye(person, 42, 45, u, v);
  }

  private static boolean inEye(Portrait person, int outer, int inner, double u, double v) {
    double middleX = (person.x(outer) + person.x(inner)) / 2;
    double middleY = (person.y(outer) + person.y(inner)) / 2;
    double half = Math.abs(person.x(inner) - person.x(outer)) / 2;
    return Math.hypot((u - middleX) / (1.1 * half), (v - middleY) / (0.55 * half)) < 1;
  }
}
