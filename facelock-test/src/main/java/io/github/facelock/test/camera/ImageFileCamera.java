package io.github.facelock.test.camera;

import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.CapturedFrame;
import java.awt.image.BufferedImage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A camera that films picture files. Immutable: each method that changes something gives another
 * camera. The same files, changes and seed give the same bytes on one Java version.
 *
 * <p>Frames of a camera without changes are the files themselves; changed frames are JPEG files.
 *
 * <pre>{@code
 * ImageFileCamera camera = ImageFileCamera.of(Path.of("alice1.jpg"), Path.of("alice2.jpg"));
 * Capture bright = camera.capture(10);
 * Capture dim = camera.darker(0.2).noisy(4).capture(10);
 * }</pre>
 */
public final class ImageFileCamera {

  private static final double DEFAULT_RATE = 10;

  private final List<byte[]> images;
  private final List<FrameChange> changes;
  private final double framesPerSecond;
  private final long seed;

  private ImageFileCamera(
      List<byte[]> images, List<FrameChange> changes, double framesPerSecond, long seed) {
    if (images.isEmpty()) {
      throw new IllegalArgumentException("A camera needs at least one picture to film");
    }
    this.images = List.copyOf(images);
    this.changes = List.copyOf(changes);
    this.framesPerSecond = framesPerSecond;
    this.seed = seed;
  }

  /**
   * Films files.
   *
   * @param files JPEG or PNG files; they are shown in turn
   * @return the camera
   * @throws UncheckedIOException if a file cannot be read
   */
  public static ImageFileCamera of(Path... files) {
    List<byte[]> images = new ArrayList<>();
    for (Path file : files) {
      try {
        images.add(Files.readAllBytes(file));
      } catch (IOException e) {
        throw new UncheckedIOException("The camera cannot read " + file, e);
      }
    }
    return ofImages(images);
  }

  /**
   * Films resources.
   *
   * @param anchor whose class loader and package the names are resolved with
   * @param names as for {@link Class#getResourceAsStream}
   * @return the camera
   * @throws UncheckedIOException if a resource is missing or cannot be read
   */
  public static ImageFileCamera ofResources(Class<?> anchor, String... names) {
    List<byte[]> images = new ArrayList<>();
    for (String name : names) {
      try (InputStream in = anchor.getResourceAsStream(name)) {
        if (in == null) {
          throw new FileNotFoundException("No resource " + name + " beside " + anchor.getName());
        }
        images.add(in.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException("The camera cannot read " + name, e);
      }
    }
    return ofImages(images);
  }

  /**
   * Films pictures in memory.
   *
   * @param images the bytes of JPEG or PNG files; copied; they are shown in turn
   * @return the camera
   * @throws IllegalArgumentException if there is none
   */
  public static ImageFileCamera ofImages(List<byte[]> images) {
    return new ImageFileCamera(
        images.stream().map(byte[]::clone).toList(), List.of(), DEFAULT_RATE, 1);
  }

  /**
   * Films nothing: one colour, as from a covered lens.
   *
   * @param width in pixels
   * @param height in pixels
   * @param grey 0 (black) to 255 (white)
   * @return the camera
   */
  public static ImageFileCamera blank(int width, int height, int grey) {
    return ofImages(List.of(Frames.encode(Frames.plain(width, height, grey))));
  }

  /**
   * Sets the time between frames; ten per second unless set.
   *
   * @param rate greater than 0
   * @return a camera of this rate
   */
  public ImageFileCamera framesPerSecond(double rate) {
    if (!(rate > 0) || Double.isInfinite(rate)) {
      throw new IllegalArgumentException("A frame rate is greater than 0");
    }
    return new ImageFileCamera(images, changes, rate, seed);
  }

  /**
   * Sets where chance begins; 1 unless set.
   *
   * @param seed any number
   * @return a camera whose noise and jitter follow this seed
   */
  public ImageFileCamera seed(long seed) {
    return new ImageFileCamera(images, changes, framesPerSecond, seed);
  }

  /**
   * Dims the light.
   *
   * @param light 0 (black) to 1 (as it is); more than 1 brightens
   * @return a changed camera
   */
  public ImageFileCamera darker(double light) {
    return with((image, random) -> Frames.scaleLight(image, light));
  }

  /**
   * Blurs, as an unfocused lens does.
   *
   * @param radius of the box that is averaged, in pixels, at least 1
   * @return a changed camera
   */
  public ImageFileCamera blurred(int radius) {
    return with((image, random) -> Frames.blur(image, radius));
  }

  /**
   * Adds noise, other noise in each frame.
   *
   * @param sigma standard deviation, in grey levels of 255
   * @return a changed camera
   */
  public ImageFileCamera noisy(double sigma) {
    return with((image, random) -> Frames.noise(image, sigma, random));
  }

  /**
   * Moves each frame a little, as a hand does.
   *
   * @param pixels the farthest move along each axis
   * @return a changed camera
   */
  public ImageFileCamera jittered(int pixels) {
    return with(
        (image, random) ->
            Frames.shift(
                image, random.nextInt(-pixels, pixels + 1), random.nextInt(-pixels, pixels + 1)));
  }

  /**
   * Swaps left and right.
   *
   * @return a changed camera
   */
  public ImageFileCamera mirrored() {
    return with((image, random) -> Frames.mirror(image));
  }

  /**
   * Shows a second picture to the right of the first, scaled to the same height: two people.
   *
   * @param other the bytes of a JPEG or PNG file
   * @return a changed camera
   */
  public ImageFileCamera beside(byte[] other) {
    byte[] copy = other.clone();
    return with((image, random) -> Frames.sideBySide(image, Frames.decode(copy)));
  }

  /**
   * Shows the picture small in the middle of a grey frame of the same size: a person far away, or a
   * photograph held up.
   *
   * @param share of the frame's width and height, greater than 0, at most 1
   * @return a changed camera
   */
  public ImageFileCamera pastedSmall(double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("A share is greater than 0 and at most 1");
    }
    return with((image, random) -> Frames.pasteSmall(image, share));
  }

  private ImageFileCamera with(FrameChange change) {
    List<FrameChange> more = new ArrayList<>(changes);
    more.add(change);
    return new ImageFileCamera(images, more, framesPerSecond, seed);
  }

  /**
   * Takes one picture, the first.
   *
   * @return a capture of one frame
   */
  public Capture still() {
    return capture(1);
  }

  /**
   * Shows each picture once.
   *
   * @return a capture of as many frames as there are pictures
   */
  public Capture captureEach() {
    return capture(images.size());
  }

  /**
   * Films. The pictures are shown in turn, from the first again after the last.
   *
   * @param frames how many, 1 to {@link Capture#MAX_FRAMES}
   * @return the capture
   */
  public Capture capture(int frames) {
    SplittableRandom random = new SplittableRandom(seed);
    List<CapturedFrame> captured = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      byte[] image = images.get(i % images.size());
      Duration at = Duration.ofNanos(Math.round(i * 1e9 / framesPerSecond));
      captured.add(CapturedFrame.encoded(at, changes.isEmpty() ? image : change(image, random)));
    }
    return Capture.of(captured);
  }

  private byte[] change(byte[] encoded, SplittableRandom random) {
    BufferedImage image = Frames.decode(encoded);
    for (FrameChange change : changes) {
      image = change.apply(image, random);
    }
    return Frames.encode(image);
  }

  @Override
  public String toString() {
    return "ImageFileCamera[%d pictures, %d changes, %s per second, seed %d]"
        .formatted(images.size(), changes.size(), framesPerSecond, seed);
  }
}
