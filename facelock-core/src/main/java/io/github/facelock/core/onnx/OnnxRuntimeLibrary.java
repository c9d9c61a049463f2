package io.github.facelock.core.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import io.github.facelock.api.FaceLockException;
import java.nio.file.FileSystemException;
import java.util.Locale;
import java.util.Optional;

/** Loads the native library, and says in plain words why it cannot be loaded. */
final class OnnxRuntimeLibrary {

  /** Java names the reason only at the first attempt of a JVM. */
  private static Optional<Throwable> firstFault = Optional.empty();

  private OnnxRuntimeLibrary() {}

  /** The one environment of this JVM; ONNX Runtime itself keeps it. */
  static synchronized OrtEnvironment environment() {
    try {
      OrtEnvironment environment =
          OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "facelock");
      // Of the version that is pinned only the Windows build has telemetry (events for the system's
      // own tracing). Those of 1.29.0 for Linux and macOS send it, and no call here would stop
      // that.
      environment.setTelemetry(false);
      return environment;
    } catch (OrtException | RuntimeException | LinkageError e) {
      Throwable first = firstFault.orElse(e);
      firstFault = Optional.of(first);
      throw translate(
          first,
          System.getProperty("os.name", "unknown"),
          System.getProperty("os.arch", "unknown"),
          System.getProperty("java.io.tmpdir", "unknown"),
          System.getProperty("onnxruntime.native.path", ""));
    }
  }

  /**
   * Puts a fault of loading into words.
   *
   * @param given the value of -Donnxruntime.native.path, or empty
   */
  static FaceLockException.NativeLibrary translate(
      Throwable fault, String os, String arch, String temporary, String given) {
    return new FaceLockException.NativeLibrary(
        "ONNX Runtime cannot be loaded on %s %s: %s."
            .formatted(os, arch, why(fault, os, arch, temporary, given)),
        fault);
  }

  private static String why(
      Throwable fault, String os, String arch, String temporary, String given) {
    if (!hasBuild(os, arch)) {
      return "the library has no build for this processor and system; run on Linux x86-64 or"
          + " AArch64, macOS on Apple silicon or Windows x86-64";
    }
    String said = everyMessage(fault);
    String text = said.toLowerCase(Locale.ROOT);
    if (has(text, "glibc_", "glibcxx_", "cxxabi_")) {
      return "the system's C or C++ library is too old (%s); use a newer distribution, for example Debian 12, Ubuntu 22.04 or RHEL 9"
          .formatted(said);
    }
    if (has(text, "ld-linux", "symbol not found", "musl")) {
      return "the system uses musl (Alpine) and the library needs glibc (%s); use an image that is based on Debian, Ubuntu or RHEL"
          .formatted(said);
    }
    if (has(text, "libstdc++", "libgcc_s")) {
      return "the C++ runtime is missing (%s); install the package libstdc++6".formatted(said);
    }
    if (!given.isEmpty()) {
      return "the folder %s, given with -Donnxruntime.native.path, holds no usable library (%s); correct the path, or remove the option to use the library of the jar"
          .formatted(given, said);
    }
    if (has(text, "failed to map segment", "operation not permitted")) {
      return "the folder for temporary files, %s, forbids to run programs (noexec); point -Djava.io.tmpdir to one that allows it"
          .formatted(temporary);
    }
    // After a failed unpacking ONNX Runtime falls back to the library path, and that fault arrives.
    if (has(text, "in java.library.path", "no space left") || isFileFault(fault)) {
      return "the library of about 30 MB could not be unpacked into the folder for temporary files, %s (%s); make the folder writable, free space there, or point -Djava.io.tmpdir elsewhere"
          .formatted(temporary, said);
    }
    return "the system refused it (%s); use the onnxruntime jar as published, for this processor, and see that programs may run from %s"
        .formatted(said, temporary);
  }

  private static boolean has(String text, String... parts) {
    for (String part : parts) {
      if (text.contains(part)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isFileFault(Throwable fault) {
    for (Throwable t = fault; t != null; t = t.getCause()) {
      if (t instanceof FileSystemException) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasBuild(String os, String arch) {
    String system = os.toLowerCase(Locale.ROOT);
    boolean x86 = arch.equals("amd64") || arch.equals("x86_64");
    boolean arm = arch.equals("aarch64") || arch.equals("arm64");
    if (system.contains("linux")) {
      return x86 || arm;
    }
    return system.contains("mac") ? arm : system.contains("windows") && x86;
  }

  /** The messages of a fault and of those beneath, in one line. */
  private static String everyMessage(Throwable fault) {
    StringBuilder all = new StringBuilder();
    for (Throwable t = fault; t != null; t = t.getCause()) {
      String message = t.getMessage();
      if (message != null && all.indexOf(message) < 0) {
        all.append(all.length() == 0 ? "" : "; ").append(message);
      }
    }
    return all.length() == 0
        ? fault.getClass().getSimpleName()
        : all.toString().replaceAll("\\s+", " ");
  }
}
