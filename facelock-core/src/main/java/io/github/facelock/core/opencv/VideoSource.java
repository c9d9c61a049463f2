package io.github.facelock.core.opencv;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.CapturedFrame;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A camera, a network camera or a video file that gives decoded frames.
 *
 * <p>A thread of the source owns the native handle, so a stuck driver or network never blocks the
 * caller for longer than the time-outs. A camera runs freely: {@link #next()} gives the first frame
 * taken after the call, never an old one; a camera that goes away is opened again with growing
 * pauses until {@link #close()}. A file is read frame by frame.
 *
 * <pre>{@code
 * try (VideoSource door = VideoSource.device(0).size(640, 480).open(clock)) {
 *   Capture capture = door.capture(5, Duration.ofMillis(100));
 * }
 * }</pre>
 *
 * <p>Thread-safe. Threads that wait at the same time get the same frame of a camera, and different
 * frames of a file.
 */
public final class VideoSource implements AutoCloseable {

  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

  private final FrameFeed feed;
  private final String name;
  private final Duration readTimeout;

  private VideoSource(FrameFeed feed, String name, Duration readTimeout) {
    this.feed = feed;
    this.name = name;
    this.readTimeout = readTimeout;
  }

  /**
   * Chooses a local camera.
   *
   * @param index its number, 0 to 63, as in {@code /dev/video0}
   * @return a builder
   * @throws IllegalArgumentException if the number is out of range
   */
  public static Builder device(int index) {
    if (index < 0 || index > 63) {
      throw new IllegalArgumentException("A camera's number is 0 to 63");
    }
    return new Builder(
        "camera " + index, true, b -> DeviceReader.open(index, b.width, b.height), OpenCv::require);
  }

  /**
   * Chooses a network camera.
   *
   * <p>FFmpeg does not check the certificate of rtsps and https, which cameras seldom have: the
   * network between here and the camera must be trusted, or its pictures are not.
   *
   * @param address a URL with scheme rtsp, rtsps, http or https; it may hold user and password.
   *     Messages and {@link #toString()} show scheme, host and port only, since cameras also expect
   *     passwords in path and query
   * @return a builder
   * @throws IllegalArgumentException if it is no such URL
   */
  public static Builder stream(String address) {
    String shown = StreamAddress.shown(address);
    return new Builder(
        shown,
        true,
        b -> FfmpegReader.openStream(address, shown, b.readTimeout),
        OpenCv::requireVideo);
  }

  /**
   * Chooses a video file.
   *
   * @param file its path
   * @return a builder
   */
  public static Builder file(Path file) {
    Objects.requireNonNull(file, "file");
    return new Builder(
        file.toString(),
        false,
        b -> {
          if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new FaceLockException.Camera(
                "The video file "
                    + file
                    + " does not exist or may not be read; check path and rights");
          }
          return FfmpegReader.openFile(file);
        },
        OpenCv::requireVideo);
  }

  /**
   * Waits for the next frame.
   *
   * @return the frame, with the time since the source was opened (cameras, by the clock) or its own
   *     time (files); empty at the end of a file and after {@link #close()}
   * @throws FaceLockException.Camera if no frame comes within the read time-out, or the video is
   *     damaged; a camera recovers by itself, so a later call may succeed
   */
  public Optional<CapturedFrame> next() {
    CompletableFuture<Optional<CapturedFrame>> wanted = feed.request();
    try {
      return wanted.get(readTimeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new FaceLockException.Camera(
          "No frame came from "
              + name
              + " within "
              + readTimeout.toMillis()
              + " ms. It may be unplugged, off or out of reach; cameras are opened again by"
              + " themselves.");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof FaceLockException fault) {
        throw fault;
      }
      throw new FaceLockException.Camera("The video of " + name + " cannot be read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FaceLockException.Camera("Interrupted while waiting for " + name, e);
    } finally {
      feed.withdraw(wanted);
    }
  }

  /**
   * Takes several frames. A decoded frame needs 3 bytes per pixel.
   *
   * @param frames how many at most, 1 to {@value Capture#MAX_FRAMES}; fewer at the end of a file
   * @param spacing the least time between two of them; frames in between are dropped
   * @return the frames, their times counted from the first
   * @throws FaceLockException.Camera if a frame does not come in time, or the file has ended
   * @throws IllegalArgumentException if a parameter is out of range
   */
  public Capture capture(int frames, Duration spacing) {
    if (frames < 1 || frames > Capture.MAX_FRAMES || spacing.isNegative()) {
      throw new IllegalArgumentException(
          "A capture has 1 to " + Capture.MAX_FRAMES + " frames and no negative spacing");
    }
    List<CapturedFrame> taken = new ArrayList<>(frames);
    Duration begin = Duration.ZERO;
    Duration due = Duration.ZERO;
    while (taken.size() < frames) {
      Optional<CapturedFrame> next = next();
      if (next.isEmpty()) {
        break;
      }
      CapturedFrame frame = next.get();
      if (taken.isEmpty()) {
        begin = frame.at();
      } else if (frame.at().compareTo(due) < 0) {
        continue;
      }
      due = frame.at().plus(spacing);
      Duration at = frame.at().minus(begin);
      frame.picture().ifPresent(picture -> taken.add(CapturedFrame.decoded(at, picture)));
    }
    if (taken.isEmpty()) {
      throw new FaceLockException.Camera(name + " has no more frames; open it again");
    }
    return Capture.of(taken);
  }

  /**
   * Releases camera or file. Waits at most two seconds for a stuck driver, which then is released
   * when it returns. Later calls do nothing.
   */
  @Override
  public void close() {
    feed.close(CLOSE_PATIENCE);
  }

  @Override
  public String toString() {
    return "VideoSource[" + name + "]";
  }

  /** Sets up a source. Not thread-safe. */
  public static final class Builder {

    private final String name;
    private final boolean live;
    private final Opening opening;
    private final Runnable libraries;
    private int width;
    private int height;
    private Duration openTimeout = Duration.ofSeconds(10);
    private Duration readTimeout = Duration.ofSeconds(5);
    private Duration firstPause = Duration.ofSeconds(1);
    private Duration longestPause = Duration.ofSeconds(30);

    Builder(String name, boolean live, Opening opening, Runnable libraries) {
      this.name = name;
      this.live = live;
      this.opening = opening;
      this.libraries = libraries;
    }

    /**
     * Asks a local camera for a size; it takes the nearest one that it knows. Other sources keep
     * theirs.
     *
     * @param width in pixels, 1 to 4096
     * @param height in pixels, 1 to 4096
     * @return this
     * @throws IllegalArgumentException if a side is out of range
     */
    public Builder size(int width, int height) {
      if (width < 1 || height < 1 || width > 4096 || height > 4096) {
        throw new IllegalArgumentException("A camera's frames have sides of 1 to 4096 pixels");
      }
      this.width = width;
      this.height = height;
      return this;
    }

    /**
     * Limits the waiting for the source to open.
     *
     * @param timeout 1 ms to 10 minutes; default 10 s
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder openTimeout(Duration timeout) {
      this.openTimeout = requireRange(timeout);
      return this;
    }

    /**
     * Limits the waiting for one frame.
     *
     * @param timeout 1 ms to 10 minutes; default 5 s
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder readTimeout(Duration timeout) {
      this.readTimeout = requireRange(timeout);
      return this;
    }

    /**
     * Sets the pauses between attempts to open a camera again; each is twice the one before.
     *
     * @param first 1 ms to 10 minutes; default 1 s
     * @param longest 1 ms to 10 minutes; default 30 s
     * @return this
     * @throws IllegalArgumentException if one is out of range
     */
    public Builder reconnect(Duration first, Duration longest) {
      this.firstPause = requireRange(first);
      this.longestPause = requireRange(longest);
      return this;
    }

    /**
     * Opens the source.
     *
     * @param clock gives the times of a camera's frames
     * @return the opened source, to be closed by the caller
     * @throws FaceLockException.NativeLibrary if OpenCV or FFmpeg is missing or does not load
     * @throws FaceLockException.Camera if the source cannot be opened; the message names the cause
     */
    public VideoSource open(Clock clock) {
      Objects.requireNonNull(clock, "clock");
      libraries.run();
      FrameFeed feed =
          new FrameFeed(
              name, live, () -> opening.open(this), clock, new BackOff(firstPause, longestPause));
      feed.start(openTimeout, CLOSE_PATIENCE);
      return new VideoSource(feed, name, readTimeout);
    }

    private static Duration requireRange(Duration value) {
      if (value.compareTo(Duration.ofMillis(1)) < 0
          || value.compareTo(Duration.ofMinutes(10)) > 0) {
        throw new IllegalArgumentException("Time-outs and pauses last 1 ms to 10 minutes");
      }
      return value;
    }
  }

  /** Opens a reader with the builder's settings. */
  @FunctionalInterface
  interface Opening {
    FrameReader open(Builder settings);
  }
}
