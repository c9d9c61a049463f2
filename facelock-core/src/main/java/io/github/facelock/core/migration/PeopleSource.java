package io.github.facelock.core.migration;

import java.util.function.Consumer;

/** People of another system, read one after the other in bounded memory. */
public interface PeopleSource {

  /**
   * Reads everybody; what cannot be read is handed over as such.
   *
   * @param each takes each person, before the next one is read
   * @throws java.io.UncheckedIOException if reading ends early; a second run goes on
   */
  void forEach(Consumer<? super ImportedPerson> each);
}
