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
import java.util.function.Supplier;
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
   * @throws FaceLockException.Busy if too many hashes were waiting
   */
  public String hash(Secret secret) {
    byte[] salt = randomBytes(Argon2Hash.SALT_BYTES);
    return new Argon2Hash(parameters, salt, derive(parameters, salt, secret)).encode();
  }

  /**
   * Hashes with the salt and the costs of another hash, so that one computation compares a text
   * with both. For two secrets of one subject.
   *
   * @throws FaceLockException.Store if the string is not such a hash
   */
  String hashLike(Secret secret, String encoded) {
    Argon2Hash other = parsed(encoded);
    return new Argon2Hash(
            other.parameters(), other.salt(), derive(other.parameters(), other.salt(), secret))
        .encode();
  }

  /**
   * Compares with two hashes of one salt and one cost, always with both.
   *
   * @return which of them the text is of, if any
   * @throws FaceLockException.Store if a string is not such a hash, or they differ in salt or costs
   */
  Pair matchesPair(Secret secret, String first, String second) {
    Argon2Hash one = parsed(first);
    Argon2Hash other = parsed(second);
    if (!one.parameters().equals(other.parameters())
        || !MessageDigest.isEqual(one.salt(), other.salt())) {
      throw new FaceLockException.Store(
          "Two PIN hashes of one subject do not belong together: let the subject set both anew");
    }
    byte[] actual = derive(one.parameters(), one.salt(), secret);
    return new Pair(
        MessageDigest.isEqual(one.hash(), actual), MessageDigest.isEqual(other.hash(), actual));
  }

  /** Which of two hashes a text is of. */
  record Pair(boolean first, boolean second) {}

  /**
   * Does other costly work in one of the places for hashing.
   *
   * @throws FaceLockException.Busy if too many hashes were waiting
   */
  <T> T inPlace(Supplier<T> work) {
    takePlace();
    try {
      return work.get();
    } finally {
      places.release();
    }
  }

  private static Argon2Hash parsed(String encoded) {
    return Argon2Hash.parse(encoded)
        .orElseThrow(
            () ->
                new FaceLockException.Store(
                    "A stored password hash is not Argon2id in FaceLock's form or exceeds its"
                        + " bounds: let the subject set a new password"));
  }

  /**
   * Compares in constant time.
   *
   * @param secret what was typed
   * @param encoded a PHC string from {@link #hash} or {@link #decoy}, of any parameters
   * @return whether the hash is of this text
   * @throws FaceLockException.Store if the string is not such a hash or asks for too much
   * @throws FaceLockException.Busy if too many hashes were waiting
   */
  public boolean matches(Secret secret, String encoded) {
    Argon2Hash expected = parsed(encoded);
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
        throw new FaceLockException.Busy(
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
