package io.github.facelock.core.password;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;

/**
 * Knows secrets that are too easy to guess (NIST SP 800-63B-4, section 3.1.1.2: compare with a list
 * of commonly used, expected, or compromised values). Asked only when one is set, never at a login.
 * Thread-safe.
 */
@FunctionalInterface
public interface CommonSecrets {

  /**
   * Looks a secret up. Must not keep it.
   *
   * @param factor {@link FactorType#PIN}, {@link FactorType#PASSWORD}, or another that is known
   * @param secret in Unicode normalisation form KC, of acceptable length
   * @return whether it must not be used
   * @throws io.github.facelock.api.FaceLockException if the list cannot be asked; then nothing is
   *     set
   */
  boolean contains(FactorType factor, Secret secret);

  /**
   * The list that comes with FaceLock: some hundred passwords that are used most, also with up to
   * four digits or signs around them; PINs that are years, runs, repetitions, or shapes on a
   * keypad. It stops the first guesses of an attacker, and does not replace a list of breached
   * passwords.
   *
   * @return the same list each time
   */
  static CommonSecrets bundled() {
    return BundledSecrets.INSTANCE;
  }
}
