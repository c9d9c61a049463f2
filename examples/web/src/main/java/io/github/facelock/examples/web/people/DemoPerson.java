package io.github.facelock.examples.web.people;

import java.awt.Rectangle;
import java.util.Locale;
import java.util.Optional;

/** Who is on the demo photographs, and where. The names are made up. */
public enum DemoPerson {
  /** A user. */
  ANNA("sample3.jpg", 1079, 192, 222, 310, true),
  /** The administrator. */
  BEA("sample6.jpg", 252, 484, 214, 276, true),
  /** A stranger. */
  CLEO("sample5.jpg", 1116, 208, 159, 217, false),
  /** Another stranger, who may register. */
  DORA("sample6.jpg", 1487, 264, 209, 289, false);

  private final String file;
  private final int left;
  private final int top;
  private final int width;
  private final int height;
  private final boolean enrolled;

  DemoPerson(String file, int left, int top, int width, int height, boolean enrolled) {
    this.file = file;
    this.left = left;
    this.top = top;
    this.width = width;
    this.height = height;
    this.enrolled = enrolled;
  }

  /**
   * Finds one.
   *
   * @param id lower-case name
   * @return the person
   */
  public static Optional<DemoPerson> of(String id) {
    for (DemoPerson person : values()) {
      if (person.id().equals(id)) {
        return Optional.of(person);
      }
    }
    return Optional.empty();
  }

  /**
   * Names the person.
   *
   * @return lower-case name
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Tells whether an account is made at the first start.
   *
   * @return whether there is an account
   */
  public boolean enrolled() {
    return enrolled;
  }

  /**
   * Shows the person.
   *
   * @return a view of the head and shoulders
   */
  public Photograph photograph() {
    return Photograph.of(file, new Rectangle(left, top, width, height));
  }
}
