package io.github.facelock.test.contract;

import static io.github.facelock.test.contract.Refusals.nullOf;
import static io.github.facelock.test.contract.Refusals.refusesNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.spi.KeyProvider;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link KeyProvider} promises.
 *
 * <pre>{@code
 * class MyKeyProviderTest extends KeyProviderContract {
 *   @Override
 *   protected KeyProvider newProvider() {
 *     return new MyKeyProvider(keyFile);
 *   }
 * }
 * }</pre>
 */
public abstract class KeyProviderContract {

  private KeyProvider provider = nullOf(KeyProvider.class);

  /** For subclasses. */
  protected KeyProviderContract() {}

  /**
   * Makes the provider under test.
   *
   * @return a provider with at least a current key
   */
  protected abstract KeyProvider newProvider();

  @BeforeEach
  void openProvider() {
    provider = newProvider();
  }

  private SecretKey current() {
    return provider.key(provider.currentKeyId()).orElseThrow();
  }

  @Test
  void theCurrentKeysNameIsWellFormed() {
    assertThat(provider.currentKeyId()).matches("[A-Za-z0-9._-]{1,32}");
  }

  @Test
  void theCurrentKeyIsThere() {
    assertThat(provider.key(provider.currentKeyId())).isPresent();
  }

  @Test
  void keysAreAesOf256Bits() {
    assertThat(current().getAlgorithm()).isEqualTo("AES");
    byte[] encoded = Optional.ofNullable(current().getEncoded()).orElse(new byte[32]);
    assertThat(encoded.length).as("bytes, where the key can be read").isEqualTo(32);
  }

  @Test
  void oneNameAlwaysMeansOneKey() {
    List<SecretKey> keys = Parallel.call(Parallel.CALLS, i -> current());

    assertThat(keys).allSatisfy(key -> assertThat(key).isEqualTo(keys.get(0)));
  }

  @Test
  void unknownNamesHaveNoKey() {
    for (String name : OddTexts.texts()) {
      String unknown = name + "?";
      assertThat(provider.key(unknown)).as("key %s", unknown).isEmpty();
    }
    assertThat(provider.key("")).isEmpty();
    assertThat(provider.key("../" + provider.currentKeyId())).isEmpty();
    assertThat(provider.key("k".repeat(100_000))).isEmpty();
  }

  @Test
  void theProviderDoesNotPrintItsKeys() {
    byte[] encoded = current().getEncoded();
    if (encoded == null) {
      return;
    }
    assertThat(provider.toString())
        .doesNotContain(Base64.getEncoder().withoutPadding().encodeToString(encoded))
        .doesNotContainIgnoringCase(HexFormat.of().formatHex(encoded));
  }

  @Test
  void nullIsRefused() {
    refusesNull(() -> provider.key(nullOf(String.class)));
  }
}
