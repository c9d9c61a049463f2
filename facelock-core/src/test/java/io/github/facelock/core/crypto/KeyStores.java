package io.github.facelock.core.crypto;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Key stores with the password {@code changeit}. */
final class KeyStores {

  private KeyStores() {}

  static KeyStore pkcs12(String... aliases) {
    return store("PKCS12", aliases);
  }

  static KeyStore store(String type, String... aliases) {
    try {
      KeyStore store = KeyStore.getInstance(type);
      store.load(null, null);
      for (String alias : aliases) {
        add(store, alias, random());
      }
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  static void add(KeyStore store, String alias, SecretKey key) {
    try {
      store.setEntry(
          alias,
          new KeyStore.SecretKeyEntry(key),
          new KeyStore.PasswordProtection("changeit".toCharArray()));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static SecretKey random() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return new SecretKeySpec(bytes, "AES");
  }
}
