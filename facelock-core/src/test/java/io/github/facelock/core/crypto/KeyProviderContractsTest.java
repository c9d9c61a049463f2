package io.github.facelock.core.crypto;

import io.github.facelock.api.Secret;
import io.github.facelock.spi.KeyProvider;
import io.github.facelock.test.contract.KeyProviderContract;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

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

  @Nested
  class Environment extends KeyProviderContract {
    @Override
    protected KeyProvider newProvider() {
      return EnvironmentKeys.of(
          Map.of(
              "FACELOCK_KEYS",
              "k1:" + "0f1e".repeat(16) + ", k2:" + "A1b2".repeat(16),
              "FACELOCK_KEY_CURRENT",
              "k2"));
    }
  }

  @Nested
  class InAFile extends KeyProviderContract {
    @TempDir private Path folder;

    @Override
    protected KeyProvider newProvider() {
      return FileKeys.create(folder.resolve("facelock.keys"), "k1", new SecureRandom());
    }
  }

  @Nested
  class InAKeyStore extends KeyProviderContract {
    @Override
    protected KeyProvider newProvider() {
      return KeyStoreKeys.of(KeyStores.pkcs12("k1"), Secret.of("changeit"), "k1");
    }
  }
}
