package io.github.facelock.spi;

import io.github.facelock.api.SubjectId;
import io.github.facelock.api.face.Embedding;
import io.github.facelock.api.watchlist.WatchListEntryId;
import java.util.List;
import java.util.Optional;

/**
 * Looks for those who must not get in. Thread-safe. A hit never shows: the person is led like
 * anybody whom the answers do not prove.
 */
public interface Watch {

  /**
   * Looks for a name.
   *
   * @param subject claimed or found
   * @return the entry that names the subject, if there is one
   */
  Optional<WatchListEntryId> named(SubjectId subject);

  /**
   * Looks for a face, before anything else is decided about it.
   *
   * @param probes one template for each frame, of one person, at least one
   * @return the entry whose face most of the frames show, if there is one
   */
  Optional<WatchListEntryId> seen(List<Embedding> probes);

  /**
   * Learns that a face was refused; it may become an entry. Not told of faces that were {@link
   * #seen}.
   *
   * @param context the login
   * @param probes one template for each frame, of one person, at least one
   * @param cause why, as in {@link Verification.Refused#cause()}
   */
  default void refused(FactorContext context, List<Embedding> probes, String cause) {}

  /**
   * Watches for nobody.
   *
   * @return the same for everybody
   */
  static Watch nobody() {
    return NoWatch.INSTANCE;
  }
}
