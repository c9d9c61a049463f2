package io.github.facelock.api.watchlist;

import io.github.facelock.api.SubjectId;
import io.github.facelock.api.face.ModelId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * An entry of the watch-list, as administrators see it.
 *
 * @param id names the entry
 * @param subject the name that is watched for, if it is a name
 * @param model the model of the face that is watched for, if it is a face; faces of another model
 *     than the present one cannot be compared, and must be added anew
 * @param reason why the person must not get in
 * @param addedBy an administrator's name, or {@code rule:} and a rule's
 * @param createdAt since when
 * @param expiresAt until when; empty if until it is removed
 */
public record WatchedPerson(
    WatchListEntryId id,
    Optional<SubjectId> subject,
    Optional<ModelId> model,
    String reason,
    String addedBy,
    Instant createdAt,
    Optional<Instant> expiresAt) {

  /** Refuses null. */
  public WatchedPerson {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(addedBy, "addedBy");
    Objects.requireNonNull(createdAt, "createdAt");
    Objects.requireNonNull(expiresAt, "expiresAt");
  }
}
