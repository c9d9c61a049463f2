package io.github.facelock.core.risk;

import io.github.facelock.api.FaceLockException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Hashes of networks under a key of their own: one byte of version (1), 32 bytes of key, then 16
 * bytes for each network, the latest last. There are only 2<sup>24</sup> networks of version 4, so
 * a hash without a key would hide nothing. Immutable.
 */
final class KnownNetworks {

  private static final byte VERSION = 1;
  private static final int KEY_LENGTH = 32;
  private static final int HASH_LENGTH = 16;
  private static final String HMAC = "HmacSHA256";

  private final byte[] key;
  private final List<byte[]> hashes;

  private KnownNetworks(byte[] key, List<byte[]> hashes) {
    this.key = key;
    this.hashes = List.copyOf(hashes);
  }

  static KnownNetworks empty(SecureRandom random) {
    byte[] key = new byte[KEY_LENGTH];
    random.nextBytes(key);
    return new KnownNetworks(key, List.of());
  }

  static KnownNetworks read(byte[] bytes) {
    int rest = bytes.length - 1 - KEY_LENGTH;
    if (rest < 0 || rest % HASH_LENGTH != 0 || bytes[0] != VERSION) {
      throw new FaceLockException.Store(
          "The record of a subject's known networks is damaged or was written by a newer version:"
              + " remove the credential known-networks, or restore it from a backup");
    }
    List<byte[]> hashes = new ArrayList<>();
    for (int at = 1 + KEY_LENGTH; at < bytes.length; at += HASH_LENGTH) {
      hashes.add(Arrays.copyOfRange(bytes, at, at + HASH_LENGTH));
    }
    return new KnownNetworks(Arrays.copyOfRange(bytes, 1, 1 + KEY_LENGTH), hashes);
  }

  byte[] bytes() {
    byte[] bytes = new byte[1 + KEY_LENGTH + HASH_LENGTH * hashes.size()];
    bytes[0] = VERSION;
    System.arraycopy(key, 0, bytes, 1, KEY_LENGTH);
    for (int i = 0; i < hashes.size(); i++) {
      System.arraycopy(hashes.get(i), 0, bytes, 1 + KEY_LENGTH + HASH_LENGTH * i, HASH_LENGTH);
    }
    return bytes;
  }

  boolean contains(String network) {
    byte[] hash = hash(network);
    return hashes.stream().anyMatch(known -> MessageDigest.isEqual(known, hash));
  }

  boolean isLatest(String network) {
    return !hashes.isEmpty() && MessageDigest.isEqual(hashes.get(hashes.size() - 1), hash(network));
  }

  /** With one network more, as the latest; the oldest ones go when there are too many. */
  KnownNetworks with(String network, int most) {
    byte[] hash = hash(network);
    List<byte[]> all = new ArrayList<>(hashes);
    all.removeIf(known -> MessageDigest.isEqual(known, hash));
    all.add(hash);
    return new KnownNetworks(key, all.subList(Math.max(0, all.size() - most), all.size()));
  }

  private byte[] hash(String network) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      byte[] full = mac.doFinal(network.getBytes(StandardCharsets.UTF_8));
      return Arrays.copyOf(full, HASH_LENGTH);
    } catch (GeneralSecurityException e) {
      throw new FaceLockException.Key(
          "This Java runtime does not offer HMAC-SHA-256; enable its standard security providers",
          e);
    }
  }
}
