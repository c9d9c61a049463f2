package io.github.facelock.test.simulation;

/** Draws a projected {@link HeadMesh}, nearer points before farther ones. For one frame. */
final class MeshPainter {

  private static final int POINTS = HeadMesh.ROWS * HeadMesh.COLUMNS;

  private final float[] x = new float[POINTS];
  private final float[] y = new float[POINTS];
  private final float[] near = new float[POINTS];
  private final float[] shade = new float[POINTS];
  private final float[] reflected = new float[POINTS];
  private final Texture texture;
  private final Frame frame;
  private final float red;
  private final float green;
  private final float blue;

  /**
   * Prepares the drawing.
   *
   * @param texture the portrait's
   * @param light the display's colour
   * @param strength how much brighter white light of the display makes the skin, as a share
   * @param frame is drawn on
   */
  MeshPainter(Texture texture, Tint light, double strength, Frame frame) {
    this.texture = texture;
    this.frame = frame;
    this.red = (float) (strength * light.red());
    this.green = (float) (strength * light.green());
    this.blue = (float) (strength * light.blue());
  }

  void point(int i, double px, double py, double nearness, double shaded, double reflects) {
    x[i] = (float) px;
    y[i] = (float) py;
    near[i] = (float) nearness;
    shade[i] = (float) shaded;
    reflected[i] = (float) reflects;
  }

  void paint() {
    for (int row = 0; row + 1 < HeadMesh.ROWS; row++) {
      for (int column = 0; column + 1 < HeadMesh.COLUMNS; column++) {
        int i = row * HeadMesh.COLUMNS + column;
        triangle(i, i + 1, i + HeadMesh.COLUMNS);
        triangle(i + 1, i + HeadMesh.COLUMNS + 1, i + HeadMesh.COLUMNS);
      }
    }
  }

  private void triangle(int a, int b, int c) {
    float minX = Math.min(x[a], Math.min(x[b], x[c]));
    float maxX = Math.max(x[a], Math.max(x[b], x[c]));
    float minY = Math.min(y[a], Math.min(y[b], y[c]));
    float maxY = Math.max(y[a], Math.max(y[b], y[c]));
    int x0 = Math.max(0, (int) Math.ceil(minX));
    int x1 = Math.min(frame.width - 1, (int) Math.floor(maxX));
    int y0 = Math.max(0, (int) Math.ceil(minY));
    int y1 = Math.min(frame.height - 1, (int) Math.floor(maxY));
    float area = (x[b] - x[a]) * (y[c] - y[a]) - (x[c] - x[a]) * (y[b] - y[a]);
    if (x0 > x1 || y0 > y1 || Math.abs(area) < 1e-6f) {
      return;
    }
    float uA = a % HeadMesh.COLUMNS * HeadMesh.STEP;
    float vA = a / HeadMesh.COLUMNS * HeadMesh.STEP;
    float uB = b % HeadMesh.COLUMNS * HeadMesh.STEP - uA;
    float vB = b / HeadMesh.COLUMNS * HeadMesh.STEP - vA;
    float uC = c % HeadMesh.COLUMNS * HeadMesh.STEP - uA;
    float vC = c / HeadMesh.COLUMNS * HeadMesh.STEP - vA;
    float slopeB = (y[c] - y[a]) / area;
    float slopeC = -(y[b] - y[a]) / area;
    for (int py = y0; py <= y1; py++) {
      float dy = py - y[a];
      float shareB = ((x0 - x[a]) * (y[c] - y[a]) - (x[c] - x[a]) * dy) / area;
      float shareC = ((x[b] - x[a]) * dy - (x0 - x[a]) * (y[b] - y[a])) / area;
      int pixel = py * frame.width + x0;
      for (int px = x0; px <= x1; px++, pixel++, shareB += slopeB, shareC += slopeC) {
        // A little overlap, so that no gap opens between neighbours.
        if (shareB < -1e-4f || shareC < -1e-4f || shareB + shareC > 1.0001f) {
          continue;
        }
        float shareA = 1 - shareB - shareC;
        float nearness = shareA * near[a] + shareB * near[b] + shareC * near[c];
        if (nearness <= frame.nearness[pixel]) {
          continue;
        }
        frame.nearness[pixel] = nearness;
        int colour = texture.sample(uA + shareB * uB + shareC * uC, vA + shareB * vB + shareC * vC);
        float bright = 256 * (shareA * shade[a] + shareB * shade[b] + shareC * shade[c]);
        float back = 256 * (shareA * reflected[a] + shareB * reflected[b] + shareC * reflected[c]);
        frame.pixels[pixel] =
            Frame.lit(
                colour,
                (int) (bright + back * red),
                (int) (bright + back * green),
                (int) (bright + back * blue));
      }
    }
  }
}
