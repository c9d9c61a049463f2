package io.github.facelock.spring.web.me;

import io.github.facelock.api.CredentialId;
import io.github.facelock.spring.web.ProblemException;
import org.springframework.http.HttpStatus;

/** Names of credentials in paths: what is malformed, unknown or another's is all the same. */
final class Identifiers {

  private Identifiers() {}

  static CredentialId of(String id) {
    try {
      return new CredentialId(id);
    } catch (IllegalArgumentException malformed) {
      throw unknown();
    }
  }

  static ProblemException unknown() {
    return new ProblemException(HttpStatus.NOT_FOUND, "not-found");
  }
}
