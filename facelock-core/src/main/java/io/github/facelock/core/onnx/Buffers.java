package io.github.facelock.core.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.github.facelock.core.image.PictureSampler;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The memory of one inference: tensors over direct buffers, made once and used again and again, so
 * that a call leaves about a kilobyte of garbage instead of megabytes. Used by one thread at a
 * time. The one owner closes it.
 */
final class Buffers implements AutoCloseable {

  private final long[] inputShape;
  private final PictureSampler sampler;
  private final FloatBuffer input;
  private final Map<String, OnnxTensor> inputs;
  private final List<FloatBuffer> outputs;
  private final Map<String, OnnxTensor> pinned;

  private Buffers(
      long[] inputShape,
      PictureSampler sampler,
      FloatBuffer input,
      Map<String, OnnxTensor> inputs,
      List<FloatBuffer> outputs,
      Map<String, OnnxTensor> pinned) {
    this.inputShape = inputShape;
    this.sampler = sampler;
    this.input = input;
    this.inputs = inputs;
    this.outputs = outputs;
    this.pinned = pinned;
  }

  static Buffers allocate(
      OrtEnvironment environment,
      String inputName,
      long[] inputShape,
      PictureSampler sampler,
      Map<String, long[]> outputShapes)
      throws OrtException {
    Map<String, OnnxTensor> pinned = new LinkedHashMap<>();
    FloatBuffer input = direct(inputShape);
    OnnxTensor inputTensor = OnnxTensor.createTensor(environment, input, inputShape);
    List<FloatBuffer> outputs = new java.util.ArrayList<>();
    try {
      for (Map.Entry<String, long[]> output : outputShapes.entrySet()) {
        FloatBuffer buffer = direct(output.getValue());
        outputs.add(buffer);
        pinned.put(
            output.getKey(), OnnxTensor.createTensor(environment, buffer, output.getValue()));
      }
    } catch (OrtException | RuntimeException | Error e) {
      // Direct memory that is full is likely to be full again: leave nothing behind.
      inputTensor.close();
      pinned.values().forEach(OnnxTensor::close);
      throw e;
    }
    return new Buffers(inputShape, sampler, input, Map.of(inputName, inputTensor), outputs, pinned);
  }

  private static FloatBuffer direct(long[] shape) {
    long values = 1;
    for (long side : shape) {
      values = Math.multiplyExact(values, side);
    }
    return ByteBuffer.allocateDirect(Math.toIntExact(Math.multiplyExact(values, Float.BYTES)))
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  boolean holds(int width, int height) {
    return inputShape[3] == width && inputShape[2] == height;
  }

  PictureSampler sampler() {
    return sampler;
  }

  /** To be filled with absolute puts. */
  FloatBuffer input() {
    return input;
  }

  /** To be read with absolute gets; in the order in which the outputs were declared. */
  FloatBuffer output(int number) {
    return outputs.get(number);
  }

  Map<String, OnnxTensor> inputs() {
    return inputs;
  }

  Map<String, OnnxTensor> pinned() {
    return pinned;
  }

  @Override
  public void close() {
    inputs.values().forEach(OnnxTensor::close);
    pinned.values().forEach(OnnxTensor::close);
  }
}
