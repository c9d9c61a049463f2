package io.github.facelock.examples.quickstart;

import java.awt.Rectangle;

/**
 * Who is on the demo photographs, and where. The names are made up.
 *
 * <p>Anna is on two of them, taken on different days: one enrols her, the other logs her in.
 */
final class DemoPeople {

  private DemoPeople() {}

  static Photograph annaAtEnrolment() {
    return Photograph.of("sample3.jpg", new Rectangle(1079, 192, 222, 310));
  }

  static Photograph annaToday() {
    // She leans her head in this picture, and holds the telephone accordingly.
    return Photograph.of("sample1.jpg", new Rectangle(1464, 216, 213, 213)).turned(-30);
  }

  static Photograph bea() {
    return Photograph.of("sample6.jpg", new Rectangle(252, 484, 214, 276));
  }

  static Photograph cleo() {
    return Photograph.of("sample5.jpg", new Rectangle(1116, 208, 159, 217));
  }

  static Photograph dora() {
    return Photograph.of("sample6.jpg", new Rectangle(1487, 264, 209, 289));
  }
}
