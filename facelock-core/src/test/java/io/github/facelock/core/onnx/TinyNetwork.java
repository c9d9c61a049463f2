package io.github.facelock.core.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes an ONNX file of two nodes, so that adapters can be tested with weights whose answer is
 * known: the output is the mean of each of the three input planes. The wire format is Protocol
 * Buffers; the numbers are the fields of {@code onnx.proto}.
 */
final class TinyNetwork {

  private static final int FLOAT = 1;
  private static final int OPSET = 13;

  private TinyNetwork() {}

  /** A network 1 × 3 × side × side to 1 × 3. */
  static byte[] meanOfPlanes(int side) {
    Message graph =
        new Message()
            .put(1, node("GlobalAveragePool", "input", "mean"))
            .put(1, node("Flatten", "mean", "output"))
            .put(2, "tiny")
            .put(11, tensor("input", 1, 3, side, side))
            .put(12, tensor("output", 1, 3));
    return new Message()
        .put(1, 8)
        .put(7, graph)
        .put(8, new Message().put(1, "").put(2, OPSET))
        .bytes();
  }

  private static Message node(String operator, String from, String to) {
    return new Message().put(1, from).put(2, to).put(3, to).put(4, operator);
  }

  private static Message tensor(String name, int... sides) {
    Message shape = new Message();
    for (int side : sides) {
      shape.put(1, new Message().put(1, side));
    }
    Message type = new Message().put(1, new Message().put(1, FLOAT).put(2, shape));
    return new Message().put(1, name).put(2, type);
  }

  /** Fields of a message in their order. */
  private static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message put(int field, int value) {
      varint(field << 3);
      varint(value);
      return this;
    }

    Message put(int field, String text) {
      return put(field, text.getBytes(StandardCharsets.UTF_8));
    }

    Message put(int field, Message message) {
      return put(field, message.bytes());
    }

    private Message put(int field, byte[] bytes) {
      varint((field << 3) | 2);
      varint(bytes.length);
      out.writeBytes(bytes);
      return this;
    }

    private void varint(int value) {
      int rest = value;
      while (rest > 0x7f) {
        out.write((rest & 0x7f) | 0x80);
        rest >>>= 7;
      }
      out.write(rest);
    }

    byte[] bytes() {
      return out.toByteArray();
    }
  }
}
