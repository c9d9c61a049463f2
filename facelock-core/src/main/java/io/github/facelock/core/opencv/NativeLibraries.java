package io.github.facelock.core.opencv;

import io.github.facelock.api.FaceLockException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.global.opencv_objdetect;
import org.bytedeco.opencv.global.opencv_videoio;

/** The calls that load native code, apart from {@link OpenCv}, which must link without them. */
final class NativeLibraries {

  private NativeLibraries() {}

  static void loadOpenCv() {
    Loader.load(opencv_core.class);
    Loader.load(opencv_imgproc.class);
    Loader.load(opencv_imgcodecs.class);
    Loader.load(opencv_objdetect.class);
    Loader.load(opencv_videoio.class);
  }

  static void loadFfmpeg() {
    // JavaCV has a jar of its own, which may be missing though FFmpeg's is there.
    Objects.requireNonNull(FFmpegFrameGrabber.class);
    // FFmpegFrameGrabber.tryLoad() also asks for libavdevice, which needs the sound server's
    // library
    // (libpulse.so.0) that servers and containers lack. Streams and files do without it: the
    // grabber
    // remembers the failure, and only tells of it when asked.
    Loader.load(avutil.class);
    Loader.load(swresample.class);
    Loader.load(avcodec.class);
    Loader.load(avformat.class);
    Loader.load(swscale.class);
    avformat.avformat_network_init();
    // Above this level FFmpeg prints the addresses that it opens, with their passwords.
    avutil.av_log_set_level(avutil.AV_LOG_QUIET);
  }

  /** Unpacks the cascade that lies in OpenCV's native jar. */
  static Path bundledCascade() {
    String resource =
        "/org/bytedeco/opencv/%s/share/opencv4/haarcascades/haarcascade_frontalface_alt2.xml"
            .formatted(Loader.getPlatform());
    try {
      return Optional.ofNullable(Loader.cacheResource(opencv_objdetect.class, resource))
          .map(File::toPath)
          .orElseThrow(
              () ->
                  new FaceLockException.Model(
                      "OpenCV's native jar brings no cascade; give the path of a haarcascade_*.xml"));
    } catch (IOException e) {
      throw new FaceLockException.Model(
          "OpenCV's cascade cannot be unpacked to JavaCPP's cache folder; make it writable or set"
              + " -Dorg.bytedeco.javacpp.cachedir",
          e);
    }
  }
}
