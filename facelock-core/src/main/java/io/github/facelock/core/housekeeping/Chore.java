package io.github.facelock.core.housekeeping;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Something to do at intervals.
 *
 * @param name for reports, for example {@code snapshots}
 * @param every the time between two beginnings, at least a second
 * @param work what is done
 */
public record Chore(String name, Duration every, Work work) {

  /** Refuses blank names and intervals below a second. */
  public Chore {
    Objects.requireNonNull(work, "work");
    if (name.isBlank() || every.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("A chore has a name, and a second or more between runs");
    }
  }

  /** Safe to repeat: several nodes may do it at once, and a crash may end it anywhere. */
  @FunctionalInterface
  public interface Work {

    /**
     * Does it.
     *
     * @param now the time
     * @return how many things were deleted or changed
     */
    long run(Instant now);
  }
}
