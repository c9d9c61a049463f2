package io.github.facelock.core.crypto;

import io.github.facelock.spi.store.Credential;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;

/**
 * Where a sealed record belongs, as associated data. Each part has its length before it, so that no
 * two places have the same bytes.
 */
final class Place {

  /** The attribute that names the model of a biometric template. */
  private static final String MODEL = "model";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(160);

  private Place() {}

  /** All of a credential but the time of its making, which stores may round. */
  static byte[] of(Credential credential) {
    Place place = new Place();
    place.name("credential 2", credential);
    place.add(Long.toString(credential.version()));
    new TreeMap<>(credential.attributes())
        .forEach(
            (name, value) -> {
              place.add(name);
              place.add(value);
            });
    return place.bytes.toByteArray();
  }

  /** What envelopes of version 1 are bound to: neither version nor attributes but the model. */
  static byte[] first(Credential credential) {
    Place place = new Place();
    place.name("credential", credential);
    String model = credential.attributes().get(MODEL);
    if (model != null) {
      place.add(model);
    }
    return place.bytes.toByteArray();
  }

  private void name(String kind, Credential credential) {
    add(kind);
    add(credential.subject().value());
    add(credential.id().value());
    add(credential.factor().id());
  }

  private void add(String part) {
    byte[] text = part.getBytes(StandardCharsets.UTF_8);
    bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(text.length).array());
    bytes.writeBytes(text);
  }
}
