package io.github.facelock.core.face;

import io.github.facelock.api.enrolment.FaceReference.Kind;
import io.github.facelock.api.face.Embedding;
import io.github.facelock.api.face.ModelId;
import io.github.facelock.spi.FactorState;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * A face that waits, sealed with the login, for the second factor: one byte of kind, then float32
 * values in little-endian order.
 *
 * @param kind what it becomes
 * @param template the face by the present model
 */
record LearntFace(Kind kind, Embedding template) {

  private static final byte ADAPTED = 1;
  private static final byte MIGRATED = 2;

  /** Nothing if the template is larger than what a login may remember. */
  FactorState state() {
    int dimension = template.dimension();
    if (1 + Float.BYTES * dimension > FactorState.MAX_LENGTH) {
      return FactorState.empty();
    }
    float[] values = new float[dimension];
    template.copyTo(values, 0);
    ByteBuffer bytes =
        ByteBuffer.allocate(1 + Float.BYTES * dimension).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(kind == Kind.MIGRATED ? MIGRATED : ADAPTED);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return FactorState.of(bytes.array());
  }

  /** Empty if the bytes are of another model's size. */
  static Optional<LearntFace> read(FactorState state, ModelId model, int dimension) {
    ByteBuffer bytes = ByteBuffer.wrap(state.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.remaining() != 1 + Float.BYTES * dimension) {
      return Optional.empty();
    }
    Kind kind = bytes.get() == MIGRATED ? Kind.MIGRATED : Kind.ADAPTED;
    float[] values = new float[dimension];
    bytes.asFloatBuffer().get(values);
    return Optional.of(new LearntFace(kind, Embedding.normalised(model, values)));
  }
}
