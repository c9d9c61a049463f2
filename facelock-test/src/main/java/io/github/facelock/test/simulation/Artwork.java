package io.github.facelock.test.simulation;

import java.util.Optional;

/** What is printed or shown on a sheet. */
interface Artwork {

  /** The pixels at a time. */
  Texture texture(double seconds);

  /** Millimetres of the sheet per pixel when it is shown at life size. */
  double millimetresPerPixel();

  /** The pixel in the sheet's middle. */
  double middleX();

  /** The pixel in the sheet's middle. */
  double middleY();

  /** The person, where the artwork is a portrait. */
  Optional<Portrait> portrait();

  static Artwork of(Portrait portrait) {
    return new Still(portrait);
  }

  static Artwork of(Scene scene, int width, int height) {
    return new Film(scene, width, height);
  }

  /** A photograph. */
  record Still(Portrait person) implements Artwork {
    @Override
    public Texture texture(double seconds) {
      return person.texture(0);
    }

    @Override
    public double millimetresPerPixel() {
      return 1 / Portrait.SCALE;
    }

    @Override
    public double middleX() {
      return Portrait.EYES_X;
    }

    @Override
    public double middleY() {
      return Portrait.EYES_Y + 15 * Portrait.SCALE;
    }

    @Override
    public Optional<Portrait> portrait() {
      return Optional.of(person);
    }
  }

  /** A recording: what a camera saw of another scene, 230 mm wide. */
  record Film(Scene scene, int width, int height) implements Artwork {
    @Override
    public Texture texture(double seconds) {
      Frame seen = new Frame(width, height, width * SimulatedCamera.FOCAL_SHARE);
      scene.draw(seconds, seen);
      return new Texture(width, height, seen.pixels);
    }

    @Override
    public double millimetresPerPixel() {
      return 230.0 / width;
    }

    @Override
    public double middleX() {
      return (width - 1) / 2.0;
    }

    @Override
    public double middleY() {
      return (height - 1) / 2.0;
    }

    @Override
    public Optional<Portrait> portrait() {
      return Optional.empty();
    }
  }
}
