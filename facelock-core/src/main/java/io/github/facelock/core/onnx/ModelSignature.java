package io.github.facelock.core.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import io.github.facelock.api.FaceLockException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/** Names and shapes of a network's inputs and outputs; −1 stands for any size. */
final class ModelSignature {

  private final Map<String, long[]> inputs = new LinkedHashMap<>();
  private final Map<String, long[]> outputs = new LinkedHashMap<>();

  ModelSignature input(String name, long... shape) {
    inputs.put(name, shape);
    return this;
  }

  ModelSignature output(String name, long... shape) {
    outputs.put(name, shape);
    return this;
  }

  /**
   * Reads what a file declares; tensors that do not hold floats get no shape and so fit nothing.
   */
  static ModelSignature read(Map<String, NodeInfo> inputs, Map<String, NodeInfo> outputs) {
    ModelSignature found = new ModelSignature();
    inputs.forEach((name, node) -> found.input(name, shape(node)));
    outputs.forEach((name, node) -> found.output(name, shape(node)));
    return found;
  }

  private static long[] shape(NodeInfo node) {
    return node.getInfo() instanceof TensorInfo tensor && tensor.type == OnnxJavaType.FLOAT
        ? tensor.getShape()
        : new long[0];
  }

  Map<String, long[]> inputs() {
    return inputs;
  }

  Map<String, long[]> outputs() {
    return outputs;
  }

  /** Refuses a file that lacks one of these inputs and outputs, or has further inputs. */
  void require(String model, ModelSignature found) {
    boolean fits =
        found.inputs.keySet().equals(inputs.keySet())
            && fit(inputs, found.inputs)
            && fit(outputs, found.outputs);
    if (!fits) {
      throw new FaceLockException.Model(
          model
              + " is a model of another kind: expected "
              + this
              + ", found "
              + found
              + "; choose the adapter that fits the file, or the file that fits the adapter.");
    }
  }

  private static boolean fit(Map<String, long[]> wanted, Map<String, long[]> found) {
    return wanted.entrySet().stream()
        .allMatch(e -> fit(e.getValue(), found.getOrDefault(e.getKey(), new long[0])));
  }

  private static boolean fit(long[] wanted, long[] found) {
    if (wanted.length != found.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i] != found[i] && wanted[i] >= 0 && found[i] >= 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    StringJoiner all = new StringJoiner(", ", "inputs ", "");
    inputs.forEach((name, shape) -> all.add(name + Arrays.toString(shape)));
    StringJoiner out = new StringJoiner(", ", " and outputs ", "");
    outputs.forEach((name, shape) -> out.add(name + Arrays.toString(shape)));
    return all.toString() + out;
  }
}
