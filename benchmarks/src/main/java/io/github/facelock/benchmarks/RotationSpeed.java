package io.github.facelock.benchmarks;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.core.crypto.FixedKeys;
import io.github.facelock.core.crypto.KeyRing;
import io.github.facelock.core.crypto.KeyRotation;
import io.github.facelock.core.crypto.SealedCredentialStore;
import io.github.facelock.core.store.memory.MemoryCredentialStore;
import io.github.facelock.spi.store.Credential;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Measures a rotation of keys in memory, on one thread: what the cryptography takes; a database
 * adds its own. Run it with the number of subjects:
 *
 * <pre>java -cp benchmarks.jar io.github.facelock.benchmarks.RotationSpeed 100000</pre>
 */
public final class RotationSpeed {

  private static final int TEMPLATE = 2052;

  private RotationSpeed() {}

  /**
   * Prints the figures.
   *
   * @param arguments the number of subjects
   */
  public static void main(String[] arguments) {
    int subjects = arguments.length == 0 ? 100_000 : Integer.parseInt(arguments[0]);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    SecureRandom random = new SecureRandom();
    Map<String, SecretKey> keys = Map.of("k1", key(random), "k2", key(random));
    MemoryCredentialStore rows = new MemoryCredentialStore();

    SealedCredentialStore before =
        new SealedCredentialStore(rows, new KeyRing(new FixedKeys("k1", keys), random));
    long start = System.nanoTime();
    for (int i = 0; i < subjects; i++) {
      boolean added =
          before.insert(
              Credential.create(
                  new CredentialId("face"),
                  SubjectId.of("subject " + i),
                  FactorType.FACE,
                  Instant.EPOCH,
                  Map.of("model", "m"),
                  new byte[TEMPLATE]));
      if (!added) {
        throw new IllegalStateException("The store took no credential");
      }
    }
    print(out, "subjects enrolled", subjects, start);

    KeyRing ring = new KeyRing(new FixedKeys("k2", keys), random);
    SealedCredentialStore after = new SealedCredentialStore(rows, ring);
    KeyRotation rotation = new KeyRotation(after, ring, List.of(FactorType.FACE), List.of());
    start = System.nanoTime();
    while (!rotation.step(1000).complete()) {
      if (rotation.progress().failed() > 0) {
        throw new IllegalStateException("A record did not open");
      }
    }
    print(out, "subjects rotated", subjects, start);

    start = System.nanoTime();
    long[] read = new long[1];
    after.forEach(FactorType.FACE, each -> read[0]++);
    print(out, "templates read", read[0], start);
  }

  private static void print(PrintStream out, String what, long count, long start) {
    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    out.printf(
        "%,d %s in %,d ms: %,d a second%n",
        count, what, taken.toMillis(), count * 1_000_000_000L / Math.max(1, taken.toNanos()));
  }

  private static SecretKey key(SecureRandom random) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return new SecretKeySpec(bytes, "AES");
  }
}
