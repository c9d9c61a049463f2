package io.github.facelock.core.transaction;

import io.github.facelock.api.Feedback;
import java.util.Map;

/** Where a judged answer leads. */
interface Onward {

  /** The person is asked, for the same step or for another. */
  Ruling challenge(
      Visit visit,
      TransactionState state,
      Feedback feedback,
      String cause,
      Map<String, String> details);

  /** A step was passed: the next one, or the grant. */
  Ruling proceed(Visit visit, TransactionState state, Map<String, String> details);
}
