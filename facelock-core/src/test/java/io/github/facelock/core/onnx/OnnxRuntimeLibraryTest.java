package io.github.facelock.core.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import io.github.facelock.api.FaceLockException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people are told when the native library cannot be loaded. */
final class OnnxRuntimeLibraryTest {

  /**
   * The build of 1.29.0 has an uploader of its own: it writes a device id and a database to the
   * user's cache, uploads to the maker, and kills the JVM where the command line is long.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "linux-x64/libonnxruntime.so",
        "linux-aarch64/libonnxruntime.so",
        "osx-aarch64/libonnxruntime.dylib"
      })
  void theLibraryHasNoUploader(String build) throws IOException {
    try (InputStream in =
        OrtEnvironment.class.getResourceAsStream("/ai/onnxruntime/native/" + build)) {
      assertThat(in).as("the jar has a build for %s", build).isNotNull();
      String bytes = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(bytes.contains("OrtGetApiBase")).as("this is the library").isTrue();
      assertThat(bytes.contains("events.data.microsoft")).as("names an address").isFalse();
      assertThat(bytes.contains("PosixTelemetry")).as("has the uploader").isFalse();
    }
  }

  /**
   * Texts in the words of the loaders of glibc and musl, for noexec and full temporary folders and
   * slim images. Some were captured, the others written after the loaders' message formats.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.34' not found (required by x.so)|"
            + " too old | newer distribution",
        "Error loading shared library ld-linux-x86-64.so.2: No such file or directory (needed by"
            + " x.so)| musl | based on Debian",
        "Error relocating x.so: __vsnprintf_chk: symbol not found| musl | based on Debian",
        "x.so: failed to map segment from shared object| noexec | -Djava.io.tmpdir",
        "no onnxruntime in java.library.path: /usr/lib| could not be unpacked | free space",
        "libstdc++.so.6: cannot open shared object file: No such file or directory| C++ runtime |"
            + " install the package",
        "something else entirely| refused it (something else entirely) | as published",
      })
  void everyKnownFaultIsExplained(String said, String cause, String cure) {
    assertThat(translate(new UnsatisfiedLinkError(said), "Linux", "amd64"))
        .contains("ONNX Runtime cannot be loaded on Linux amd64", cause, cure);
  }

  @ParameterizedTest
  @CsvSource({"Linux,s390x", "Linux,riscv64", "Mac OS X,x86_64", "Windows 11,aarch64", "AIX,ppc64"})
  void systemsWithoutABuildAreNamed(String os, String arch) {
    assertThat(translate(new IllegalStateException("Unsupported arch"), os, arch))
        .contains(os + " " + arch, "no build for this processor", "run on");
  }

  @Test
  void aWrongLibraryFolderIsReportedByEveryAttempt(@TempDir Path empty) throws Exception {
    List<String> said = inChild("-Donnxruntime.native.path=" + empty);
    assertThat(said).hasSize(2);
    assertThat(said.get(0)).contains(empty.toString(), "remove the option", "not found");
    assertThat(said.get(1)).isEqualTo(said.get(0));
  }

  @Test
  void aMissingTemporaryFolderIsReported(@TempDir Path folder) throws Exception {
    Path gone = folder.resolve("gone");
    assertThat(inChild("-Djava.io.tmpdir=" + gone).get(0))
        .contains("could not be unpacked", gone.toString(), "make the folder writable");
  }

  @Test
  void aDamagedLibraryIsReported(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("libonnxruntime.so"), "no library");
    Files.writeString(folder.resolve("libonnxruntime4j_jni.so"), "no library");
    assertThat(inChild("-Donnxruntime.native.path=" + folder).get(0))
        .contains(folder.toString(), "correct the path");
  }

  private static String translate(Throwable fault, String os, String arch) {
    return String.valueOf(OnnxRuntimeLibrary.translate(fault, os, arch, "/tmp", "").getMessage());
  }

  private static List<String> inChild(String option) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(option);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Attempt.class.getName());
    Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return output.lines().filter(line -> line.startsWith("FAULT ")).toList();
  }

  /** Run in a JVM of its own. */
  static final class Attempt {
    private Attempt() {}

    public static void main(String[] args) {
      for (int i = 0; i < 2; i++) {
        try {
          OnnxModels.bundled().close();
        } catch (FaceLockException.NativeLibrary e) {
          System.out.println("FAULT " + e.getMessage());
        }
      }
    }
  }
}
