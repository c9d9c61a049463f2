package io.github.facelock.core.opencv;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.face.Picture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.global.opencv_videoio;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_videoio.VideoCapture;

/** A local camera, read by OpenCV (V4L2 on Linux, the system's own interface elsewhere). */
final class DeviceReader implements FrameReader {

  private final VideoCapture capture;
  private final Mat bgr = new Mat();
  private final Mat rgb = new Mat();

  /** Owns an opened capture from now on. */
  DeviceReader(VideoCapture capture) {
    this.capture = capture;
  }

  /**
   * Opens a camera.
   *
   * @param index its number, as in {@code /dev/video0}
   * @param width the width to ask for, or 0 for the camera's own
   * @param height the height to ask for, or 0 for the camera's own
   */
  static DeviceReader open(int index, int width, int height) {
    Path device = Path.of("/dev/video" + index);
    boolean linux = System.getProperty("os.name", "").startsWith("Linux");
    if (linux) {
      obstacle(device, Files.exists(device), Files.isReadable(device) && Files.isWritable(device))
          .ifPresent(
              message -> {
                throw new FaceLockException.Camera(message);
              });
    }
    VideoCapture capture = new VideoCapture();
    try {
      boolean opened = linux ? capture.open(index, opencv_videoio.CAP_V4L2) : capture.open(index);
      if (!opened) {
        throw new FaceLockException.Camera(
            notOpened(linux ? device.toString() : "Camera " + index));
      }
      if (width > 0 && height > 0) {
        capture.set(opencv_videoio.CAP_PROP_FRAME_WIDTH, width);
        capture.set(opencv_videoio.CAP_PROP_FRAME_HEIGHT, height);
      }
      // Old frames in the driver's queue would show the past.
      capture.set(opencv_videoio.CAP_PROP_BUFFERSIZE, 1);
      return new DeviceReader(capture);
    } catch (RuntimeException e) {
      capture.close();
      throw e instanceof FaceLockException
          ? e
          : new FaceLockException.Camera(notOpened("Camera " + index), e);
    }
  }

  /** Tells what stands in the way before the driver is asked. */
  static Optional<String> obstacle(Path device, boolean exists, boolean accessible) {
    if (!exists) {
      return Optional.of(
          "There is no camera "
              + device
              + ". Plug it in, list the cameras with `v4l2-ctl --list-devices`, or hand the device to"
              + " the container (--device "
              + device
              + ").");
    }
    if (!accessible) {
      return Optional.of(
          "This process may not open "
              + device
              + ". Add its user to the group that owns the device (`sudo usermod -aG video USER`)"
              + " and log in again.");
    }
    return Optional.empty();
  }

  private static String notOpened(String camera) {
    return camera
        + " exists, but gives no pictures. Another program may hold it, or it is a second node of a"
        + " camera that carries no pictures: try the next number.";
  }

  @Override
  public boolean advance() {
    return capture.grab();
  }

  @Override
  public Picture picture() {
    if (!capture.retrieve(bgr) || bgr.empty()) {
      throw new FaceLockException.Camera("The camera sent a damaged frame; check its cable");
    }
    if ((long) bgr.rows() * bgr.cols() > Mats.MAX_PIXELS) {
      throw new FaceLockException.Camera(
          "The camera's frames are too large; ask for a smaller size, 640 × 480 is enough");
    }
    if (bgr.type() == opencv_core.CV_8UC3) {
      opencv_imgproc.cvtColor(bgr, rgb, opencv_imgproc.COLOR_BGR2RGB);
    } else if (bgr.type() == opencv_core.CV_8UC1) {
      opencv_imgproc.cvtColor(bgr, rgb, opencv_imgproc.COLOR_GRAY2RGB);
    } else {
      throw new FaceLockException.Camera(
          "The camera sends neither colour nor grey pictures of 8 bit; choose another format");
    }
    return Mats.toPicture(rgb);
  }

  @Override
  public Duration position() {
    return Duration.ZERO;
  }

  @Override
  public void close() {
    capture.release();
    capture.close();
    bgr.close();
    rgb.close();
  }
}
