package io.github.facelock.test.simulation;

import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.face.Picture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Films a {@link Scene}. A pinhole camera of 60 degrees from left to right, with a sensor's noise.
 * Immutable and thread-safe; the same scene, settings and seed give the same frames.
 *
 * <pre>{@code
 * Portrait alice = Portrait.of(photograph, detector, landmarker, pose);
 * Scene turning = Person.of(alice, t -> HeadPlace.frontal(500).withYaw(15 * t));
 * Capture clip = SimulatedCamera.standard().film(turning, 2);
 * }</pre>
 */
public final class SimulatedCamera {

  /** Focal length over the frame's width, for 60 degrees from left to right. */
  static final double FOCAL_SHARE = 0.5 / Math.tan(Math.toRadians(30));

  private static final int NOISE_TABLE = 1 << 16;

  private final int width;
  private final int height;
  private final double framesPerSecond;
  private final double noise;
  private final boolean jpeg;
  private final long seed;

  private SimulatedCamera(
      int width, int height, double framesPerSecond, double noise, boolean jpeg, long seed) {
    this.width = width;
    this.height = height;
    this.framesPerSecond = framesPerSecond;
    this.noise = noise;
    this.jpeg = jpeg;
    this.seed = seed;
  }

  /**
   * A camera as browsers give it: 640 × 480 pixels, 12 frames per second, JPEG, noise of 2 grey
   * levels.
   *
   * @return the camera
   */
  public static SimulatedCamera standard() {
    return new SimulatedCamera(640, 480, 12, 2, true, 1);
  }

  /**
   * Sets the frames' size.
   *
   * @param newWidth in pixels, 64 to 4096
   * @param newHeight in pixels, 64 to 4096
   * @return a changed camera
   */
  public SimulatedCamera size(int newWidth, int newHeight) {
    if (Math.min(newWidth, newHeight) < 64 || Math.max(newWidth, newHeight) > 4096) {
      throw new IllegalArgumentException("A simulated frame has sides of 64 to 4096 pixels");
    }
    return new SimulatedCamera(newWidth, newHeight, framesPerSecond, noise, jpeg, seed);
  }

  /**
   * Sets the rate.
   *
   * @param rate frames per second, greater than 0
   * @return a changed camera
   */
  public SimulatedCamera framesPerSecond(double rate) {
    if (!(rate > 0 && rate <= 1000)) {
      throw new IllegalArgumentException("A frame rate is greater than 0 and at most 1000");
    }
    return new SimulatedCamera(width, height, rate, noise, jpeg, seed);
  }

  /**
   * Sets the sensor's noise, other noise in each frame.
   *
   * @param sigma standard deviation in grey levels of 255; 0 for a virtual camera
   * @return a changed camera
   */
  public SimulatedCamera noise(double sigma) {
    if (!(sigma >= 0 && sigma <= 50)) {
      throw new IllegalArgumentException("Noise has 0 to 50 grey levels");
    }
    return new SimulatedCamera(width, height, framesPerSecond, sigma, jpeg, seed);
  }

  /**
   * Hands out pixels instead of JPEG files, as a local device does: faster, and without the files'
   * own noise.
   *
   * @return a changed camera
   */
  public SimulatedCamera raw() {
    return new SimulatedCamera(width, height, framesPerSecond, noise, false, seed);
  }

  /**
   * Sets where chance begins; 1 unless set.
   *
   * @param newSeed any number
   * @return a changed camera
   */
  public SimulatedCamera seed(long newSeed) {
    return new SimulatedCamera(width, height, framesPerSecond, noise, jpeg, newSeed);
  }

  long seed() {
    return seed;
  }

  /**
   * Films.
   *
   * @param scene what happens
   * @param seconds how long; rounded down to whole frames, at least one
   * @return the clip, its first frame at time 0
   * @throws IllegalArgumentException if there would be more than {@link Capture#MAX_FRAMES} frames
   */
  public Capture film(Scene scene, double seconds) {
    int frames = Math.max(1, (int) Math.floor(seconds * framesPerSecond + 1e-9));
    if (frames > Capture.MAX_FRAMES) {
      throw new IllegalArgumentException(
          "A capture has at most " + Capture.MAX_FRAMES + " frames, not " + frames);
    }
    Frame frame = frame();
    byte[] noiseTable = noiseTable();
    SplittableRandom random = new SplittableRandom(seed);
    List<CapturedFrame> captured = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      double at = i / framesPerSecond;
      Picture picture = take(scene, at, frame, noiseTable, random);
      Duration time = Duration.ofNanos(Math.round(at * 1e9));
      captured.add(
          jpeg
              ? CapturedFrame.encoded(time, Jpeg.encode(picture))
              : CapturedFrame.decoded(time, picture));
    }
    return Capture.of(captured);
  }

  /**
   * Takes one picture.
   *
   * @param scene what happens
   * @param seconds when
   * @return the picture
   */
  public Picture take(Scene scene, double seconds) {
    return take(scene, seconds, frame(), noiseTable(), new SplittableRandom(seed));
  }

  private Picture take(
      Scene scene, double seconds, Frame frame, byte[] noiseTable, SplittableRandom random) {
    scene.draw(seconds, frame);
    if (noise > 0) {
      grain(frame.pixels, noiseTable, random);
    }
    return frame.picture();
  }

  private Frame frame() {
    return new Frame(width, height, width * FOCAL_SHARE);
  }

  /** Normal deviates, drawn once: a frame needs a million of them. */
  private byte[] noiseTable() {
    SplittableRandom random = new SplittableRandom(seed ^ 0x5eed);
    byte[] table = new byte[NOISE_TABLE];
    for (int i = 0; i < table.length; i++) {
      table[i] = (byte) Math.max(-128, Math.min(127, Math.round(noise * random.nextGaussian())));
    }
    return table;
  }

  private void grain(int[] pixels, byte[] table, SplittableRandom random) {
    int mask = NOISE_TABLE - 1;
    for (int row = 0; row < height; row++) {
      int at = random.nextInt(NOISE_TABLE);
      int end = (row + 1) * width;
      for (int i = row * width; i < end; i++) {
        int p = pixels[i];
        int r = clip(((p >> 16) & 0xff) + table[at++ & mask]);
        int g = clip(((p >> 8) & 0xff) + table[at++ & mask]);
        int b = clip((p & 0xff) + table[at++ & mask]);
        pixels[i] = (r << 16) | (g << 8) | b;
      }
    }
  }

  private static int clip(int value) {
    return Math.max(0, Math.min(255, value));
  }

  @Override
  public String toString() {
    return "SimulatedCamera[%d×%d, %s per second, noise %s, %s, seed %d]"
        .formatted(width, height, framesPerSecond, noise, jpeg ? "jpeg" : "raw", seed);
  }
}
