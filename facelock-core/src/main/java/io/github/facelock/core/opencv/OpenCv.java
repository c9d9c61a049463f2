package io.github.facelock.core.opencv;

import io.github.facelock.api.FaceLockException;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells whether OpenCV and FFmpeg can be used here. They are optional: an application adds them.
 *
 * <ul>
 *   <li>Decoding, detection and local cameras need {@code org.bytedeco:opencv}, with {@code
 *       openblas} and {@code javacpp}, each also with the classifier of the platform.
 *   <li>Network cameras and video files need {@code org.bytedeco:javacv} and {@code
 *       org.bytedeco:ffmpeg} too.
 * </ul>
 *
 * <p>The libraries are unpacked to {@code ~/.javacpp/cache} when first used; the system property
 * {@code org.bytedeco.javacpp.cachedir} names another folder, which must allow execution. JavaCPP
 * refuses native memory once the whole process is larger than twice the largest heap; where the
 * heap is small, set {@code -Dorg.bytedeco.javacpp.maxPhysicalBytes=0}. FaceLock releases its own
 * native memory at once and leaves none to the garbage collector.
 *
 * <p>OpenCV and its libraries print what they think of a damaged picture to the standard error
 * stream; the environment variable {@code OPENCV_LOG_LEVEL=SILENT} stops most of it. FFmpeg is set
 * to print nothing, because it would print addresses with their passwords.
 *
 * <p>Thread-safe. Each library is tried once per JVM; the verdict stays.
 */
public final class OpenCv {

  /** The versions that FaceLock was built with. */
  static final String JAVACPP_VERSION = "1.5.13";

  static final String OPENCV_VERSION = "4.13.0-1.5.13";
  static final String OPENBLAS_VERSION = "0.3.31-1.5.13";
  static final String FFMPEG_VERSION = "8.0.1-1.5.13";

  private OpenCv() {}

  /**
   * Tells whether pictures can be decoded, faces detected, and local cameras opened.
   *
   * @return whether OpenCV loads
   */
  public static boolean isAvailable() {
    return PictureLibrary.FAULT.isEmpty();
  }

  /**
   * Tells whether network cameras and video files can be opened.
   *
   * @return whether JavaCV and FFmpeg load
   */
  public static boolean isVideoAvailable() {
    return VideoLibrary.FAULT.isEmpty();
  }

  /**
   * Loads OpenCV.
   *
   * @throws FaceLockException.NativeLibrary if it does not load; the message names what to add
   */
  public static void require() {
    refuse("OpenCV", openCvCoordinates(), PictureLibrary.FAULT);
  }

  /**
   * Loads JavaCV and FFmpeg.
   *
   * @throws FaceLockException.NativeLibrary if they do not load; the message names what to add
   */
  public static void requireVideo() {
    refuse("FFmpeg (network cameras and video files)", ffmpegCoordinates(), VideoLibrary.FAULT);
  }

  private static void refuse(String library, String coordinates, Optional<Throwable> fault) {
    if (fault.isPresent()) {
      throw new FaceLockException.NativeLibrary(
          explain(library, coordinates, fault.get()), fault.get());
    }
  }

  /** Names the cause and the cure of a failed load. */
  static String explain(String library, String coordinates, Throwable fault) {
    String reasons = reasons(fault);
    String told = reasons.toLowerCase(Locale.ROOT);
    if (told.contains("glibc")
        || told.contains("ld-linux")
        || told.contains("ld-musl")
        || told.contains("cannot open shared object")
        || told.contains("wrong elf")
        || told.contains("failed to map segment")) {
      return library
          + " is on the class path, but this machine cannot run it ("
          + machine()
          + "): "
          + reasons
          + ". Install a system library that is named here. It needs glibc 2.35 or newer (Debian 12, Ubuntu 22.04; Alpine's musl will not do), the"
          + " classifier of this CPU, and a folder without noexec for its cache (set"
          + " -Dorg.bytedeco.javacpp.cachedir).";
    }
    return library
        + " is not on the class path, or not for this machine ("
        + machine()
        + "): "
        + reasons
        + ". Add "
        + coordinates
        + ", or do without what needs it.";
  }

  private static String openCvCoordinates() {
    return "org.bytedeco:opencv:"
        + OPENCV_VERSION
        + ", org.bytedeco:openblas:"
        + OPENBLAS_VERSION
        + " and org.bytedeco:javacpp:"
        + JAVACPP_VERSION
        + ", each also with the classifier "
        + platform()
        + " (or org.bytedeco:opencv-platform:"
        + OPENCV_VERSION
        + " for every platform)";
  }

  private static String ffmpegCoordinates() {
    return "org.bytedeco:javacv:"
        + JAVACPP_VERSION
        + ", and org.bytedeco:ffmpeg:"
        + FFMPEG_VERSION
        + " and org.bytedeco:javacpp:"
        + JAVACPP_VERSION
        + ", both also with the classifier "
        + platform()
        + " (or org.bytedeco:ffmpeg-platform:"
        + FFMPEG_VERSION
        + " for every platform)";
  }

  private static String reasons(Throwable fault) {
    StringBuilder text = new StringBuilder();
    Optional<Throwable> next = Optional.of(fault);
    for (int depth = 0; next.isPresent() && depth < 5; depth++) {
      Throwable reason = next.get();
      text.append(depth == 0 ? "" : "; ")
          .append(reason.getClass().getSimpleName())
          .append(' ')
          .append(reason.getMessage());
      next = Optional.ofNullable(reason.getCause());
    }
    return text.toString();
  }

  private static String machine() {
    return System.getProperty("os.name") + " " + System.getProperty("os.arch");
  }

  /** The platform in JavaCPP's spelling, found without JavaCPP, which may be what is missing. */
  private static String platform() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    String system =
        os.startsWith("mac") ? "macosx" : os.startsWith("windows") ? "windows" : "linux";
    String cpu =
        switch (arch) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm64";
          default -> arch;
        };
    return system + "-" + cpu;
  }

  /** Tries OpenCV once. */
  private static final class PictureLibrary {
    static final Optional<Throwable> FAULT = attempt(NativeLibraries::loadOpenCv);
  }

  /** Tries FFmpeg once. */
  private static final class VideoLibrary {
    static final Optional<Throwable> FAULT = attempt(NativeLibraries::loadFfmpeg);
  }

  private static Optional<Throwable> attempt(Runnable load) {
    try {
      load.run();
      return Optional.empty();
    } catch (LinkageError | RuntimeException e) {
      return Optional.of(e);
    }
  }
}
