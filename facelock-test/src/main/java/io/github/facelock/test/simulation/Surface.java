package io.github.facelock.test.simulation;

/**
 * What a sheet is made of: how it changes the colours that are on it.
 *
 * <p>Paper has grain, no deep black, and returns the room's and the display's light by its slope. A
 * screen has a grid of red, green and blue that beats with the camera's own (moiré), bands that
 * roll as it is refreshed, a dark bezel, and light of its own, so the display's light hardly shows.
 */
enum Surface {
  /** Matte paper. */
  PAPER(0.9),
  /** A telephone's or tablet's display. */
  SCREEN(0.08);

  private static final int[] COSINE = new int[1024];

  static {
    for (int i = 0; i < COSINE.length; i++) {
      COSINE[i] = (int) Math.round(256 * Math.cos(2 * Math.PI * i / COSINE.length));
    }
  }

  /** How much of the display's light comes back, as a share of what skin returns. */
  final double returns;

  Surface(double returns) {
    this.returns = returns;
  }

  /** Grain of paper, the same at the same place: −7 to 8 grey levels. */
  static int grain(double across, double down) {
    int x = (int) Math.floor(across * 2.5);
    int y = (int) Math.floor(down * 2.5);
    int hash = x * 0x9E3779B1 ^ y * 0x85EBCA77;
    hash ^= hash >>> 15;
    hash *= 0x2C1B3C6D;
    return (hash >>> 28) - 7;
  }

  /**
   * Gain of one colour's part of the screen's grid, with 8 fractional bits.
   *
   * @param millimetres along one direction
   * @param pitch of the grid
   * @param part 0, 1 or 2 for red, green, blue
   * @param depth 0 (no grid) to 1
   */
  static int grid(double millimetres, double pitch, int part, double depth) {
    int index = (int) (1024 * (millimetres / pitch + part / 3.0)) & 1023;
    return 256 + (int) (depth * COSINE[index]);
  }
}
