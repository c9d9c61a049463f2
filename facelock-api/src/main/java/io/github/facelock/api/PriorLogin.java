package io.github.facelock.api;

import java.util.List;
import java.util.Objects;

/**
 * What a subject has proved before, for a step-up that asks only for what is missing or stale.
 *
 * <p>The authenticator takes the caller's word for it. So it comes from where a person cannot
 * write: from the {@link Outcome.Granted} that the application kept in its session, or from a proof
 * whose signature was checked.
 *
 * @param subject who logged in
 * @param passed the factors with their times, at most 32
 */
public record PriorLogin(SubjectId subject, List<PassedFactor> passed) {

  private static final int MOST = 32;

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if the list is longer than any login
   */
  public PriorLogin {
    Objects.requireNonNull(subject, "subject");
    passed = List.copyOf(passed);
    if (passed.size() > MOST) {
      throw new IllegalArgumentException("A prior login has at most " + MOST + " passed factors");
    }
  }

  /**
   * What a login proved.
   *
   * @param login the outcome that the application kept
   * @return its subject and factors
   */
  public static PriorLogin of(Outcome.Granted login) {
    return new PriorLogin(login.subject(), login.passed());
  }
}
