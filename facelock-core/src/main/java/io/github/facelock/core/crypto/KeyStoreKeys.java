package io.github.facelock.core.crypto;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.Secret;
import io.github.facelock.spi.KeyProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.SecretKey;

/**
 * Keys from a Java key store: PKCS#12 or JCEKS files, or any store that a security provider loads.
 * Aliases are the keys' ids. Immutable; read once.
 *
 * <p>{@code keytool -genseckey -keyalg AES -keysize 256 -storetype PKCS12 -alias k1 -keystore
 * keys.p12} makes one. Keys of a device that keeps their bytes to itself (PKCS#11 without
 * extraction) are refused: from each key FaceLock derives one for each purpose, which takes its
 * bytes. Let the device wrap a key file instead.
 */
public final class KeyStoreKeys implements KeyProvider {

  private final FixedKeys keys;

  private KeyStoreKeys(FixedKeys keys) {
    this.keys = keys;
  }

  /**
   * Reads a file of the type that its content shows.
   *
   * @param file a PKCS#12, JCEKS or other key store
   * @param password of the store and of its keys
   * @param currentKeyId the alias of the key for new data
   * @return the keys
   * @throws FaceLockException.Key if the file, the password or the key is not right; the message
   *     has the cure
   */
  public static KeyStoreKeys at(Path file, Secret password, String currentKeyId) {
    char[] secret = password.reveal();
    try {
      if (!Files.isRegularFile(file)) {
        throw new FaceLockException.Key(
            "There is no key store "
                + file
                + ". Make one with keytool -genseckey, or give its path");
      }
      return of(load(file, secret), password, currentKeyId);
    } finally {
      Arrays.fill(secret, '\0');
    }
  }

  /**
   * Reads a store that was loaded already.
   *
   * @param store the store
   * @param password of its keys
   * @param currentKeyId the alias of the key for new data
   * @return the keys
   * @throws FaceLockException.Key if a key's bytes cannot be read or are not 256 bits, or there is
   *     none of the current id; the message has the cure
   */
  public static KeyStoreKeys of(KeyStore store, Secret password, String currentKeyId) {
    char[] secret = password.reveal();
    try {
      Map<String, SecretKey> keys = new LinkedHashMap<>();
      for (String alias : Collections.list(store.aliases())) {
        if (store.entryInstanceOf(alias, KeyStore.SecretKeyEntry.class)) {
          KeyText.requireId(alias, "The key store");
          keys.put(alias, usable(store.getKey(alias, secret), alias));
        }
      }
      return new KeyStoreKeys(new FixedKeys(currentKeyId, keys));
    } catch (UnrecoverableKeyException e) {
      throw new FaceLockException.Key(
          "A key of the key store has another password than the store; give both the same one", e);
    } catch (GeneralSecurityException e) {
      throw new FaceLockException.Key("The key store's keys cannot be read: load it first", e);
    } finally {
      Arrays.fill(secret, '\0');
    }
  }

  private static SecretKey usable(Key key, String alias) {
    byte[] bytes = key.getEncoded();
    if (bytes == null) {
      throw new FaceLockException.Key(
          "The bytes of key "
              + alias
              + " cannot be read: a device keeps them. FaceLock derives keys from the bytes; use a"
              + " key of a PKCS#12 file, or let the device protect a key file");
    }
    return KeyText.key(bytes, "The bytes of key " + alias + " in the key store");
  }

  private static KeyStore load(Path file, char[] password) {
    try {
      return KeyStore.getInstance(file.toFile(), password);
    } catch (IOException e) {
      if (e.getCause() instanceof UnrecoverableKeyException) {
        throw wrongPassword(file, e);
      }
      return loadJceks(file, password, e);
    } catch (GeneralSecurityException e) {
      return loadJceks(file, password, e);
    }
  }

  /** JCEKS is the one type whose content the platform does not recognise on all versions. */
  private static KeyStore loadJceks(Path file, char[] password, Exception first) {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("JCEKS");
      store.load(in, password);
      return store;
    } catch (IOException | GeneralSecurityException e) {
      if (e.getCause() instanceof UnrecoverableKeyException) {
        throw wrongPassword(file, e);
      }
      FaceLockException.Key unreadable =
          new FaceLockException.Key(
              "The file "
                  + file
                  + " is no key store that this Java runtime reads, or it is damaged: make a PKCS#12"
                  + " one with keytool -genseckey",
              first);
      unreadable.addSuppressed(e);
      throw unreadable;
    }
  }

  private static FaceLockException.Key wrongPassword(Path file, Exception e) {
    return new FaceLockException.Key("The password does not open the key store " + file, e);
  }

  @Override
  public String currentKeyId() {
    return keys.currentKeyId();
  }

  @Override
  public Optional<SecretKey> key(String id) {
    return keys.key(id);
  }

  @Override
  public String toString() {
    return "KeyStoreKeys[" + keys + "]";
  }
}
