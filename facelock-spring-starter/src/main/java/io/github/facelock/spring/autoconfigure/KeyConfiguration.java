package io.github.facelock.spring.autoconfigure;

import io.github.facelock.api.Secret;
import io.github.facelock.core.FaceLock;
import io.github.facelock.core.crypto.EnvironmentKeys;
import io.github.facelock.core.crypto.EphemeralKeys;
import io.github.facelock.core.crypto.FileKeys;
import io.github.facelock.core.crypto.KeyStoreKeys;
import io.github.facelock.spi.KeyProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Finds the keys that seal templates and secrets. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(FaceLock.class)
final class KeyConfiguration {

  @Bean
  @ConditionalOnMissingBean(KeyProvider.class)
  KeyProvider faceLockKeys(
      FaceLockProperties properties, KeyProperties key, StoreProperties store) {
    Secret keys = properties.keys();
    Path file = key.file();
    Path keyStore = key.store();
    if (Stream.of(keys != null, file != null, keyStore != null)
            .filter(Boolean::booleanValue)
            .count()
        > 1) {
      throw new FaceLockSettingException(
          "Keys are given more than once: by several of facelock.keys (FACELOCK_KEYS),"
              + " facelock.key.file and facelock.key.store",
          "Keep the one that belongs to the data.");
    }
    if (keys != null) {
      return inline(keys, key);
    }
    if (file != null) {
      return FileKeys.at(file);
    }
    if (keyStore != null) {
      return ofStore(keyStore, key);
    }
    if (store.type() == StoreProperties.Type.MEMORY) {
      return new EphemeralKeys(new SecureRandom());
    }
    if (properties.development()) {
      return development(properties.dataDir());
    }
    throw new FaceLockSettingException(
        "FaceLock has no key to seal faces and secrets with",
        "Give the environment variable FACELOCK_KEYS=k1:$(openssl rand -base64 32) and keep the key:"
            + " without it nothing that was stored can be read. Or set facelock.key.file or"
            + " facelock.key.store, or declare a bean of type KeyProvider. On a developer's machine,"
            + " facelock.development=true makes a key.");
  }

  private static KeyProvider inline(Secret keys, KeyProperties key) {
    Map<String, String> environment = new HashMap<>();
    environment.put(EnvironmentKeys.KEYS, new String(keys.reveal()));
    if (key.current() != null) {
      environment.put(EnvironmentKeys.CURRENT, key.current());
    }
    return EnvironmentKeys.of(environment);
  }

  private static KeyProvider ofStore(Path keyStore, KeyProperties key) {
    Secret password = key.storePassword();
    String current = key.current();
    if (password == null || current == null) {
      throw new FaceLockSettingException(
          "facelock.key.store is set without facelock.key.store-password and facelock.key.current",
          "Set the password of the key store, and the alias of the key for new data.");
    }
    return KeyStoreKeys.at(keyStore, password, current);
  }

  /** Beside the data that it seals: they are deleted together. */
  private static KeyProvider development(Path folder) {
    Path file = DataFolder.make(folder).resolve("development.key");
    return Files.exists(file)
        ? FileKeys.at(file)
        : FileKeys.create(file, "development", new SecureRandom());
  }
}
