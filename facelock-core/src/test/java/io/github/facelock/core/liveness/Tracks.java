package io.github.facelock.core.liveness;

import io.github.facelock.api.face.LivenessAction;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Writes the signals of clips, as the bundled models measure them on real heads: nose line, breadth
 * and outline against yaw as on the clips of turning people, with their noise. Seeded.
 */
final class Tracks {

  /** Frames of a movement to its end, at its end, and back. */
  private static final int MOVING = 4;

  private static final int HOLDING = 5;
  private static final int PAUSE = 5;

  private final SplittableRandom random;
  private final List<FrameSignals> frames = new ArrayList<>();
  private final double depth;
  private final double nodDepth;
  private final int fps;
  private boolean eyesClosed;
  private double identity = 1;
  private double noise = 1;
  private double perspective = .16;

  private Tracks(long seed, double depth, double nodDepth, int fps) {
    this.random = new SplittableRandom(seed);
    this.depth = depth;
    this.nodDepth = nodDepth;
    this.fps = fps;
  }

  /** A head: ΔnoseLine .17 at 18°, .33 at 35°. */
  static Tracks head(long seed) {
    return new Tracks(seed, 0.57, 0.80, 10);
  }

  static Tracks headAt(long seed, int fps) {
    return new Tracks(seed, 0.57, 0.80, fps);
  }

  /** A flat picture that is tilted as a head would turn: the nose hardly moves. */
  static Tracks flat(long seed) {
    return new Tracks(seed, 0.08, 0.10, 10);
  }

  /** A head whose nose stands out as far as asked; see {@link Baseline#depth}. */
  static Tracks withDepth(long seed, double depth) {
    return new Tracks(seed, depth, 0.80, 10);
  }

  /** Coming closer does not change the perspective. */
  Tracks approachingLikePaper() {
    perspective = 0;
    return this;
  }

  Tracks noisy(double factor) {
    noise = factor;
    return this;
  }

  Tracks perform(List<LivenessAction> actions) {
    hold(PAUSE, 0, 0, 1);
    for (LivenessAction action : actions) {
      perform(action);
      hold(PAUSE, 0, 0, 1);
    }
    return this;
  }

  Tracks perform(LivenessAction action) {
    return switch (action) {
      case TURN_RIGHT -> move(28 + random.nextDouble(8), 0, 1);
      case TURN_LEFT -> move(-28 - random.nextDouble(8), 0, 1);
      case LOOK_UP -> move(0, 18 + random.nextDouble(6), 1);
      case LOOK_DOWN -> move(0, -18 - random.nextDouble(6), 1);
      case COME_CLOSER -> move(0, 0, 1.5 + random.nextDouble(.2));
      case HOLD_STILL -> hold(6, 0, 0, 1);
      case BLINK -> blink();
    };
  }

  Tracks move(double yaw, double pitch, double size) {
    for (int i = 1; i <= MOVING; i++) {
      double share = (double) i / (MOVING + 1);
      add(share * yaw, share * pitch, 1 + share * (size - 1));
    }
    hold(HOLDING, yaw, pitch, size);
    for (int i = MOVING; i >= 1; i--) {
      double share = (double) i / (MOVING + 1);
      add(share * yaw, share * pitch, 1 + share * (size - 1));
    }
    return this;
  }

  Tracks hold(int count, double yaw, double pitch, double size) {
    for (int i = 0; i < count; i++) {
      add(yaw, pitch, size);
    }
    return this;
  }

  private Tracks blink() {
    hold(3, 0, 0, 1);
    eyesClosed = true;
    hold(2, 0, 0, 1);
    eyesClosed = false;
    return hold(3, 0, 0, 1);
  }

  /** The next frame shows another face than the last. */
  Tracks swapped() {
    identity = .1;
    return this;
  }

  Tracks add(double yaw, double pitch, double size) {
    double turn = Math.toRadians(yaw);
    double nod = Math.toRadians(pitch);
    return add(
        yaw + noise * gauss(1.2),
        pitch + noise * gauss(1.0),
        -depth * Math.sin(turn) + noise * gauss(.012),
        .45 - nodDepth * Math.sin(nod) + noise * gauss(.012),
        .75 * depth * Math.sin(turn) + noise * gauss(.02),
        .92 * Math.cos(turn) / Math.cos(nod) + noise * gauss(.012),
        size);
  }

  /** A frame of any signals. */
  Tracks add(
      double yaw,
      double pitch,
      double noseLine,
      double noseAlong,
      double outline,
      double breadth,
      double size) {
    int i = frames.size();
    FaceShape shape =
        new FaceShape(
            320 + gauss(1),
            240 + gauss(1),
            100 * size + gauss(.4),
            gauss(.5),
            noseLine,
            noseAlong,
            outline,
            Math.max(.1, breadth),
            .47 * (1 + perspective * Math.max(0, size - 1) * Math.min(1, depth)) + gauss(.003),
            eyesClosed ? .13 : .29 + gauss(.008));
    frames.add(
        new FrameSignals(
            i * 1000L / fps,
            shape,
            yaw,
            pitch,
            180,
            eyesClosed ? .02 : .97,
            .01,
            150,
            110,
            90,
            identity < 1 ? .5 : .97,
            identity,
            i % 6 == 0 ? .9 : Double.NaN,
            0));
    identity = 1;
    return this;
  }

  private double gauss(double deviation) {
    return random.nextGaussian() * deviation;
  }

  List<FrameSignals> frames() {
    return List.copyOf(frames);
  }

  Track track() {
    return of(frames);
  }

  static Track of(List<FrameSignals> frames) {
    Track track = new Track();
    frames.forEach(track::add);
    return track;
  }
}
