package io.github.facelock.core.password;

/**
 * Hashes passwords into self-describing strings. Thread-safe. An implementation that reads hashes
 * of other systems as well tells them by their prefix and reports them as not current, so that
 * {@link PasswordFactor} replaces them at the next login.
 */
public interface PasswordHasher {

  /**
   * Hashes with a fresh salt and the current parameters.
   *
   * @param password the bytes
   * @return the hash with its parameters, in ASCII
   */
  String hash(byte[] password);

  /**
   * Compares, in time that does not depend on where the hashes differ.
   *
   * @param password the bytes
   * @param encoded from {@link #hash}
   * @return whether it is the hash of these bytes
   * @throws io.github.facelock.api.FaceLockException.Store if {@code encoded} cannot be read, or
   *     asks for more than is allowed
   */
  boolean matches(byte[] password, String encoded);

  /**
   * Tells whether a hash was made with the current parameters.
   *
   * @param encoded from {@link #hash}
   * @return {@code false} if it should be made anew
   */
  boolean isCurrent(String encoded);
}
