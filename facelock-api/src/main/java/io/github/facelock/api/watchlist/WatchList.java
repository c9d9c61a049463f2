package io.github.facelock.api.watchlist;

import io.github.facelock.api.SubjectId;
import io.github.facelock.api.face.Capture;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Names and faces of people who must not get in. Thread-safe. Each change is in the audit trail.
 * The application guards these methods: they are for administrators.
 *
 * <p>Whoever is on the list is led through a login like anybody whose answers are wrong: the same
 * questions, words and limits. Audit and alerts tell the truth.
 */
public interface WatchList {

  /**
   * Watches for a name.
   *
   * @param subject who must not get in; need not exist
   * @param reason why, 1 to 256 characters
   * @param addedBy who says so, 1 to 256 characters
   * @param expiresAt until when; empty for until it is removed
   * @return the new entry
   * @throws IllegalArgumentException if a text is malformed
   */
  WatchListEntryId addSubject(
      SubjectId subject, String reason, String addedBy, Optional<Instant> expiresAt);

  /**
   * Watches for a face.
   *
   * @param capture shows the person alone; pictures from a file or an alert will do, as no liveness
   *     is asked for
   * @param reason why, 1 to 256 characters
   * @param addedBy who says so, 1 to 256 characters
   * @param expiresAt until when; empty for until it is removed
   * @return the new entry, or why there is none
   * @throws IllegalArgumentException if a text is malformed
   * @throws IllegalStateException if no policy asks for a face, so that there is no face pipeline
   */
  FaceWatch addFace(Capture capture, String reason, String addedBy, Optional<Instant> expiresAt);

  /**
   * Shows the list.
   *
   * @return the entries in force, the oldest first
   */
  List<WatchedPerson> list();

  /**
   * Removes an entry.
   *
   * @param id which
   * @param removedBy who says so
   * @return whether there was such an entry
   */
  boolean remove(WatchListEntryId id, String removedBy);
}
