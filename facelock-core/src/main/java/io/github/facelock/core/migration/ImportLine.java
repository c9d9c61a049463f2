package io.github.facelock.core.migration;

import java.util.List;
import java.util.Objects;

/**
 * What became of one person.
 *
 * @param place where the person stands in the source, for example {@code line 7}
 * @param result what became of them
 * @param remarks why, or what was left out; without addresses, hashes and names
 */
public record ImportLine(String place, Result result, List<String> remarks) {

  /** Copies the list. */
  public ImportLine {
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(result, "result");
    remarks = List.copyOf(remarks);
  }

  /** What can become of a person. */
  public enum Result {
    /** Registered, with everything that was usable. */
    IMPORTED,
    /** An earlier run imported this person, or the name was taken before. */
    SKIPPED,
    /** Not imported; nothing of the person is left here. */
    REFUSED
  }
}
