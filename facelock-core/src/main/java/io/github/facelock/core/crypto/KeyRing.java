package io.github.facelock.core.crypto;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.spi.KeyProvider;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts with AES-256-GCM (NIST SP 800-38D) and derives keys for keyed hashes. Thread-safe.
 *
 * <p><strong>Envelope.</strong> One version byte (1), one byte with the length of the key's id, the
 * id in ASCII, a random nonce of 12 bytes, the ciphertext, a tag of 16 bytes. The part before the
 * nonce is authenticated as well.
 *
 * <p><strong>Security guarantees.</strong> {@link #open} gives what {@link #seal} was given, under
 * the same key and the same associated data, or throws. The provider's keys are never used
 * themselves: each purpose has its own key, derived with HKDF (RFC 5869). One key seals at most
 * 2<sup>32</sup> messages (SP 800-38D, section 8.3): rotate before.
 */
public final class KeyRing {

  private static final byte VERSION = 1;
  private static final int NONCE_LENGTH = 12;
  private static final int TAG_BITS = 128;
  private static final int KEY_LENGTH = 32;
  private static final int MOST_DERIVED = 64;
  private static final String SEALING = "facelock/seal/1";
  private static final byte[] SALT = "facelock/1".getBytes(StandardCharsets.US_ASCII);
  private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9._-]{1,32}");

  private final KeyProvider keys;
  private final SecureRandom random;
  // HKDF costs more than a short seal. An entry counts only while the provider gives the same key.
  private final ConcurrentHashMap<String, Derived> derived = new ConcurrentHashMap<>();

  /**
   * Uses a provider's keys.
   *
   * @param keys AES keys of 256 bits whose bytes can be read
   * @param random draws nonces
   */
  public KeyRing(KeyProvider keys, SecureRandom random) {
    this.keys = Objects.requireNonNull(keys, "keys");
    this.random = Objects.requireNonNull(random, "random");
  }

  SecureRandom random() {
    return random;
  }

  /**
   * Names the key for new data.
   *
   * @return the provider's current key
   * @throws FaceLockException.Key if the provider names it wrongly
   */
  public String currentKeyId() {
    String id = keys.currentKeyId();
    if (!KEY_ID.matcher(id).matches()) {
      throw new FaceLockException.Key(
          "The key provider names its current key with a malformed id; use 1 to 32 letters, digits,"
              + " dots, underscores and hyphens");
    }
    return id;
  }

  /**
   * Encrypts under the current key.
   *
   * @param plain what nobody may read
   * @param associatedData where it belongs; not kept in the envelope, and needed to open it
   * @return the envelope: at most 62 bytes longer than {@code plain}
   * @throws FaceLockException.Key if the key is missing or not of 256 bits
   */
  public byte[] seal(byte[] plain, byte[] associatedData) {
    String keyId = currentKeyId();
    byte[] header = header(keyId);
    byte[] nonce = new byte[NONCE_LENGTH];
    random.nextBytes(nonce);
    try {
      byte[] encrypted =
          cipher(Cipher.ENCRYPT_MODE, keyId, nonce, header, associatedData).doFinal(plain);
      return ByteBuffer.allocate(header.length + nonce.length + encrypted.length)
          .put(header)
          .put(nonce)
          .put(encrypted)
          .array();
    } catch (GeneralSecurityException e) {
      throw unsupported(e);
    }
  }

  /**
   * Decrypts.
   *
   * @param envelope from {@link #seal}
   * @param associatedData what {@code seal} was given
   * @return what was sealed
   * @throws FaceLockException.Key if the key is missing, or the envelope was altered, cut, sealed
   *     under another key of this id, or belongs elsewhere
   */
  public byte[] open(byte[] envelope, byte[] associatedData) {
    String keyId = keyIdOf(envelope);
    ByteBuffer in = ByteBuffer.wrap(envelope).position(2 + keyId.length());
    byte[] nonce = new byte[NONCE_LENGTH];
    in.get(nonce);
    byte[] encrypted = new byte[in.remaining()];
    in.get(encrypted);
    try {
      return cipher(Cipher.DECRYPT_MODE, keyId, nonce, header(keyId), associatedData)
          .doFinal(encrypted);
    } catch (AEADBadTagException e) {
      throw new FaceLockException.Key(
          "Data sealed under key "
              + keyId
              + " does not open: it was altered, moved from another record, or sealed under other"
              + " key bytes of the same id. Give the original key, or restore the data from a"
              + " backup",
          e);
    } catch (GeneralSecurityException e) {
      throw unsupported(e);
    }
  }

  /**
   * Derives a key for one purpose, for HMAC-SHA-256 (RFC 5869).
   *
   * @param keyId which of the provider's keys; {@link #currentKeyId()} for new data
   * @param purpose tells this use from every other one, for example {@code delivered-code}
   * @return 256 bits, the same for the same key and purpose
   * @throws FaceLockException.Key if the key is missing or not of 256 bits
   */
  public SecretKey subkey(String keyId, String purpose) {
    return derive(keyId, "facelock/hmac/1/" + purpose, "HmacSHA256");
  }

  private Cipher cipher(int mode, String keyId, byte[] nonce, byte[] header, byte[] associatedData)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, derive(keyId, SEALING, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    // The header tells its own length, so header and associated data cannot be split otherwise.
    cipher.updateAAD(header);
    cipher.updateAAD(associatedData);
    return cipher;
  }

  /**
   * Tells which key an envelope was sealed under, without opening it: for rotation.
   *
   * @param envelope from {@link #seal}
   * @return the key's id; not authenticated before {@link #open}
   * @throws FaceLockException.Key if it is no envelope
   */
  public static String keyIdOf(byte[] envelope) {
    if (envelope.length < 2 || envelope[0] != VERSION) {
      throw notSealed();
    }
    int idLength = Byte.toUnsignedInt(envelope[1]);
    if (envelope.length < 2 + idLength + NONCE_LENGTH + TAG_BITS / 8) {
      throw notSealed();
    }
    String keyId = new String(envelope, 2, idLength, StandardCharsets.ISO_8859_1);
    if (!KEY_ID.matcher(keyId).matches()) {
      throw notSealed();
    }
    return keyId;
  }

  /**
   * Tells whether a key is at hand.
   *
   * @param keyId its id
   * @return whether the provider has it
   */
  public boolean has(String keyId) {
    return keys.key(keyId).isPresent();
  }

  private SecretKey derive(String keyId, String info, String algorithm) {
    SecretKey source = sourceOf(keyId);
    String use = keyId + "/" + info;
    Derived known = derived.get(use);
    if (known != null && known.source.equals(source)) {
      return known.key;
    }
    SecretKey key = derive(source, keyId, info, algorithm);
    if (derived.size() < MOST_DERIVED) {
      derived.put(use, new Derived(source, key));
    }
    return key;
  }

  private static SecretKey derive(SecretKey source, String keyId, String info, String algorithm) {
    byte[] input = bytesOf(source, keyId);
    try {
      byte[] extracted = Hkdf.extract(SALT, input);
      byte[] derived = Hkdf.expand(extracted, info.getBytes(StandardCharsets.UTF_8), KEY_LENGTH);
      SecretKey key = new SecretKeySpec(derived, algorithm);
      Arrays.fill(extracted, (byte) 0);
      Arrays.fill(derived, (byte) 0);
      return key;
    } catch (GeneralSecurityException e) {
      throw unsupported(e);
    } finally {
      Arrays.fill(input, (byte) 0);
    }
  }

  private SecretKey sourceOf(String keyId) {
    return keys.key(keyId)
        .orElseThrow(
            () ->
                new FaceLockException.Key(
                    "The key provider has no key "
                        + keyId
                        + ". Give it the key that the data was sealed under; data of an ephemeral"
                        + " key is lost with its process"));
  }

  private static byte[] bytesOf(SecretKey key, String keyId) {
    byte[] bytes = key.getEncoded();
    if (bytes == null || bytes.length != KEY_LENGTH) {
      throw new FaceLockException.Key(
          "Key "
              + keyId
              + " is not usable: 256 bits that can be read are needed. Make one with a KeyGenerator"
              + " for AES, 256 bits");
    }
    return bytes;
  }

  private static byte[] header(String keyId) {
    byte[] id = keyId.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(2 + id.length).put(VERSION).put((byte) id.length).put(id).array();
  }

  private static FaceLockException.Key notSealed() {
    return new FaceLockException.Key(
        "The data is no envelope of this key ring: it was cut, altered, or never sealed. Restore it"
            + " from a backup, or enrol again");
  }

  static FaceLockException.Key unsupported(GeneralSecurityException e) {
    return new FaceLockException.Key(
        "This Java runtime does not offer AES-256-GCM and HMAC-SHA-256; enable its standard"
            + " security providers",
        e);
  }

  private static final class Derived {
    private final SecretKey source;
    private final SecretKey key;

    Derived(SecretKey source, SecretKey key) {
      this.source = source;
      this.key = key;
    }
  }
}
