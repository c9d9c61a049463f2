package io.github.facelock.core.opencv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class OpenCvTest {

  @TempDir Path folder;

  @Test
  void bothLibrariesLoadHere() {
    OpenCv.require();
    OpenCv.requireVideo();

    assertThat(OpenCv.isAvailable()).isTrue();
    assertThat(OpenCv.isVideoAvailable()).isTrue();
  }

  @Test
  void withoutTheJarsCoreLinksAndEachEntrySaysWhatToAdd() throws Exception {
    List<String> said = runChild(entry -> !entry.contains("bytedeco"));

    assertThat(said)
        .contains("opencv false", "video false", "core links")
        .filteredOn(line -> line.startsWith("refused "))
        .hasSize(6)
        .allSatisfy(
            line ->
                assertThat(line)
                    .contains("is not on the class path", "Add org.bytedeco:", "classifier"));
  }

  @Test
  void withoutTheNativeJarsTheirClassifierIsNamed() throws Exception {
    List<String> said = runChild(entry -> !entry.matches(".*bytedeco.*(linux|macosx|windows).*"));

    assertThat(said)
        .contains("opencv false", "video false", "core links")
        .filteredOn(line -> line.startsWith("refused "))
        .hasSize(6)
        .allSatisfy(line -> assertThat(line).contains("Add org.bytedeco:", "classifier"));
  }

  @Test
  void withoutJavaCvPicturesWorkAndVideoSaysWhatToAdd() throws Exception {
    List<String> said = runChild(entry -> !entry.matches(".*bytedeco.(javacv|ffmpeg).*"));

    assertThat(said)
        .contains("opencv true", "video false", "core links")
        .anySatisfy(
            line -> assertThat(line).startsWith("refused file").contains("org.bytedeco:javacv"))
        .anySatisfy(
            line -> assertThat(line).startsWith("refused stream").contains("org.bytedeco:ffmpeg"))
        .noneSatisfy(line -> assertThat(line).startsWith("refused decoder"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/c/libopencv_core.so: /lib/libc.so.6: version `GLIBC_2.35' not found",
        "Error loading shared library ld-linux-x86-64.so.2: No such file",
        "/c/libjnijavacpp.so: wrong ELF class: ELFCLASS64",
        "/c/libjnijavacpp.so: failed to map segment from shared object"
      })
  void aLibraryThatThisMachineCannotRunNamesGlibcCpuAndCache(String reason) {
    String text = OpenCv.explain("OpenCV", "org.x:y:1", new UnsatisfiedLinkError(reason));

    assertThat(text)
        .contains(reason, "this machine cannot run it", "glibc 2.35", "CPU", "cachedir")
        .contains(System.getProperty("os.arch"))
        .doesNotContain("Add org.x");
  }

  @Test
  void aLibraryOfTheSystemThatIsMissingIsNamed() {
    String text =
        OpenCv.explain(
            "OpenCV",
            "org.x:y:1",
            new UnsatisfiedLinkError("libpulse.so.0: cannot open shared object file"));

    assertThat(text).contains("libpulse.so.0").contains("Install");
  }

  @Test
  void theVersionsNamedAreTheVersionsBuiltWith() throws IOException {
    assertThat(version("javacpp")).isEqualTo(OpenCv.JAVACPP_VERSION);
    assertThat(version("javacv")).isEqualTo(OpenCv.JAVACPP_VERSION);
    assertThat(version("opencv")).isEqualTo(OpenCv.OPENCV_VERSION);
    assertThat(version("openblas")).isEqualTo(OpenCv.OPENBLAS_VERSION);
    assertThat(version("ffmpeg")).isEqualTo(OpenCv.FFMPEG_VERSION);
  }

  private static String version(String artifact) throws IOException {
    Properties properties = new Properties();
    try (InputStream in =
        OpenCvTest.class.getResourceAsStream(
            "/META-INF/maven/org.bytedeco/" + artifact + "/pom.properties")) {
      assertThat(in).as(artifact).isNotNull();
      properties.load(in);
    }
    return properties.getProperty("version");
  }

  /** Runs {@link OpenCvProbe} in a JVM with part of this class path, and returns its lines. */
  private List<String> runChild(Predicate<String> keep) throws Exception {
    String whole =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> entries = Arrays.asList(whole.split(File.pathSeparator));
    List<String> kept = entries.stream().filter(keep).toList();
    assertThat(kept).as("the filter must take something away").hasSizeLessThan(entries.size());
    Path output = folder.resolve("output.txt");
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                kept.stream().collect(Collectors.joining(File.pathSeparator)),
                OpenCvProbe.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(child.waitFor(100, TimeUnit.SECONDS)).as("the child ends").isTrue();
    } finally {
      child.destroyForcibly();
    }
    String text = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(child.exitValue()).as(text).isZero();
    return text.lines().toList();
  }
}
