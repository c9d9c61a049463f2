package io.github.facelock.test.simulation;

import java.util.Arrays;
import java.util.Objects;

/**
 * A simulated person: a photograph over a coarse head that turns, nods, comes closer and blinks.
 * <strong>Simulated.</strong> The head has average depth, the hair is part of it, the far side of a
 * turned head is stretched skin, nothing moves in the face but the lids, and there is no motion
 * blur. Good for showing that a judgement accepts what it should; no substitute for real people
 * when error rates are stated. Immutable.
 */
public final class Person extends Scene {

  /** How much brighter a white display makes the skin at 450 mm, as a share. */
  static final double REFLECTED = 0.12;

  private static final double REST = 520;

  private final Portrait portrait;
  private final HeadMesh mesh;
  private final HeadMotion motion;
  private final ScreenLight light;

  private Person(Portrait portrait, HeadMesh mesh, HeadMotion motion, ScreenLight light) {
    this.portrait = portrait;
    this.mesh = mesh;
    this.motion = Objects.requireNonNull(motion, "motion");
    this.light = Objects.requireNonNull(light, "light");
  }

  /**
   * Brings a portrait to life.
   *
   * @param portrait of the person
   * @param motion how the head moves
   * @return the scene
   */
  public static Person of(Portrait portrait, HeadMotion motion) {
    return new Person(portrait, new HeadMesh(portrait.shape()), motion, ScreenLight.none());
  }

  /**
   * The same person before a display that shines on the face.
   *
   * @param display its colours
   * @return the scene
   */
  public Person litBy(ScreenLight display) {
    return new Person(portrait, mesh, motion, display);
  }

  /**
   * The same person moving otherwise.
   *
   * @param other how the head moves
   * @return the scene
   */
  public Person moving(HeadMotion other) {
    return new Person(portrait, mesh, other, light);
  }

  @Override
  void draw(double seconds, Frame frame) {
    HeadPlace place = motion.at(seconds);
    Arrays.fill(frame.nearness, 0);
    Arrays.fill(frame.pixels, 0x808080);
    MeshPainter painter =
        new MeshPainter(portrait.texture(place.eyesClosed()), light.at(seconds), REFLECTED, frame);
    mesh.project(place, REST, frame, painter);
    painter.paint();
  }
}
