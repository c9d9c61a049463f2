package io.github.facelock.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PackedModelsTest {

  private static final String FOLDER = "/META-INF/facelock/models/";

  static List<String> ids() throws IOException {
    return new String(read("index"), StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void theIndexNamesTheSixModels() throws Exception {
    assertThat(ids())
        .containsExactly(
            "fr_detect", "fr_landmark", "fr_feature", "fr_pose", "fr_eye", "fr_liveness");
  }

  @ParameterizedTest
  @MethodSource("ids")
  void everyDescriptorIsComplete(String id) throws Exception {
    Properties descriptor = descriptor(id);
    assertThat(descriptor.stringPropertyNames())
        .contains(
            "task",
            "version",
            "package",
            "licence",
            "holder",
            "caveat",
            "bytes",
            "input.name",
            "input.layout",
            "crop.rule",
            "output.names");
    assertThat(descriptor.getProperty("id")).isEqualTo(id);
    assertThat(descriptor.getProperty("caveat")).contains("training data are not stated");

    List<Integer> shape = numbers(descriptor, "input.shape").map(Double::intValue).toList();
    assertThat(shape).hasSize(4).startsWith(1);
    int channels = descriptor.getProperty("input.colour").equals("GREY") ? 1 : 3;
    assertThat(shape.get(1)).isEqualTo(channels);
    assertThat(numbers(descriptor, "input.mean")).hasSize(channels);
    assertThat(numbers(descriptor, "input.scale")).hasSize(channels).allMatch(s -> s > 0);
    for (String output : descriptor.getProperty("output.names").split(",", -1)) {
      assertThat(numbers(descriptor, "output." + output + ".shape")).isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("ids")
  void everyDescriptorsDigestIsThatOfThePackedWeights(String id) throws Exception {
    byte[] weights = read(id + ".onnx");
    assertThat(descriptor(id).getProperty("sha256"))
        .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(weights)));
    assertThat(descriptor(id).getProperty("bytes")).isEqualTo(String.valueOf(weights.length));
  }

  @ParameterizedTest
  @MethodSource("ids")
  void everyDescriptorAgreesWithThePinList(String id) throws Exception {
    Properties descriptor = descriptor(id);
    assertThat(Files.readAllLines(Path.of(System.getProperty("facelock.fetch.pins"))))
        .anyMatch(
            line ->
                line.startsWith(descriptor.getProperty("package") + "\t")
                    && line.contains("\t" + descriptor.getProperty("sha256") + "\t")
                    && line.endsWith(FOLDER + id + ".onnx"));
  }

  @Test
  void theEmbedderHasATemplateAndAFallingCalibration() throws Exception {
    Properties descriptor = descriptor("fr_feature");
    assertThat(numbers(descriptor, "alignment.template")).hasSize(10);
    List<double[]> points =
        Arrays.stream(descriptor.getProperty("calibration").split(",", -1))
            .map(point -> Arrays.stream(point.split(":", -1)).mapToDouble(Double::parseDouble))
            .map(java.util.stream.DoubleStream::toArray)
            .toList();
    assertThat(points).hasSizeGreaterThan(5);
    for (int i = 1; i < points.size(); i++) {
      assertThat(points.get(i)[0]).isGreaterThan(points.get(i - 1)[0]);
      assertThat(points.get(i)[1]).isLessThan(points.get(i - 1)[1]);
    }
  }

  @Test
  void thePhotographsAreNotInTheMainJar() {
    assertThat(getClass().getResource("/photographs/sample1.jpg")).isNull();
  }

  private static java.util.stream.Stream<Double> numbers(Properties descriptor, String key) {
    return Arrays.stream(descriptor.getProperty(key).split(",", -1)).map(Double::valueOf);
  }

  private static Properties descriptor(String id) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = PackedModelsTest.class.getResourceAsStream(FOLDER + id + ".properties")) {
      properties.load(in);
    }
    return properties;
  }

  private static byte[] read(String name) throws IOException {
    try (InputStream in = PackedModelsTest.class.getResourceAsStream(FOLDER + name)) {
      return in.readAllBytes();
    }
  }
}
