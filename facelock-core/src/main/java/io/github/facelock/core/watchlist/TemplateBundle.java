package io.github.facelock.core.watchlist;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.face.Embedding;
import io.github.facelock.core.crypto.KeyRing;
import io.github.facelock.spi.store.WatchListEntry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The templates of one entry as bytes: a version (1), the number of templates, the number of values
 * of each as two bytes, then IEEE 754 float32 in little-endian order. Sealed for the entry and its
 * model, so that templates moved to another entry do not open.
 */
final class TemplateBundle {

  private static final byte VERSION = 1;
  private static final int HEADER = 4;

  private TemplateBundle() {}

  static byte[] encode(List<Embedding> templates) {
    int dimension = templates.get(0).dimension();
    ByteBuffer bytes =
        ByteBuffer.allocate(HEADER + Float.BYTES * dimension * templates.size())
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(VERSION).put((byte) templates.size()).putShort((short) dimension);
    for (Embedding template : templates) {
      float[] values = new float[dimension];
      template.copyTo(values, 0);
      for (float value : values) {
        bytes.putFloat(value);
      }
    }
    return bytes.array();
  }

  static List<Embedding> decode(WatchListEntry entry, byte[] plain) {
    if (plain.length < HEADER || plain[0] != VERSION) {
      throw damaged(entry);
    }
    ByteBuffer bytes = ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN);
    bytes.position(1);
    int count = Byte.toUnsignedInt(bytes.get());
    int dimension = Short.toUnsignedInt(bytes.getShort());
    if (count < 1 || plain.length != HEADER + Float.BYTES * dimension * count) {
      throw damaged(entry);
    }
    List<Embedding> templates = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      float[] values = new float[dimension];
      for (int d = 0; d < dimension; d++) {
        values[d] = bytes.getFloat();
      }
      try {
        templates.add(Embedding.normalised(entry.model().orElseThrow(), values));
      } catch (IllegalArgumentException e) {
        throw damaged(entry);
      }
    }
    return templates;
  }

  static WatchListEntry seal(WatchListEntry entry, KeyRing keys) {
    return entry.model().isEmpty()
        ? entry
        : entry.withTemplates(keys.seal(entry.templates(), place(entry)));
  }

  static byte[] open(WatchListEntry entry, KeyRing keys) {
    return keys.open(entry.templates(), place(entry));
  }

  /** Ids and model names hold no space, so no two places have the same bytes. */
  private static byte[] place(WatchListEntry entry) {
    return ("watch-list " + entry.id() + " " + entry.model().orElseThrow())
        .getBytes(StandardCharsets.UTF_8);
  }

  private static FaceLockException.Store damaged(WatchListEntry entry) {
    return new FaceLockException.Store(
        "The watch-list entry "
            + entry.id()
            + " is damaged or was written by a newer version: remove it and add the face again");
  }
}
