package io.github.facelock.core.crypto;

import io.github.facelock.spi.KeyProvider;
import io.github.facelock.test.contract.KeyProviderContract;
import java.security.SecureRandom;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Nested;

class KeyProviderContractsTest {

  @Nested
  class Fixed extends KeyProviderContract {
    @Override
    protected KeyProvider newProvider() {
      byte[] earlier = new byte[32];
      earlier[0] = 1;
      return new FixedKeys(
          "2026-11",
          Map.of(
              "2026-11",
              new SecretKeySpec(new byte[32], "AES"),
              "2026-10",
              new SecretKeySpec(earlier, "AES")));
    }
  }

  @Nested
  class Ephemeral extends KeyProviderContract {
    @Override
    protected KeyProvider newProvider() {
      return new EphemeralKeys(new SecureRandom());
    }
  }
}
