package io.github.facelock.core.password;

import io.github.facelock.api.FaceLockException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** The bundled list: words separated by white space, lines with # are comments. */
final class BundledSecrets implements CommonSecrets {

  private static final String FILE = "common-secrets.txt";

  private final Set<String> secrets;

  private BundledSecrets(Set<String> secrets) {
    this.secrets = secrets;
  }

  static BundledSecrets load() {
    try (InputStream in = BundledSecrets.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new FaceLockException(FILE + " is missing from the jar; use an unaltered one");
      }
      return new BundledSecrets(
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.startsWith("#"))
              .flatMap(line -> Arrays.stream(line.split("\\s+")))
              .filter(word -> !word.isEmpty())
              .collect(Collectors.toUnmodifiableSet()));
    } catch (IOException e) {
      throw new FaceLockException(FILE + " cannot be read; use an unaltered jar", e);
    }
  }

  @Override
  public boolean contains(String secret) {
    return secrets.contains(secret);
  }
}
