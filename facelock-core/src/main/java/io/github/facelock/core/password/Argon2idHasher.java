package io.github.facelock.core.password;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.Secret;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;

/**
 * Hashes passwords and PINs with Argon2id (RFC 9106): 16 bytes of salt, 32 bytes of hash, in PHC
 * strings. Texts are compared in Unicode normalisation form KC.
 *
 * <p>Each hash takes {@link Argon2Parameters#memoryKiB()} of heap and one processor: with the
 * recommended parameters for about 60 ms once Java has compiled the code, 300 ms the first time
 * (measured on one x86-64 core). So no more hashes are made at a time than there are processors;
 * others wait in their order, for at most ten seconds. Thread-safe.
 */
public final class Argon2idHasher {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final Argon2Parameters parameters;
  private final SecureRandom random;
  private final Semaphore places;
  private final Duration longestWait;

  /**
   * Makes a hasher.
   *
   * @param parameters what new hashes cost
   * @param random for salts
   */
  public Argon2idHasher(Argon2Parameters parameters, SecureRandom random) {
    this(parameters, random, Runtime.getRuntime().availableProcessors(), LONGEST_WAIT);
  }

  Argon2idHasher(
      Argon2Parameters parameters, SecureRandom random, int places, Duration longestWait) {
    this.parameters = Objects.requireNonNull(parameters, "parameters");
    this.random = Objects.requireNonNull(random, "random");
    this.places = new Semaphore(places, true);
    this.longestWait = longestWait;
  }

  /**
   * Hashes with a fresh salt.
   *
   * @param secret what was typed
   * @return a PHC string of ASCII characters
   * @throws FaceLockException if too many hashes were waiting
   */
  public String hash(Secret secret) {
    byte[] salt = randomBytes(Argon2Hash.SALT_BYTES);
    return new Argon2Hash(parameters, salt, derive(parameters, salt, secret)).encode();
  }

  /**
   * Compares in constant time.
   *
   * @param secret what was typed
   * @param encoded a PHC string from {@link #hash} or {@link #decoy}, of any parameters
   * @return whether the hash is of this text
   * @throws FaceLockException.Store if the string is not such a hash or asks for too much
   * @throws FaceLockException if too many hashes were waiting
   */
  public boolean matches(Secret secret, String encoded) {
    Argon2Hash expected =
        Argon2Hash.parse(encoded)
            .orElseThrow(
                () ->
                    new FaceLockException.Store(
                        "A stored password hash is not Argon2id in FaceLock's form or exceeds its"
                            + " bounds: let the subject set a new password"));
    byte[] actual = derive(expected.parameters(), expected.salt(), secret);
    return MessageDigest.isEqual(expected.hash(), actual);
  }

  /**
   * Tells whether a hash was made with other parameters than new ones are.
   *
   * @param encoded a PHC string
   * @return whether it should be made anew when the text is next known
   */
  public boolean outdated(String encoded) {
    Optional<Argon2Hash> hash = Argon2Hash.parse(encoded);
    return hash.isEmpty() || !hash.get().parameters().equals(parameters);
  }

  /**
   * A hash that no text is known for. Comparing with it costs what comparing with a new hash costs,
   * so that an unknown subject takes as long as a known one.
   *
   * @return a PHC string
   */
  public String decoy() {
    return new Argon2Hash(
            parameters, randomBytes(Argon2Hash.SALT_BYTES), randomBytes(Argon2Hash.HASH_BYTES))
        .encode();
  }

  private byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private byte[] derive(Argon2Parameters cost, byte[] salt, Secret secret) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    byte[] hash = new byte[Argon2Hash.HASH_BYTES];
    takePlace();
    try (NormalisedText text = NormalisedText.of(secret)) {
      // Only now: the generator takes its memory here.
      generator.init(
          new org.bouncycastle.crypto.params.Argon2Parameters.Builder(
                  org.bouncycastle.crypto.params.Argon2Parameters.ARGON2_id)
              .withVersion(org.bouncycastle.crypto.params.Argon2Parameters.ARGON2_VERSION_13)
              .withMemoryAsKB(cost.memoryKiB())
              .withIterations(cost.iterations())
              .withParallelism(cost.parallelism())
              .withSalt(salt)
              .build());
      byte[] utf8 = text.utf8();
      generator.generateBytes(utf8, hash);
      Arrays.fill(utf8, (byte) 0);
      return hash;
    } finally {
      places.release();
    }
  }

  private void takePlace() {
    try {
      if (!places.tryAcquire(longestWait.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new FaceLockException(
            "Too many passwords wait to be hashed: limit the rate of requests, or give this"
                + " machine more processors");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FaceLockException(
          "Interrupted while waiting to hash a password: try again unless shutting down", e);
    }
  }
}
