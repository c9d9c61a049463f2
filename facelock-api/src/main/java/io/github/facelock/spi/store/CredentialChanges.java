package io.github.facelock.spi.store;

import io.github.facelock.api.SubjectId;
import java.util.List;
import java.util.Objects;

/**
 * Tells which subjects' biometric credentials changed, so that every node can keep its search index
 * true: it asks for the changes after the last number that it has seen, and reads the named
 * subjects' credentials again. Thread-safe. Faults are {@link
 * io.github.facelock.api.FaceLockException.Store}.
 *
 * <p>Numbers grow with each change and become visible in their order: whoever has seen a number has
 * seen, or finds replaced by a greater one, every smaller one. Only the last change of a subject is
 * kept. An implementation may forget that a subject without credentials ever had some, at the
 * earliest {@value #KEPT_HOURS} hours after it lost the last one; a node that did not ask for as
 * long reads everything again.
 */
public interface CredentialChanges {

  /** How long a removal is told at least, in hours. */
  int KEPT_HOURS = 24;

  /**
   * Tells the number of the last change.
   *
   * @return at least 0
   */
  long latest();

  /**
   * Lists changes.
   *
   * @param number the last number that the caller has seen; 0 for none
   * @param limit the most changes, at least 1
   * @return those with greater numbers, ascending
   */
  List<Change> after(long number, int limit);

  /**
   * A subject's last change.
   *
   * @param number grows with each change of any subject
   * @param subject whose biometric credentials were added, replaced or removed
   */
  record Change(long number, SubjectId subject) {
    /** Refuses null. */
    public Change {
      Objects.requireNonNull(subject, "subject");
    }
  }
}
