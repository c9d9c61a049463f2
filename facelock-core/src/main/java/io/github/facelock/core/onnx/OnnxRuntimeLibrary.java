package io.github.facelock.core.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import io.github.facelock.api.FaceLockException;
import java.util.Locale;

/** Loads the native library, and says in plain words why it cannot be loaded. */
final class OnnxRuntimeLibrary {

  private OnnxRuntimeLibrary() {}

  /** The one environment of this JVM; ONNX Runtime itself keeps it. */
  static OrtEnvironment environment() {
    try {
      OrtEnvironment environment =
          OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "facelock");
      // Only the Windows builds have telemetry at all.
      environment.setTelemetry(false);
      return environment;
    } catch (OrtException | RuntimeException | LinkageError e) {
      throw translate(
          e,
          System.getProperty("os.name", "unknown"),
          System.getProperty("os.arch", "unknown"),
          System.getProperty("java.io.tmpdir", "unknown"));
    }
  }

  static FaceLockException.NativeLibrary translate(
      Throwable fault, String os, String arch, String temporary) {
    return new FaceLockException.NativeLibrary(
        "ONNX Runtime cannot be loaded on "
            + os
            + " "
            + arch
            + ": "
            + why(fault, os, arch, temporary),
        fault);
  }

  private static String why(Throwable fault, String os, String arch, String temporary) {
    if (!hasBuild(os, arch)) {
      return "the library has no build for this processor and system; run on Linux x86-64 or"
          + " AArch64, macOS on Apple silicon or Windows x86-64.";
    }
    String said = everyMessage(fault);
    String text = said.toLowerCase(Locale.ROOT);
    if (text.contains("glibc_") || text.contains("glibcxx_") || text.contains("cxxabi_")) {
      return "the system's C or C++ library is too old ("
          + said
          + "); use a newer distribution, for example Debian 12, Ubuntu 22.04 or RHEL 9.";
    }
    if (text.contains("ld-linux") || text.contains("symbol not found") || text.contains("musl")) {
      return "the system uses musl (Alpine) and the library needs glibc ("
          + said
          + "); use an image that is based on Debian, Ubuntu or RHEL.";
    }
    if (text.contains("failed to map segment") || text.contains("operation not permitted")) {
      return "the folder for temporary files, "
          + temporary
          + ", forbids to run programs (noexec); point -Djava.io.tmpdir to one that allows it.";
    }
    if (text.contains("no space left") || text.contains("not enough space")) {
      return "the folder for temporary files, "
          + temporary
          + ", is full, and the library of about 30 MB is unpacked there; free space, or point"
          + " -Djava.io.tmpdir elsewhere.";
    }
    if (text.contains("permission denied")
        || text.contains("read-only file system")
        || text.contains("accessdenied")) {
      return "the folder for temporary files, "
          + temporary
          + ", cannot be written; point -Djava.io.tmpdir to one that can.";
    }
    if (text.contains("libstdc++") || text.contains("libgcc_s")) {
      return "the C++ runtime is missing (" + said + "); install the package libstdc++6.";
    }
    if (text.contains("wrong elf class")
        || text.contains("invalid elf header")
        || text.contains("can't load")
        || text.contains("incompatible architecture")) {
      return "the library is of another processor or damaged ("
          + said
          + "); remove -Donnxruntime.native.path, and use the onnxruntime jar as published.";
    }
    if (System.getProperty("onnxruntime.native.path") != null
        || System.getProperty("onnxruntime.native.onnxruntime4j_jni.path") != null) {
      return "the folder given with -Donnxruntime.native.path does not hold a usable library ("
          + said
          + "); correct the path, or remove the option and the library of the jar is used.";
    }
    return "the system refused it ("
        + said
        + "); check that the onnxruntime jar is complete and that "
        + temporary
        + " can be written and allows to run programs.";
  }

  private static boolean hasBuild(String os, String arch) {
    String system = os.toLowerCase(Locale.ROOT);
    String processor = arch.toLowerCase(Locale.ROOT);
    boolean x86 = processor.equals("amd64") || processor.equals("x86_64");
    boolean arm = processor.equals("aarch64") || processor.equals("arm64");
    if (system.contains("linux")) {
      return x86 || arm;
    }
    if (system.contains("mac")) {
      return arm;
    }
    return system.contains("windows") && x86;
  }

  /** The messages of a fault and of those beneath, in one line. */
  private static String everyMessage(Throwable fault) {
    StringBuilder all = new StringBuilder();
    int depth = 0;
    for (Throwable t = fault; t != null && depth < 5; t = t.getCause(), depth++) {
      if (t.getMessage() != null && all.indexOf(t.getMessage()) < 0) {
        all.append(all.length() == 0 ? "" : "; ").append(t.getMessage());
      }
    }
    return all.length() == 0
        ? fault.getClass().getSimpleName()
        : all.toString().replaceAll("\\s+", " ");
  }
}
