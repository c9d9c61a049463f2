package io.github.facelock.core.opencv;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.face.Picture;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;

/**
 * A network camera or a video file, read by FFmpeg. OpenCV's own build of JavaCV has no reader for
 * either.
 */
final class FfmpegReader implements FrameReader {

  private static final Pattern ERROR_NUMBER = Pattern.compile("error (-?\\d+)");

  private final FFmpegFrameGrabber grabber;
  private Optional<Frame> frame = Optional.empty();

  private FfmpegReader(FFmpegFrameGrabber grabber) {
    this.grabber = grabber;
  }

  /**
   * Opens a stream.
   *
   * @param address its URL, which may hold a password and is never told on
   * @param shownAs what messages call it
   * @param patience how long one read from the network may take
   */
  static FfmpegReader openStream(String address, String shownAs, Duration patience) {
    String microseconds = Long.toString(patience.toNanos() / 1_000);
    // "timeout" is the RTSP demuxer's name for it, "rw_timeout" that of the other protocols.
    return open(
        address,
        shownAs,
        Map.of(
            "protocol_whitelist",
            "rtsp,rtsps,rtp,srtp,udp,tcp,tls,http,https,httpproxy,crypto",
            "rtsp_transport",
            "tcp",
            address.startsWith("rtsp") ? "timeout" : "rw_timeout",
            microseconds,
            "fflags",
            "nobuffer",
            "analyzeduration",
            "1000000"),
        "Check address, user and password, and whether the camera is on");
  }

  /**
   * Opens a file.
   *
   * @param file a file that exists and can be read
   */
  static FfmpegReader openFile(Path file) {
    // A file that refers to others (a play list) must not reach beyond files, nor a name
    // that looks like a protocol beyond itself.
    return open(
        "file:" + file.toAbsolutePath(),
        file.toString(),
        Map.of("protocol_whitelist", "file"),
        "It may be damaged, no video, or of a codec that this FFmpeg lacks; try to convert it");
  }

  private static FfmpegReader open(
      String address, String shownAs, Map<String, String> options, String cure) {
    FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(address);
    options.forEach(grabber::setOption);
    grabber.setVideoOption("max_pixels", Long.toString(Mats.MAX_PIXELS));
    grabber.setVideoOption("threads", "1");
    grabber.setPixelFormat(avutil.AV_PIX_FMT_RGB24);
    try {
      grabber.start();
      if (grabber.getImageWidth() < 1 || grabber.getImageHeight() < 1) {
        throw new FaceLockException.Camera(shownAs + " has no pictures. " + cure + ".");
      }
      return new FfmpegReader(grabber);
    } catch (FrameGrabber.Exception e) {
      release(grabber);
      // FFmpeg's text repeats the address with its password, so only the number goes on.
      throw new FaceLockException.Camera(
          "%s cannot be opened as video (%s). %s.".formatted(shownAs, reason(e), cure));
    } catch (RuntimeException e) {
      release(grabber);
      throw e;
    }
  }

  private static String reason(FrameGrabber.Exception e) {
    Matcher number = ERROR_NUMBER.matcher(String.valueOf(e.getMessage()));
    if (!number.find()) {
      return "no details";
    }
    byte[] text = new byte[avutil.AV_ERROR_MAX_STRING_SIZE];
    avutil.av_strerror(Integer.parseInt(number.group(1)), text, text.length);
    return new String(text, StandardCharsets.UTF_8).replace("\0", "").strip();
  }

  @Override
  public boolean advance() {
    try {
      frame = Optional.ofNullable(grabber.grabImage());
      return frame.isPresent();
    } catch (FrameGrabber.Exception e) {
      // A lost connection: to the source it is the end of the frames.
      frame = Optional.empty();
      return false;
    }
  }

  @Override
  public Picture picture() {
    Frame current = frame.orElseThrow(() -> new IllegalStateException("There is no frame yet"));
    Buffer[] planes = current.image;
    if (planes == null || planes.length == 0 || !(planes[0] instanceof ByteBuffer pixels)) {
      throw new FaceLockException.Camera("The video's frames have an unknown form; convert it");
    }
    int row = current.imageWidth * 3;
    Picture.Builder picture = Picture.builder(current.imageWidth, current.imageHeight);
    for (int y = 0; y < current.imageHeight; y++) {
      pixels.position(y * current.imageStride).get(picture.pixels(), y * row, row);
    }
    pixels.rewind();
    return picture.build();
  }

  @Override
  public Duration position() {
    return frame.map(f -> Duration.ofNanos(Math.max(0, f.timestamp) * 1_000)).orElse(Duration.ZERO);
  }

  @Override
  public void close() {
    frame = Optional.empty();
    release(grabber);
  }

  private static void release(FFmpegFrameGrabber grabber) {
    try {
      grabber.release();
    } catch (FrameGrabber.Exception e) {
      throw new FaceLockException.Camera("FFmpeg could not release a video");
    }
  }
}
