package io.github.facelock.core.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.Secret;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Argon2idHasherTest {

  private static final Argon2Parameters CHEAP = new Argon2Parameters(64, 1, 1);
  private static final String SALT = "c29tZXNhbHRzb21lc2FsdA";
  private static final String HASH = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

  private final Argon2idHasher hasher = new Argon2idHasher(CHEAP, new SecureRandom());

  @Test
  void aHashMatchesItsTextAndNoOther() {
    String hash = hasher.hash(Secret.of("correct horse"));
    assertThat(hasher.matches(Secret.of("correct horse"), hash)).isTrue();
    assertThat(hasher.matches(Secret.of("correct horsf"), hash)).isFalse();
    assertThat(hasher.matches(Secret.of("Correct horse"), hash)).isFalse();
    assertThat(hasher.matches(Secret.of(""), hash)).isFalse();
  }

  /** Made with argon2-cffi 25.1, which wraps the reference implementation in C. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "correct horse battery staple|$argon2id$v=19$m=256,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$6v921DcCh4JgNTUk8Zy5XG6tyoURKEoHlKq0MC/5wLE",
        "p\u00e4ssword-\u65e5\u672c|$argon2id$v=19$m=128,t=3,p=4$ZmVkY2JhOTg3NjU0MzIxMA$TADTiAA55OE+sht26OiZk7rFs/L8iMQcBAF89hRCNjo"
      })
  void hashesOfTheReferenceImplementationMatch(String text, String encoded) {
    assertThat(hasher.matches(Secret.of(text), encoded)).isTrue();
    assertThat(hasher.matches(Secret.of(text + "x"), encoded)).isFalse();
  }

  @Test
  void twoHashesOfOneTextDiffer() {
    assertThat(hasher.hash(Secret.of("same"))).isNotEqualTo(hasher.hash(Secret.of("same")));
  }

  @Test
  void theStringNamesAlgorithmVersionAndCost() {
    String hash =
        new Argon2idHasher(new Argon2Parameters(128, 3, 2), new SecureRandom())
            .hash(Secret.of("text"));
    assertThat(hash).matches("\\$argon2id\\$v=19\\$m=128,t=3,p=2\\$[^$=]{22}\\$[^$=]{43}");
    assertThat(hasher.matches(Secret.of("text"), hash)).isTrue();
  }

  @Test
  void theRecommendedCostIsNineteenMebibytesAndTwoPasses() {
    assertThat(Argon2Parameters.recommended()).isEqualTo(new Argon2Parameters(19456, 2, 1));
    Argon2idHasher recommended =
        new Argon2idHasher(Argon2Parameters.recommended(), new SecureRandom());
    String hash = recommended.hash(Secret.of("text"));
    assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(recommended.matches(Secret.of("text"), hash)).isTrue();
  }

  @Test
  void oneTextInTwoEncodingsIsOnePassword() {
    String composed = hasher.hash(Secret.of("caf\u00e9-\u212b-\ufb01ne"));
    assertThat(hasher.matches(Secret.of("cafe\u0301-A\u030a-fine"), composed)).isTrue();
    assertThat(hasher.matches(Secret.of("cafe-A-fine"), composed)).isFalse();
  }

  @Test
  void theLongestSecretIsHashedAlsoWhenNormalisationMakesItLonger() {
    Secret secret = Secret.of("\ufdfa".repeat(Secret.MAX_LENGTH));
    assertThat(hasher.matches(secret, hasher.hash(secret))).isTrue();
  }

  @Test
  void aHashOfOtherParametersIsOutdated() {
    assertThat(hasher.outdated(hasher.hash(Secret.of("x")))).isFalse();
    assertThat(hasher.outdated(encoded(65, 1, 1))).isTrue();
    assertThat(hasher.outdated(encoded(64, 2, 1))).isTrue();
    assertThat(hasher.outdated(encoded(64, 1, 2))).isTrue();
    assertThat(hasher.outdated("$2b$10$abcdefghijklmnopqrstuv")).isTrue();
  }

  @Test
  void aDecoyIsAFreshHashOfTheSameCost() {
    String decoy = hasher.decoy();
    assertThat(hasher.outdated(decoy)).isFalse();
    assertThat(hasher.matches(Secret.of("text"), decoy)).isFalse();
    assertThat(hasher.decoy()).isNotEqualTo(decoy);
    String[] parts = decoy.split("\\$", -1);
    assertThat(parts[4]).isNotEqualTo("A".repeat(22));
    assertThat(parts[5]).isNotEqualTo(HASH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "$argon2id$",
        "$argon2id$v=19$m=4194304,t=2,p=1$" + SALT + "$" + HASH,
        "$argon2id$v=19$m=131073,t=2,p=1$" + SALT + "$" + HASH,
        "$argon2id$v=19$m=99999999999999999999,t=2,p=1$" + SALT + "$" + HASH,
        "$argon2id$v=19$m=64,t=11,p=1$" + SALT + "$" + HASH,
        "$argon2id$v=19$m=64,t=1,p=5$" + SALT + "$" + HASH,
        "$argon2id$v=19$m=7,t=1,p=1$" + SALT + "$" + HASH,
        "$argon2id$v=19$m=31,t=1,p=4$" + SALT + "$" + HASH,
        "$argon2id$v=19$m=-64,t=1,p=1$" + SALT + "$" + HASH,
        "$argon2id$v=19$m=064,t=1,p=1$" + SALT + "$" + HASH,
        "$argon2id$v=19$m=64,t=0,p=1$" + SALT + "$" + HASH,
        "$argon2id$v=19$m=64,t=1,p=0$" + SALT + "$" + HASH,
        "$argon2id$v=16$m=64,t=1,p=1$" + SALT + "$" + HASH,
        "$argon2i$v=19$m=64,t=1,p=1$" + SALT + "$" + HASH,
        "$argon2id$v=19$t=1,m=64,p=1$" + SALT + "$" + HASH,
        "$argon2id$v=19$m=64,t=1,p=1$" + SALT + "A$" + HASH,
        "$argon2id$v=19$m=64,t=1,p=1$" + SALT + "$" + HASH + "=",
        "$argon2id$v=19$m=64,t=1,p=1$$" + HASH,
        "$argon2id$v=19$m=64,t=1,p=1$" + SALT + "$",
        "$argon2id$v=19$m=64,t=1,p=1$" + SALT + "$" + HASH + "\n",
        "$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy"
      })
  void aHashInAnotherFormOrBeyondTheBoundsIsAFault(String encoded) {
    assertThatThrownBy(() -> hasher.matches(Secret.of("text"), encoded))
        .isInstanceOf(FaceLockException.Store.class)
        .hasMessageContaining("set a new password")
        .hasMessageNotContaining(SALT);
    assertThat(hasher.outdated(encoded)).isTrue();
  }

  @Test
  void theBoundsThemselvesAreAccepted() {
    assertThat(Argon2Hash.parse(encoded(Argon2Parameters.MAX_MEMORY_KIB, 10, 4))).isPresent();
    assertThat(Argon2Hash.parse(encoded(8, 1, 1))).isPresent();
    assertThat(Argon2Hash.parse(encoded(32, 1, 4))).isPresent();
  }

  @Test
  void settingsBeyondTheBoundsAreRefused() {
    assertThatThrownBy(() -> new Argon2Parameters(7, 1, 1)).hasMessageContaining("KiB");
    assertThatThrownBy(() -> new Argon2Parameters(131073, 1, 1)).hasMessageContaining("KiB");
    assertThatThrownBy(() -> new Argon2Parameters(64, 0, 1)).hasMessageContaining("passes");
    assertThatThrownBy(() -> new Argon2Parameters(64, 11, 1)).hasMessageContaining("passes");
    assertThatThrownBy(() -> new Argon2Parameters(64, 1, 0)).hasMessageContaining("lanes");
    assertThatThrownBy(() -> new Argon2Parameters(64, 1, 5)).hasMessageContaining("lanes");
  }

  @Test
  void encodingAndReadingAreInverse() {
    String text = encoded(4096, 3, 2);
    assertThat(Argon2Hash.parse(text).orElseThrow().encode()).isEqualTo(text);
    assertThat(Argon2Hash.parse(text).orElseThrow().toString())
        .doesNotContain(SALT)
        .doesNotContain(HASH)
        .contains("redacted");
  }

  @Test
  void anAlteredHashNeverAsksForMoreThanTheBounds() {
    long seed = new SecureRandom().nextLong();
    SplittableRandom random = new SplittableRandom(seed);
    String hash = hasher.hash(Secret.of("text"));
    for (int i = 0; i < 2000; i++) {
      StringBuilder altered = new StringBuilder(hash);
      int at = random.nextInt(hash.length());
      switch (random.nextInt(3)) {
        case 0 -> altered.setCharAt(at, (char) random.nextInt(32, 127));
        case 1 -> altered.deleteCharAt(at);
        default -> altered.insert(at, (char) random.nextInt(32, 127));
      }
      Argon2Hash.parse(altered.toString())
          .ifPresent(
              read ->
                  assertThat(read.parameters().memoryKiB())
                      .as("seed %d: %s", seed, altered)
                      .isLessThanOrEqualTo(Argon2Parameters.MAX_MEMORY_KIB));
    }
  }

  @Test
  void whoeverFindsNoPlaceInTimeIsRefusedInsteadOfQueuedForEver() {
    Argon2idHasher full = new Argon2idHasher(CHEAP, new SecureRandom(), 0, Duration.ofMillis(1));
    assertThatThrownBy(() -> full.hash(Secret.of("text")))
        .isInstanceOf(FaceLockException.class)
        .hasMessageContaining("limit the rate");
  }

  @Test
  void aPlaceIsGivenBackAfterEachHashAlsoAfterAFailedOne() {
    Argon2idHasher narrow = new Argon2idHasher(CHEAP, new SecureRandom(), 1, Duration.ofMillis(1));
    Secret closed = Secret.of("text");
    closed.close();
    assertThatThrownBy(() -> narrow.hash(closed)).isInstanceOf(IllegalStateException.class);
    String hash = narrow.hash(Secret.of("text"));
    assertThat(narrow.matches(Secret.of("text"), hash)).isTrue();
  }

  @Test
  void anInterruptedWaiterIsRefusedAndStaysInterrupted() {
    Argon2idHasher full = new Argon2idHasher(CHEAP, new SecureRandom(), 0, Duration.ofMinutes(1));
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> full.hash(Secret.of("text")))
        .isInstanceOf(FaceLockException.class)
        .hasMessageContaining("Interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  private static String encoded(int memoryKiB, int iterations, int parallelism) {
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(memoryKiB, iterations, parallelism, SALT, HASH);
  }
}
