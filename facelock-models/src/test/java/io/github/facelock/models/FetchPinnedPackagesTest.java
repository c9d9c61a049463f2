package io.github.facelock.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the program as the build does, with a folder in the place of the PATH. */
final class FetchPinnedPackagesTest {

  private static final byte[] WEIGHTS = "weights of a tiny model".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  private Path path;
  private Path cache;
  private Path out;
  private Path pins;

  @BeforeEach
  void pinOneFile() throws Exception {
    path = Files.createDirectory(folder.resolve("path"));
    cache = folder.resolve("cache");
    out = folder.resolve("out");
    pins = folder.resolve("pins.tsv");
    pin(sha256(WEIGHTS), "models/tiny.onnx");
  }

  @Test
  void aFileComesFromItsPackageOnceAndFromTheCacheAfterwards() throws Exception {
    npmPacks(tarball("package/model/tiny.onnx", WEIGHTS));
    assertThat(run()).isEqualTo(new Ended(0, ""));
    assertThat(out.resolve("models/tiny.onnx")).hasBinaryContent(WEIGHTS);

    Files.delete(path.resolve("npm"));
    Files.delete(out.resolve("models/tiny.onnx"));
    assertThat(run()).isEqualTo(new Ended(0, ""));
    assertThat(out.resolve("models/tiny.onnx")).hasBinaryContent(WEIGHTS);
  }

  @Test
  void nothingIsWrittenWhenTheOutputIsAlreadyGood() throws Exception {
    npmPacks(tarball("package/model/tiny.onnx", WEIGHTS));
    run();
    Object before = Files.getLastModifiedTime(out.resolve("models/tiny.onnx"));
    Files.delete(path.resolve("npm"));
    Files.delete(cache.resolve(sha256(WEIGHTS)));

    assertThat(run()).isEqualTo(new Ended(0, ""));
    assertThat((Object) Files.getLastModifiedTime(out.resolve("models/tiny.onnx")))
        .isEqualTo(before);
  }

  @Test
  void anAlteredPackageIsRefusedInOneSentence() throws Exception {
    byte[] altered = WEIGHTS.clone();
    altered[0] ^= 1;
    npmPacks(tarball("package/model/tiny.onnx", altered));

    Ended ended = run();

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.errors())
        .contains("tiny.onnx", sha256(altered), sha256(WEIGHTS), "do not use it")
        .doesNotContain("\n", "Exception");
    assertThat(out.resolve("models/tiny.onnx")).doesNotExist();
    assertThat(cache).isEmptyDirectory();
  }

  @Test
  void aMissingNpmIsNamedWithItsCure() throws Exception {
    Ended ended = run();

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.errors())
        .contains("tiny.onnx", "npm cannot be started", "install Node.js", "facelock.models.dir")
        .doesNotContain("\n", "Exception");
  }

  @Test
  void aFailedFetchIsNamedWithWhatNpmSaid() throws Exception {
    npm("echo 'npm error code ENOTFOUND' >&2", "exit 1");

    Ended ended = run();

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.errors())
        .contains("tiny@1.0.0", "npm error code ENOTFOUND", "check the network")
        .doesNotContain("\n", "Exception");
  }

  @Test
  void aFetchThatHangsIsEnded() throws Exception {
    npm("exec /bin/sleep 300");

    Ended ended = run("--timeout=1");

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.errors()).contains("no answer within 1 seconds").doesNotContain("\n");
  }

  @Test
  void aDamagedCachedFileIsFetchedAgain() throws Exception {
    Files.createDirectory(cache);
    Files.write(cache.resolve(sha256(WEIGHTS)), new byte[WEIGHTS.length]);
    npmPacks(tarball("package/model/tiny.onnx", WEIGHTS));

    assertThat(run()).isEqualTo(new Ended(0, ""));
    assertThat(out.resolve("models/tiny.onnx")).hasBinaryContent(WEIGHTS);
    assertThat(cache.resolve(sha256(WEIGHTS))).hasBinaryContent(WEIGHTS);
  }

  @Test
  void aFolderOfTheCallersServesWithoutNpm() throws Exception {
    Path files = Files.createDirectory(folder.resolve("files"));
    Files.write(files.resolve("tiny.onnx"), WEIGHTS);

    assertThat(run("--files=" + files)).isEqualTo(new Ended(0, ""));
    assertThat(out.resolve("models/tiny.onnx")).hasBinaryContent(WEIGHTS);
  }

  @Test
  void aWrongFileInTheCallersFolderIsRefused() throws Exception {
    npmPacks(tarball("package/model/tiny.onnx", WEIGHTS));
    Path files = Files.createDirectory(folder.resolve("files"));
    Files.write(files.resolve("tiny.onnx"), new byte[WEIGHTS.length]);

    Ended ended = run("--files=" + files);

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.errors())
        .contains(files.resolve("tiny.onnx").toString(), sha256(WEIGHTS))
        .doesNotContain("\n");
  }

  @Test
  void aCutOffPackageIsRefused() throws Exception {
    byte[] whole = tarball("package/model/tiny.onnx", new byte[1 << 16]);
    byte[] half = java.util.Arrays.copyOf(whole, whole.length / 2);
    npmPacks(half);

    Ended ended = run();

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.errors()).contains("cut off").doesNotContain("\n");
  }

  @Test
  void aTargetOutsideTheOutputFolderIsRefused() throws Exception {
    npmPacks(tarball("package/model/tiny.onnx", WEIGHTS));
    pin(sha256(WEIGHTS), "../escaped.onnx");

    assertThat(run().errors()).contains("leaves the output folder");
    assertThat(folder.resolve("escaped.onnx")).doesNotExist();
  }

  @Test
  void buildsAtTheSameTimeShareOneCache() throws Exception {
    npmPacks(tarball("package/model/tiny.onnx", WEIGHTS));
    List<Process> builds = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      builds.add(start(folder.resolve("out" + i)));
    }
    for (int i = 0; i < 3; i++) {
      assertThat(end(builds.get(i))).isEqualTo(new Ended(0, ""));
      assertThat(folder.resolve("out" + i + "/models/tiny.onnx")).hasBinaryContent(WEIGHTS);
    }
    try (Stream<Path> left = Files.list(cache)) {
      assertThat(left).containsExactly(cache.resolve(sha256(WEIGHTS)));
    }
  }

  private record Ended(int status, String errors) {}

  private Ended run(String... more) throws Exception {
    return end(start(out, more));
  }

  private Process start(Path into, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                System.getProperty("facelock.fetch.program"),
                "--pins=" + pins,
                "--out=" + into,
                "--cache=" + cache));
    command.addAll(List.of(more));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("PATH", path.toString());
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    return builder.start();
  }

  private static Ended end(Process process) throws Exception {
    String errors =
        new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), errors);
  }

  private void pin(String sha256, String target) throws IOException {
    Files.writeString(
        pins,
        "# a comment\ntiny@1.0.0\tpackage/model/tiny.onnx\t%s\t%d\t%s\n"
            .formatted(sha256, WEIGHTS.length, target));
  }

  private void npmPacks(byte[] tarball) throws IOException {
    Path packed = Files.write(folder.resolve("packed.tgz"), tarball);
    npm("/bin/cp '" + packed + "' tiny-1.0.0.tgz");
  }

  private void npm(String... lines) throws IOException {
    Path script = path.resolve("npm");
    Files.writeString(script, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static byte[] tarball(String entry, byte[] content) throws IOException {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    tar.write(header("package/../../escape", 3));
    tar.write(new byte[] {'b', 'a', 'd'});
    tar.write(new byte[509]);
    tar.write(header(entry, content.length));
    tar.write(content);
    tar.write(new byte[-content.length & 511]);
    tar.write(new byte[1024]);
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(tar.toByteArray());
    }
    return zipped.toByteArray();
  }

  private static byte[] header(String name, int size) {
    byte[] header = new byte[512];
    put(header, 0, name);
    put(header, 124, "%011o".formatted(size));
    header[156] = '0';
    put(header, 257, "ustar");
    return header;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
