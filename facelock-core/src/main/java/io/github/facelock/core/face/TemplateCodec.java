package io.github.facelock.core.face;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.face.Embedding;
import io.github.facelock.api.face.ModelId;
import io.github.facelock.spi.store.Credential;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;

/**
 * How a template lies in a credential: its model in the attribute {@value #MODEL}, its values in
 * the secret part, as one byte of version (1) and then IEEE 754 float32 in little-endian order.
 */
final class TemplateCodec {

  static final String MODEL = "model";

  private static final byte VERSION = 1;

  private TemplateCodec() {}

  static byte[] encode(Embedding template) {
    float[] values = new float[template.dimension()];
    template.copyTo(values, 0);
    ByteBuffer bytes =
        ByteBuffer.allocate(1 + Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(VERSION);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return bytes.array();
  }

  /**
   * Reads a template.
   *
   * @return empty if the credential is of another model
   * @throws FaceLockException.Store if it is of this model and damaged
   */
  static Optional<Embedding> decode(Credential credential, ModelId model, int dimension) {
    Map<String, String> attributes = credential.attributes();
    if (!model.value().equals(attributes.get(MODEL))) {
      return Optional.empty();
    }
    byte[] data = credential.secretData();
    if (data.length != 1 + Float.BYTES * dimension || data[0] != VERSION) {
      throw damaged(credential, null);
    }
    float[] values = new float[dimension];
    ByteBuffer.wrap(data, 1, data.length - 1)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values);
    try {
      return Optional.of(Embedding.normalised(model, values));
    } catch (IllegalArgumentException e) {
      throw damaged(credential, e);
    }
  }

  private static FaceLockException.Store damaged(
      Credential credential, @org.jspecify.annotations.Nullable Exception cause) {
    String message =
        "The face reference "
            + credential.id()
            + " of subject "
            + credential.subject()
            + " is damaged or was written by a newer version. Remove it and enrol again, or restore"
            + " it from a backup";
    return cause == null
        ? new FaceLockException.Store(message)
        : new FaceLockException.Store(message, cause);
  }
}
