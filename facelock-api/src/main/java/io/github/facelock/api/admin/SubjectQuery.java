package io.github.facelock.api.admin;

import io.github.facelock.api.SubjectId;
import java.util.Objects;
import java.util.Optional;

/**
 * Which subjects to list. Immutable.
 *
 * @param text what the name contains, compared exactly; empty for every name
 * @param role which role they have, perhaps among others; empty for any
 * @param after the last subject of the page before; empty for the first page
 * @param limit the most subjects, 1 to {@value #MAX_LIMIT}
 */
public record SubjectQuery(String text, Optional<Role> role, Optional<SubjectId> after, int limit) {

  /** The largest page. */
  public static final int MAX_LIMIT = 1000;

  private static final int USUAL_LIMIT = 100;

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if the limit is out of range, or the text longer than a name
   */
  public SubjectQuery {
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(after, "after");
    if (text.length() > SubjectId.MAX_LENGTH) {
      throw new IllegalArgumentException(
          "No name is longer than " + SubjectId.MAX_LENGTH + " characters: search for less text");
    }
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException(
          "A page has 1 to " + MAX_LIMIT + " subjects, not " + limit);
    }
  }

  /**
   * All subjects; a page of {@value #USUAL_LIMIT}.
   *
   * @return the query
   */
  public static SubjectQuery all() {
    return new SubjectQuery("", Optional.empty(), Optional.empty(), USUAL_LIMIT);
  }

  /**
   * Only subjects whose name contains a text.
   *
   * @param text compared exactly
   * @return the changed query
   */
  public SubjectQuery withText(String text) {
    return new SubjectQuery(text, role, after, limit);
  }

  /**
   * Only subjects with a role.
   *
   * @param role the role
   * @return the changed query
   */
  public SubjectQuery withRole(Role role) {
    return new SubjectQuery(text, Optional.of(role), after, limit);
  }

  /**
   * The next page.
   *
   * @param last the last subject of the page before
   * @return the changed query
   */
  public SubjectQuery after(SubjectId last) {
    return new SubjectQuery(text, role, Optional.of(last), limit);
  }

  /**
   * Another size of the page.
   *
   * @param limit the most subjects, 1 to {@value #MAX_LIMIT}
   * @return the changed query
   */
  public SubjectQuery withLimit(int limit) {
    return new SubjectQuery(text, role, after, limit);
  }
}
