package io.github.facelock.core.store.jdbc;

import io.github.facelock.api.FaceLockException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Named texts as bytes: their number, then names and values, each with its length in UTF-16 code
 * units and those units. Every text comes back as it was, the character zero too, which PostgreSQL
 * keeps in no text.
 */
final class TextMap {

  private TextMap() {}

  static byte[] encode(Map<String, String> texts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    try {
      out.writeInt(texts.size());
      for (Map.Entry<String, String> entry : new TreeMap<>(texts).entrySet()) {
        write(out, entry.getKey());
        write(out, entry.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Memory does not fail to be written", e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    out.writeInt(text.length());
    out.writeChars(text);
  }

  static Map<String, String> decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int size = in.readInt();
      Map<String, String> texts = new LinkedHashMap<>();
      for (int i = 0; i < size; i++) {
        texts.put(read(in), read(in));
      }
      return texts;
    } catch (IOException e) {
      throw new FaceLockException.Store(
          "A record's attributes are damaged: restore the row from a backup, or remove it", e);
    }
  }

  private static String read(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available() / Character.BYTES) {
      throw new IOException("A text is longer than its record");
    }
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(in.readChar());
    }
    return text.toString();
  }
}
