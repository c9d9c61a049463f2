package io.github.facelock.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.spi.KeyProvider;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class KeyRingTest {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte[] PLACE = {1, 2, 3};

  private final KeyRing ring =
      new KeyRing(new FixedKeys("k1", Map.of("k1", key(1), "k2", key(2))), RANDOM);

  @Test
  void whatWasSealedOpensUnchanged() {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] plain = bytes(random, random.nextInt(300));
      byte[] place = bytes(random, random.nextInt(50));
      byte[] sealed = ring.seal(plain, place);
      assertThat(ring.open(sealed, place)).as("seed %d", seed).isEqualTo(plain);
    }
  }

  @Test
  void anyFlippedBitIsRefused() {
    byte[] sealed = ring.seal(new byte[] {5, 6, 7}, PLACE);
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] altered = sealed.clone();
      altered[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> ring.open(altered, PLACE))
          .as("bit %d", bit)
          .isInstanceOf(FaceLockException.Key.class);
    }
  }

  @Test
  void anyOtherPlaceIsRefused() {
    byte[] sealed = ring.seal(new byte[] {5, 6, 7}, PLACE);
    for (byte[] other : new byte[][] {{}, {1, 2}, {1, 2, 3, 0}, {1, 2, 4}}) {
      assertThatThrownBy(() -> ring.open(sealed, other))
          .isInstanceOf(FaceLockException.Key.class)
          .hasMessageContaining("altered, moved");
    }
  }

  @Test
  void anyCutOrLengthenedEnvelopeIsRefused() {
    byte[] sealed = ring.seal(new byte[40], PLACE);
    for (int length = 0; length <= sealed.length + 3; length++) {
      if (length != sealed.length) {
        byte[] other = Arrays.copyOf(sealed, length);
        assertThatThrownBy(() -> ring.open(other, PLACE)).isInstanceOf(FaceLockException.Key.class);
      }
    }
  }

  @Test
  void noiseIsRefused() {
    for (long seed = 0; seed < 500; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] noise = bytes(random, random.nextInt(120));
      if (noise.length > 0 && random.nextBoolean()) {
        noise[0] = 1;
      }
      assertThatThrownBy(() -> ring.open(noise, PLACE))
          .as("seed %d", seed)
          .isInstanceOf(FaceLockException.Key.class);
    }
  }

  @Test
  void anEarlierKeyStillOpensAfterRotation() {
    byte[] sealed = ring.seal(new byte[] {9}, PLACE);
    KeyRing rotated = new KeyRing(new FixedKeys("k2", Map.of("k1", key(1), "k2", key(2))), RANDOM);
    assertThat(rotated.open(sealed, PLACE)).containsExactly(9);
    assertThat(new String(rotated.seal(new byte[1], PLACE), 2, 2, StandardCharsets.US_ASCII))
        .isEqualTo("k2");
  }

  @Test
  void aMissingKeyIsNamedWithACure() {
    byte[] sealed = ring.seal(new byte[] {9}, PLACE);
    KeyRing other = new KeyRing(new FixedKeys("k2", Map.of("k2", key(2))), RANDOM);
    assertThatThrownBy(() -> other.open(sealed, PLACE))
        .isInstanceOf(FaceLockException.Key.class)
        .hasMessageContaining("no key k1")
        .hasMessageContaining("Give it the key");
  }

  @Test
  void otherBytesUnderTheSameIdAreRefused() {
    byte[] sealed = ring.seal(new byte[] {9}, PLACE);
    KeyRing other = new KeyRing(new FixedKeys("k1", Map.of("k1", key(3))), RANDOM);
    assertThatThrownBy(() -> other.open(sealed, PLACE)).isInstanceOf(FaceLockException.Key.class);
  }

  @Test
  void twoEnvelopesOfOneTextDiffer() {
    assertThat(ring.seal(new byte[16], PLACE)).isNotEqualTo(ring.seal(new byte[16], PLACE));
  }

  @Test
  void keysForHashesDifferByKeyAndPurpose() {
    assertThat(ring.subkey("k1", "a")).isEqualTo(ring.subkey("k1", "a"));
    assertThat(ring.subkey("k1", "a")).isNotEqualTo(ring.subkey("k1", "b"));
    assertThat(ring.subkey("k1", "a")).isNotEqualTo(ring.subkey("k2", "a"));
    assertThat(ring.subkey("k1", "a").getEncoded()).hasSize(32).isNotEqualTo(key(1).getEncoded());
  }

  @Test
  void aShortKeyIsRefused() {
    KeyRing weak =
        new KeyRing(
            new FixedKeys("w", Map.of("w", new SecretKeySpec(new byte[16], "AES"))), RANDOM);
    assertThatThrownBy(() -> weak.seal(new byte[1], PLACE))
        .isInstanceOf(FaceLockException.Key.class)
        .hasMessageContaining("256 bits");
  }

  @Test
  void aMalformedKeyIdIsRefused() {
    KeyProvider provider =
        new KeyProvider() {
          @Override
          public String currentKeyId() {
            return "not an id";
          }

          @Override
          public Optional<SecretKey> key(String id) {
            return Optional.of(KeyRingTest.key(1));
          }
        };
    assertThatThrownBy(() -> new KeyRing(provider, RANDOM).seal(new byte[1], PLACE))
        .isInstanceOf(FaceLockException.Key.class)
        .hasMessageContaining("malformed id");
  }

  @Test
  void theCurrentKeyMustExist() {
    assertThatThrownBy(() -> new FixedKeys("k9", Map.of("k1", key(1))))
        .isInstanceOf(FaceLockException.Key.class)
        .hasMessageContaining("k9");
  }

  @Test
  void ephemeralKeysAreDifferentEachTimeAndNeverPrint() {
    EphemeralKeys one = new EphemeralKeys(RANDOM);
    EphemeralKeys two = new EphemeralKeys(RANDOM);
    assertThat(one.currentKeyId()).isNotEqualTo(two.currentKeyId());
    assertThat(one.key(two.currentKeyId())).isEmpty();
    assertThat(one.key(one.currentKeyId()).orElseThrow().getEncoded()).hasSize(32);
    assertThat(one.toString()).contains("redacted");
    KeyRing ephemeral = new KeyRing(one, RANDOM);
    assertThat(ephemeral.open(ephemeral.seal(new byte[] {4}, PLACE), PLACE)).containsExactly(4);
  }

  private static SecretKey key(int fill) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) fill);
    return new SecretKeySpec(bytes, "AES");
  }

  private static byte[] bytes(SplittableRandom random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
