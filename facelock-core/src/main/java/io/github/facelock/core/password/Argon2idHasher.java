package io.github.facelock.core.password;

import io.github.facelock.api.FaceLockException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id (RFC 9106), version 1.3, salt of 16 bytes, hash of 32. Thread-safe. The memory of all
 * hashes under way is bounded, also where stored hashes ask for more than the current cost.
 */
public final class Argon2idHasher implements PasswordHasher {

  private static final int SALT_LENGTH = 16;
  private static final int HASH_LENGTH = 32;
  private static final int PATIENCE_SECONDS = 20;

  private final Argon2idCost cost;
  private final SecureRandom random;
  private final int budgetKib;
  private final Semaphore memory;

  /**
   * Makes a hasher.
   *
   * @param cost what a new hash costs
   * @param random draws salts
   * @param concurrency how many hashes of this cost are computed at a time: 1 to 256
   * @throws IllegalArgumentException if the concurrency is out of range
   */
  public Argon2idHasher(Argon2idCost cost, SecureRandom random, int concurrency) {
    if (concurrency < 1 || concurrency > 256) {
      throw new IllegalArgumentException("1 to 256 hashes at a time");
    }
    this.cost = Objects.requireNonNull(cost, "cost");
    this.random = Objects.requireNonNull(random, "random");
    this.budgetKib = cost.memoryKib() * concurrency;
    this.memory = new Semaphore(budgetKib, true);
  }

  /**
   * The default cost, as many hashes at a time as there are processors.
   *
   * @param random draws salts
   * @return a hasher
   */
  public static Argon2idHasher ofDefaults(SecureRandom random) {
    int processors = Math.min(256, Runtime.getRuntime().availableProcessors());
    return new Argon2idHasher(Argon2idCost.ofDefaults(), random, processors);
  }

  @Override
  public String hash(byte[] password) {
    byte[] salt = new byte[SALT_LENGTH];
    random.nextBytes(salt);
    return new PhcString(cost, salt, compute(cost, salt, password, HASH_LENGTH)).encoded();
  }

  @Override
  public boolean matches(byte[] password, String encoded) {
    PhcString stored = PhcString.parse(encoded);
    byte[] expected = stored.hash();
    return MessageDigest.isEqual(
        expected, compute(stored.cost(), stored.salt(), password, expected.length));
  }

  @Override
  public boolean isCurrent(String encoded) {
    PhcString stored = PhcString.parse(encoded);
    return stored.cost().equals(cost)
        && stored.salt().length >= SALT_LENGTH
        && stored.hash().length >= HASH_LENGTH;
  }

  private byte[] compute(Argon2idCost cost, byte[] salt, byte[] password, int length) {
    // A dearer hash than the budget runs alone.
    int need = Math.min(cost.memoryKib(), budgetKib);
    acquire(need);
    try {
      Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
      argon2.init(
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withVersion(Argon2Parameters.ARGON2_VERSION_13)
              .withMemoryAsKB(cost.memoryKib())
              .withIterations(cost.iterations())
              .withParallelism(cost.parallelism())
              .withSalt(salt)
              .build());
      byte[] hash = new byte[length];
      argon2.generateBytes(password, hash);
      return hash;
    } finally {
      memory.release(need);
    }
  }

  private void acquire(int need) {
    try {
      if (!memory.tryAcquire(need, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new FaceLockException(
            "Too many passwords are being hashed at once; allow more at a time, or limit the"
                + " requests");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FaceLockException("Hashing a password was interrupted; try again", e);
    }
  }
}
