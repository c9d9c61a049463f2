package io.github.facelock.core.lockout;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Names attempt records. What a client can choose is hashed: the length is fixed, no spelling can
 * collide with another, and the store learns no names.
 */
final class AttemptKey {

  private AttemptKey() {}

  static String ofSubject(SubjectId subject, FactorType factor) {
    return "subject:" + factor.id() + ":" + hash(subject.value());
  }

  static String ofSource(String source, FactorType factor) {
    return "source:" + factor.id() + ":" + hash(source);
  }

  private static String hash(String text) {
    MessageDigest sha256;
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
    // Code unit by code unit: a charset would turn all unpaired surrogates into one character.
    for (int i = 0; i < text.length(); i++) {
      sha256.update((byte) (text.charAt(i) >> 8));
      sha256.update((byte) text.charAt(i));
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256.digest());
  }
}
