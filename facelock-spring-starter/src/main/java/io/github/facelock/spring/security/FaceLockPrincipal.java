package io.github.facelock.spring.security;

import io.github.facelock.api.SubjectId;
import java.io.Serializable;
import org.springframework.security.core.AuthenticatedPrincipal;

/**
 * Who logged in by FaceLock alone. Equal by name, as concurrent sessions are counted by it.
 *
 * @param name the subject id's text
 */
public record FaceLockPrincipal(String name) implements AuthenticatedPrincipal, Serializable {

  /**
   * Names the principal of a subject.
   *
   * @param subject who logged in
   * @return the principal
   */
  public static FaceLockPrincipal of(SubjectId subject) {
    return new FaceLockPrincipal(subject.value());
  }

  @Override
  public String getName() {
    return name;
  }

  /** The name, as remember-me services write it into their tokens. */
  @Override
  public String toString() {
    return name;
  }
}
