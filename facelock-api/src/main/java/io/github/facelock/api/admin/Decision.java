package io.github.facelock.api.admin;

import java.util.Objects;
import java.util.Optional;

/**
 * What an administrative request came to. A refusal is a value; faults of the infrastructure are
 * exceptions.
 *
 * @param <T> what a permitted request gives
 */
public sealed interface Decision<T> {

  /**
   * Shows the result.
   *
   * @return the value; empty if the request was refused
   */
  default Optional<T> value() {
    return this instanceof Done<T> done ? Optional.of(done.result()) : Optional.empty();
  }

  /**
   * The request was permitted and carried out.
   *
   * @param result what it gives
   * @param <T> its type
   */
  record Done<T>(T result) implements Decision<T> {
    /** Refuses null. */
    public Done {
      Objects.requireNonNull(result, "result");
    }

    /** Without the result: an export is a person's data, and none of a log's. */
    @Override
    public String toString() {
      return "Done[" + result.getClass().getSimpleName() + "]";
    }
  }

  /**
   * The request was not carried out, and changed nothing.
   *
   * @param reason why
   * @param <T> what it would have given
   */
  record Refused<T>(Refusal reason) implements Decision<T> {
    /** Refuses null. */
    public Refused {
      Objects.requireNonNull(reason, "reason");
    }
  }
}
