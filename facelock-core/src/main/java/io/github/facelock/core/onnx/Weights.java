package io.github.facelock.core.onnx;

import io.github.facelock.api.FaceLockException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** The bytes of a model file, read once and checked by their digest before anything parses them. */
final class Weights {

  /** A face model has some megabytes; the largest ArcFace networks 250. */
  private static final long MAX_BYTES = 1L << 30;

  private final String name;
  private final byte[] bytes;

  private Weights(String name, byte[] bytes) {
    this.name = name;
    this.bytes = bytes;
  }

  static Weights ofFile(Path file, String sha256) {
    String name = String.valueOf(file.getFileName());
    byte[] bytes;
    try {
      if (!Files.isRegularFile(file)) {
        throw new FaceLockException.Model(
            "There is no model file " + file + ": correct the path, or put the file there.");
      }
      if (Files.size(file) > MAX_BYTES) {
        throw new FaceLockException.Model(
            file + " is larger than a gibibyte, so it is no face model: correct the path.");
      }
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new FaceLockException.Model(
          "The model file " + file + " cannot be read: check its permissions and the disk.", e);
    }
    return verified(name, bytes, sha256);
  }

  static Weights ofResource(String path, String name, String sha256) {
    try (InputStream in = Weights.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new FaceLockException.Model(
            "The bundled model "
                + name
                + " is not on the class path: add io.github.facelock:facelock-models of the same"
                + " version.");
      }
      return verified(name, in.readAllBytes(), sha256);
    } catch (IOException e) {
      throw new FaceLockException.Model(
          "The bundled model " + name + " cannot be read: replace the damaged facelock-models jar.",
          e);
    }
  }

  private static Weights verified(String name, byte[] bytes, String sha256) {
    String expected = sha256.strip().toLowerCase(Locale.ROOT);
    if (!expected.matches("[0-9a-f]{64}")) {
      throw new FaceLockException.Model(
          "The SHA-256 given for " + name + " is malformed: give 64 hexadecimal digits.");
    }
    String found;
    try {
      found = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
    if (!found.equals(expected)) {
      throw new FaceLockException.Model(
          "The weights of "
              + name
              + " have the SHA-256 "
              + found
              + " and not the expected "
              + expected
              + ": they were altered or are another model, so restore the file, or review it and"
              + " give its own digest.");
    }
    return new Weights(name, bytes);
  }

  String name() {
    return name;
  }

  /** Not copied: only the session reads it. */
  byte[] bytes() {
    return bytes;
  }
}
