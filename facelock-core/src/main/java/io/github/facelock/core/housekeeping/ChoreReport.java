package io.github.facelock.core.housekeeping;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How a chore goes.
 *
 * @param name the chore's
 * @param lastRun when it last ended well; empty if it never did
 * @param total how many things it deleted or changed since the start
 * @param fault why the last run failed; empty if it did not
 */
public record ChoreReport(
    String name, Optional<Instant> lastRun, long total, Optional<String> fault) {

  /** Refuses null. */
  public ChoreReport {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(lastRun, "lastRun");
    Objects.requireNonNull(fault, "fault");
  }
}
