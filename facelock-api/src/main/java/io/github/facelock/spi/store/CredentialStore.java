package io.github.facelock.spi.store;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps credentials. Thread-safe. Each method is atomic; what it wrote is seen by every later call
 * on every node. Faults are {@link io.github.facelock.api.FaceLockException.Store}.
 */
public interface CredentialStore {

  /**
   * Finds a subject's credentials for a factor.
   *
   * @param subject the subject
   * @param factor the factor
   * @return in the order in which they were made; empty if there are none
   */
  List<Credential> find(SubjectId subject, FactorType factor);

  /**
   * Adds a credential.
   *
   * @param credential of version 1
   * @return whether it was added; {@code false} if the subject has one of this id
   */
  boolean insert(Credential credential);

  /**
   * Replaces a credential if nobody changed it meanwhile (compare-and-set). This is what makes a
   * TOTP code work once.
   *
   * @param next whose stored version must be {@code next.version() - 1}
   * @return whether it was replaced
   */
  boolean replace(Credential next);

  /**
   * Removes one credential.
   *
   * @param subject whose it is
   * @param id which
   * @return whether there was such a credential
   */
  boolean delete(SubjectId subject, CredentialId id);

  /**
   * Removes all credentials of a subject.
   *
   * @param subject the subject
   * @return how many there were
   */
  int deleteAll(SubjectId subject);

  /**
   * Reads all credentials of a factor, one after the other, in no order; for the search index.
   *
   * @param factor the factor
   * @param each takes each credential
   */
  void forEach(FactorType factor, Consumer<? super Credential> each);

  /**
   * Tells what changes, for the search index of every node.
   *
   * @return the changes of biometric credentials; empty if this store cannot tell, and is used by
   *     one node only
   */
  default Optional<CredentialChanges> changes() {
    return Optional.empty();
  }
}
