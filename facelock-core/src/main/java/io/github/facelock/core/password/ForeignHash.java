package io.github.facelock.core.password;

import java.util.Optional;

/**
 * A password hash that another system made, in one of the forms that {@link HashImport} stores.
 * Works on the typed text as it is: other systems do not normalise.
 */
sealed interface ForeignHash permits BcryptHash, Pbkdf2Hash, ScryptHash {

  /** Reads a stored hash; empty for anything else, and for costs beyond the bounds. */
  static Optional<ForeignHash> parse(String stored) {
    if (stored.length() > HashImport.MAX_TEXT) {
      return Optional.empty();
    }
    if (stored.startsWith("$2")) {
      return BcryptHash.parse(stored).map(hash -> hash);
    }
    return stored.startsWith("$scrypt$")
        ? ScryptHash.parse(stored).map(hash -> hash)
        : Pbkdf2Hash.parse(stored).map(hash -> hash);
  }

  /** Compares in constant time. */
  boolean matches(byte[] utf8);

  /** Whether every byte of a text counted; otherwise the hash must not be renewed from it. */
  default boolean covers(byte[] utf8) {
    return true;
  }

  /** The stored form. */
  String encode();
}
