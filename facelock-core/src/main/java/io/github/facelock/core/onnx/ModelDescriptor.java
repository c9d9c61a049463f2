package io.github.facelock.core.onnx;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.face.ComparisonScore;
import io.github.facelock.api.face.FalseMatchRate;
import io.github.facelock.api.face.ModelId;
import io.github.facelock.api.face.ModelInfo;
import io.github.facelock.api.face.ScoreCalibration;
import io.github.facelock.core.image.TensorFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;

/**
 * The committed description of one bundled model: its recipe, licence and digest. The keys are
 * explained in the README of facelock-models.
 */
final class ModelDescriptor {

  private static final String FOLDER = "/META-INF/facelock/models/";

  private final String id;
  private final Properties properties;

  private ModelDescriptor(String id, Properties properties) {
    this.id = id;
    this.properties = properties;
  }

  /** The ids of all models on the class path. */
  static List<String> bundledIds() {
    return new String(resource("index"), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.isBlank())
        .toList();
  }

  static ModelDescriptor bundled(String id) {
    Properties properties = new Properties();
    try {
      properties.load(new java.io.ByteArrayInputStream(resource(id + ".properties")));
    } catch (IOException | IllegalArgumentException e) {
      throw new FaceLockException.Model(
          "The descriptor of the bundled model "
              + id
              + " is malformed: replace the damaged facelock-models jar.",
          e);
    }
    return new ModelDescriptor(id, properties);
  }

  private static byte[] resource(String name) {
    try (InputStream in = ModelDescriptor.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new FaceLockException.Model(
            "The bundled models are not on the class path ("
                + name
                + " is missing): add io.github.facelock:facelock-models of the same version, or"
                + " open models of your own.");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new FaceLockException.Model(
          "The bundled models cannot be read: replace the damaged facelock-models jar.", e);
    }
  }

  ModelInfo info() {
    return new ModelInfo(
        new ModelId(text("id")),
        text("version"),
        text("licence"),
        text("holder"),
        text("caveat"),
        text("sha256"));
  }

  Weights weights() {
    return Weights.ofResource(FOLDER + id + ".onnx", id + ".onnx", text("sha256"));
  }

  ModelSignature signature() {
    ModelSignature signature = new ModelSignature().input(text("input.name"), shape("input.shape"));
    for (String output : list("output.names")) {
      signature.output(output, shape("output." + output + ".shape"));
    }
    return signature;
  }

  /** Loads the weights, after checking their digest, and checks that they fit this description. */
  Network load(OnnxOptions options) {
    return Network.load(weights(), options).require(signature());
  }

  TensorFormat format() {
    TensorFormat.Layout layout =
        switch (text("input.layout")) {
          case "NCHW" -> TensorFormat.Layout.PLANAR;
          case "NHWC" -> TensorFormat.Layout.INTERLEAVED;
          default -> throw malformed("input.layout");
        };
    try {
      return TensorFormat.of(
          TensorFormat.Colour.valueOf(text("input.colour")),
          layout,
          numbers("input.mean"),
          numbers("input.scale"));
    } catch (IllegalArgumentException e) {
      throw malformed("input.colour");
    }
  }

  int inputWidth() {
    return (int) shape("input.shape")[3];
  }

  int inputHeight() {
    return (int) shape("input.shape")[2];
  }

  ScoreCalibration calibration() {
    List<ScoreCalibration.Point> points = new ArrayList<>();
    try {
      for (String point : list("calibration")) {
        int colon = point.indexOf(':');
        points.add(
            new ScoreCalibration.Point(
                new ComparisonScore(Float.parseFloat(point.substring(0, colon))),
                new FalseMatchRate(Double.parseDouble(point.substring(colon + 1)))));
      }
      return ScoreCalibration.of(points);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw malformed("calibration");
    }
  }

  float number(String key) {
    return numbers(key)[0];
  }

  float[] numbers(String key) {
    List<String> items = list(key);
    float[] numbers = new float[items.size()];
    try {
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = Float.parseFloat(items.get(i));
      }
    } catch (NumberFormatException e) {
      throw malformed(key);
    }
    return numbers;
  }

  private long[] shape(String key) {
    try {
      return list(key).stream().mapToLong(Long::parseLong).toArray();
    } catch (NumberFormatException e) {
      throw malformed(key);
    }
  }

  private List<String> list(String key) {
    return Arrays.stream(text(key).split(",")).map(String::strip).toList();
  }

  String text(String key) {
    String value = properties.getProperty(key);
    if (value == null || value.isBlank()) {
      throw malformed(key);
    }
    return value.strip();
  }

  private FaceLockException.Model malformed(String key) {
    return new FaceLockException.Model(
        "The descriptor of the bundled model "
            + id
            + " lacks a usable "
            + key
            + ": use facelock-models and facelock-core of the same version.");
  }
}
