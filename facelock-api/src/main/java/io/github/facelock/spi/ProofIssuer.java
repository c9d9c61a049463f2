package io.github.facelock.spi;

import io.github.facelock.api.AssuranceLevel;
import io.github.facelock.api.PassedFactor;
import io.github.facelock.api.SubjectId;
import java.time.Instant;
import java.util.List;

/** Signs what a login proved, for services that were not there. Thread-safe. */
@FunctionalInterface
public interface ProofIssuer {

  /**
   * Makes a proof.
   *
   * @param transaction names the login
   * @param subject who it is
   * @param passed the passed factors in their order, each with its time
   * @param level what they prove together
   * @param at when the last step was passed
   * @return a signed token, for example a JWT
   */
  String issue(
      String transaction,
      SubjectId subject,
      List<PassedFactor> passed,
      AssuranceLevel level,
      Instant at);
}
