package io.github.facelock.spring.test;

import io.github.facelock.api.Prompt;
import io.github.facelock.api.Response;
import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.face.LivenessChallenge;
import io.github.facelock.api.face.Picture;
import io.github.facelock.core.image.DecodeLimits;
import io.github.facelock.core.image.SafePictureDecoder;
import io.github.facelock.core.onnx.OnnxModels;
import io.github.facelock.spi.face.PictureDecoder;
import io.github.facelock.test.simulation.Portrait;
import io.github.facelock.test.simulation.SimulatedCamera;
import io.github.facelock.test.simulation.VirtualCamera;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cameras with simulated people before them, of whom there is one photograph. They show that a
 * login goes through; they do not show how many real people are refused. Thread-safe; opens the
 * bundled models when the first person is made.
 */
public final class VirtualCameras implements AutoCloseable {

  /** The fewest frames that a challenge takes, and some: rendering is what a test waits for. */
  private static final double FRAMES_PER_SECOND = 7;

  private @Nullable OnnxModels models;

  /** Opens nothing yet. */
  public VirtualCameras() {}

  /**
   * Puts somebody before a camera.
   *
   * @param photograph JPEG or PNG that shows one person from the front
   * @return the camera
   * @throws IllegalArgumentException if no face is found, or the file is not a picture
   */
  public VirtualCamera before(byte[] photograph) {
    PictureDecoder.Decoded decoded =
        new SafePictureDecoder(DecodeLimits.defaults()).decode(photograph);
    if (!(decoded instanceof PictureDecoder.Decoded.Usable usable)) {
      throw new IllegalArgumentException("A photograph is a JPEG or PNG picture, not " + decoded);
    }
    Picture picture = usable.picture();
    OnnxModels open = models();
    return VirtualCamera.of(
            Portrait.of(picture, open.detector(), open.steadyLandmarker(), open.headPose()))
        .filmedBy(SimulatedCamera.standard().framesPerSecond(FRAMES_PER_SECOND));
  }

  /**
   * Answers a prompt for a face, as somebody who reads the challenge. A clip is rendered faster
   * than it would be filmed: set the clock on by its {@linkplain #lengthOf length} before it is
   * sent.
   *
   * @param camera with somebody before it
   * @param prompt of a step
   * @return the clip; without a challenge, a second of looking ahead
   */
  public static Response answer(VirtualCamera camera, Prompt prompt) {
    Optional<LivenessChallenge> challenge = LivenessChallenge.in(prompt.parameters());
    return Response.face(challenge.map(camera::answer).orElseGet(() -> camera.resting(1)));
  }

  /**
   * Tells how long a clip takes.
   *
   * @param clip the clip
   * @return from the first frame to the last
   */
  public static Duration lengthOf(Capture clip) {
    List<CapturedFrame> frames = clip.frames();
    return frames.get(frames.size() - 1).at().minus(frames.get(0).at());
  }

  private synchronized OnnxModels models() {
    OnnxModels open = models;
    if (open == null) {
      open = OnnxModels.bundled();
      models = open;
    }
    return open;
  }

  @Override
  public synchronized void close() {
    if (models != null) {
      models.close();
      models = null;
    }
  }
}
