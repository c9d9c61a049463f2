package io.github.facelock.core.password;

/** A list of passwords and PINs that attackers try first. Thread-safe. */
@FunctionalInterface
public interface CommonSecrets {

  /**
   * Looks a secret up.
   *
   * @param secret normalised (NFKC), in lower case
   * @return whether it is common or was breached
   */
  boolean contains(String secret);

  /**
   * The small list that comes with FaceLock: about 200 passwords and PINs. Use a larger one where
   * there is one.
   *
   * @return the list
   */
  static CommonSecrets bundled() {
    return BundledSecrets.load();
  }
}
