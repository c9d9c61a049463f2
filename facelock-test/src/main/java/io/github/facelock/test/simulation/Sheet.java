package io.github.facelock.test.simulation;

import java.util.Objects;
import java.util.Optional;

/**
 * A presentation attack with something flat or bent: a print or a screen that an attacker holds and
 * moves before the camera (ISO/IEC 30107-3: presentation attack instrument). Rendered exactly by
 * perspective projection; grain, moiré, bands and glare are models. Immutable.
 *
 * <pre>{@code
 * Scene bent = Sheet.print(victim, t -> SheetPlace.facing(450).withYaw(15 * t)).bent(90);
 * }</pre>
 */
public final class Sheet extends Scene {

  /** Size and form: millimetres, the radius infinite for a flat sheet, the axis in degrees. */
  record Form(double width, double height, double scale, double radius, double axis) {}

  /** What betrays a sheet: border in millimetres, moiré and glare 0 to 1. */
  record Cues(double border, double moire, double glare) {}

  /** What is around a sheet: who is behind it, else a room, and the display's light. */
  record Surroundings(Optional<Scene> behind, boolean eyeHoles, ScreenLight light, long room) {}

  final Artwork artwork;
  final SheetMotion motion;
  final Surface surface;
  final Form form;
  final Cues cues;
  final Surroundings around;

  private Sheet(
      Artwork artwork,
      SheetMotion motion,
      Surface surface,
      Form form,
      Cues cues,
      Surroundings around) {
    this.artwork = artwork;
    this.motion = Objects.requireNonNull(motion, "motion");
    this.surface = surface;
    this.form = form;
    this.cues = cues;
    this.around = around;
  }

  private static Sheet flat(
      Artwork artwork,
      SheetMotion motion,
      Surface surface,
      double width,
      double height,
      Cues cues) {
    return new Sheet(
        artwork,
        motion,
        surface,
        new Form(width, height, 1, Double.POSITIVE_INFINITY, 0),
        cues,
        new Surroundings(Optional.empty(), false, ScreenLight.none(), 1));
  }

  /**
   * A matte colour print of a portrait, 210 × 260 mm, life size, without a border.
   *
   * @param portrait of the victim
   * @param motion how it is moved
   * @return the attack
   */
  public static Sheet print(Portrait portrait, SheetMotion motion) {
    return flat(Artwork.of(portrait), motion, Surface.PAPER, 210, 260, new Cues(0, 0, 0));
  }

  /**
   * A tablet of 160 × 210 mm that shows a portrait at life size, with a bezel of 9 mm, some moiré
   * and some glare.
   *
   * @param portrait of the victim
   * @param motion how it is moved
   * @return the attack
   */
  public static Sheet screen(Portrait portrait, SheetMotion motion) {
    return screen(Artwork.of(portrait), motion, 160, 210);
  }

  /**
   * A tablet of 230 × 172 mm that plays what a camera recorded of another scene, at the clip's own
   * time.
   *
   * @param recorded for example a person who answered another challenge
   * @param motion how the tablet is moved
   * @return the attack
   */
  public static Sheet replay(Scene recorded, SheetMotion motion) {
    return screen(Artwork.of(recorded, 640, 480), motion, 230, 172);
  }

  private static Sheet screen(Artwork artwork, SheetMotion motion, double width, double height) {
    return flat(artwork, motion, Surface.SCREEN, width, height, new Cues(9, 0.06, 0.35));
  }

  /**
   * Bends it round an upright cylinder.
   *
   * @param radius in millimetres, at least 40 when it bulges towards the camera, at most −40 when
   *     it is hollow
   * @return a changed sheet
   */
  public Sheet bent(double radius) {
    return bent(radius, 0);
  }

  /**
   * Bends it round a cylinder.
   *
   * @param radius in millimetres, at least 40 when it bulges towards the camera, at most −40 when
   *     it is hollow
   * @param axis the cylinder's direction in the sheet: degrees from upright, clockwise
   * @return a changed sheet
   */
  public Sheet bent(double radius, double axis) {
    if (!(Math.abs(radius) >= 40)) {
      throw new IllegalArgumentException("A sheet is bent with a radius of 40 mm or more");
    }
    return with(new Form(form.width, form.height, form.scale, radius, axis));
  }

  /**
   * Sets its size, and that of the face on it.
   *
   * @param width in millimetres, 30 to 2000
   * @param height in millimetres, 30 to 2000
   * @param scale of the face; 1 is life size; 0.1 to 3
   * @return a changed sheet
   */
  public Sheet size(double width, double height, double scale) {
    boolean plausible =
        Math.min(width, height) >= 30 && Math.max(width, height) <= 2000 && scale >= 0.1;
    if (!(plausible && scale <= 3)) {
      throw new IllegalArgumentException("A sheet has sides of 30 to 2000 mm, a scale of 0.1 to 3");
    }
    return with(new Form(width, height, scale, form.radius, form.axis));
  }

  /**
   * Sets what betrays it.
   *
   * @param border width of the white border or the dark bezel in millimetres, 0 to 100
   * @param moire how deep the screen's grid is, 0 to 1; paper has none
   * @param glare how strongly it mirrors a lamp, 0 to 1
   * @return a changed sheet
   */
  public Sheet cues(double border, double moire, double glare) {
    if (!(border >= 0 && border <= 100 && moire >= 0 && moire <= 1 && glare >= 0 && glare <= 1)) {
      throw new IllegalArgumentException("Border 0 to 100 mm, moiré and glare 0 to 1");
    }
    return new Sheet(artwork, motion, surface, form, new Cues(border, moire, glare), around);
  }

  /**
   * Cuts the eyes out of a portrait, so that the attacker's own eyes blink through the holes.
   *
   * @param attacker who is behind the sheet
   * @return a changed sheet
   * @throws IllegalStateException if the sheet shows a recording
   */
  public Sheet eyeHoles(Scene attacker) {
    if (artwork.portrait().isEmpty()) {
      throw new IllegalStateException("Only a portrait's eyes can be cut out");
    }
    return behind(Optional.of(attacker), true);
  }

  /**
   * Shows somebody or something behind the sheet, in place of an empty room.
   *
   * @param scene what is behind
   * @return a changed sheet
   */
  public Sheet before(Scene scene) {
    return behind(Optional.of(scene), around.eyeHoles);
  }

  private Sheet behind(Optional<Scene> scene, boolean holes) {
    return with(new Surroundings(scene, holes, around.light, around.room));
  }

  /**
   * Sets the light of the display before it, and the room.
   *
   * @param display its colours
   * @param room any number; another number is another room
   * @return a changed sheet
   */
  public Sheet litBy(ScreenLight display, long room) {
    return with(new Surroundings(around.behind, around.eyeHoles, display, room));
  }

  /**
   * Moves it otherwise.
   *
   * @param other how it is moved
   * @return a changed sheet
   */
  public Sheet moving(SheetMotion other) {
    return new Sheet(artwork, other, surface, form, cues, around);
  }

  private Sheet with(Form other) {
    return new Sheet(artwork, motion, surface, other, cues, around);
  }

  private Sheet with(Surroundings other) {
    return new Sheet(artwork, motion, surface, form, cues, other);
  }

  @Override
  void draw(double seconds, Frame frame) {
    if (around.behind.isPresent()) {
      around.behind.get().draw(seconds, frame);
    } else {
      frame.copyFrom(frame.room(around.room));
    }
    new SheetPainter(this, seconds, frame).paint();
  }
}
