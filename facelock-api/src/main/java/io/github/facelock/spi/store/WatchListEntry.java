package io.github.facelock.spi.store;

import io.github.facelock.api.SubjectId;
import io.github.facelock.api.face.ModelId;
import io.github.facelock.api.watchlist.WatchListEntryId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Somebody who must not get in: known by name, by face, or by both. The templates are encrypted
 * before they reach a store, and never print. Immutable.
 */
public final class WatchListEntry {

  /** The longest reason and the longest name of who added an entry, in characters. */
  public static final int MAX_TEXT = 256;

  /** The most bytes of sealed templates: ten of 4096 values. */
  public static final int MAX_TEMPLATES = 192 << 10;

  private final WatchListEntryId id;
  private final Optional<SubjectId> subject;
  private final Optional<ModelId> model;
  private final byte[] templates;
  private final String reason;
  private final String addedBy;
  private final Instant createdAt;
  private final Optional<Instant> expiresAt;
  private final long version;

  private WatchListEntry(
      WatchListEntryId id,
      Optional<SubjectId> subject,
      Optional<ModelId> model,
      byte[] templates,
      String reason,
      String addedBy,
      Instant createdAt,
      Optional<Instant> expiresAt,
      long version) {
    this.id = Objects.requireNonNull(id, "id");
    this.subject = Objects.requireNonNull(subject, "subject");
    this.model = Objects.requireNonNull(model, "model");
    this.templates = templates;
    this.reason = requireText(reason, "reason");
    this.addedBy = requireText(addedBy, "name of who added the entry");
    this.createdAt = Objects.requireNonNull(createdAt, "createdAt");
    this.expiresAt = Objects.requireNonNull(expiresAt, "expiresAt");
    this.version = version;
    if (subject.isEmpty() && model.isEmpty()) {
      throw new IllegalArgumentException("A watch-list entry names a subject, a face, or both");
    }
    if (model.isPresent() != (templates.length > 0) || templates.length > MAX_TEMPLATES) {
      throw new IllegalArgumentException(
          "A watch-list entry has 1 to "
              + MAX_TEMPLATES
              + " bytes of templates if it names their model, and otherwise none");
    }
    if (version < 1) {
      throw new IllegalArgumentException("Watch-list versions begin at 1");
    }
  }

  private static String requireText(String text, String what) {
    if (text.isBlank()
        || text.length() > MAX_TEXT
        || text.codePoints().anyMatch(WatchListEntry::bad)) {
      throw new IllegalArgumentException(
          "A "
              + what
              + " has 1 to "
              + MAX_TEXT
              + " characters, and no control characters or unpaired surrogates");
    }
    return text;
  }

  /**
   * Control characters begin lines of their own in logs (CWE-117); half a surrogate pair is kept by
   * no database.
   */
  private static boolean bad(int c) {
    return Character.isISOControl(c)
        || c == 0x2028
        || c == 0x2029
        || Character.getType(c) == Character.SURROGATE;
  }

  /**
   * A new entry for a subject.
   *
   * @param id unique
   * @param subject who must not get in
   * @param reason why, for administrators
   * @param addedBy who says so: an administrator's name, or a rule's
   * @param createdAt now
   * @param expiresAt from when on it has no effect; empty if it stays until it is removed
   * @return an entry of version 1
   */
  public static WatchListEntry ofSubject(
      WatchListEntryId id,
      SubjectId subject,
      String reason,
      String addedBy,
      Instant createdAt,
      Optional<Instant> expiresAt) {
    return new WatchListEntry(
        id,
        Optional.of(subject),
        Optional.empty(),
        new byte[0],
        reason,
        addedBy,
        createdAt,
        expiresAt,
        1);
  }

  /**
   * A new entry for a face.
   *
   * @param id unique
   * @param model made the templates
   * @param templates one or more in a format of the writer's, encrypted before a store sees them;
   *     copied
   * @param reason why, for administrators
   * @param addedBy who says so: an administrator's name, or a rule's
   * @param createdAt now
   * @param expiresAt from when on it has no effect; empty if it stays until it is removed
   * @return an entry of version 1
   */
  public static WatchListEntry ofFace(
      WatchListEntryId id,
      ModelId model,
      byte[] templates,
      String reason,
      String addedBy,
      Instant createdAt,
      Optional<Instant> expiresAt) {
    return new WatchListEntry(
        id,
        Optional.empty(),
        Optional.of(model),
        templates.clone(),
        reason,
        addedBy,
        createdAt,
        expiresAt,
        1);
  }

  /**
   * An entry as a store kept it.
   *
   * @param id unique
   * @param subject who must not get in, if known by name
   * @param model made the templates, if known by face
   * @param templates empty without a model; copied
   * @param reason why
   * @param addedBy who says so
   * @param createdAt when it was made
   * @param expiresAt from when on it has no effect
   * @param version at least 1
   * @return the entry
   */
  public static WatchListEntry restore(
      WatchListEntryId id,
      Optional<SubjectId> subject,
      Optional<ModelId> model,
      byte[] templates,
      String reason,
      String addedBy,
      Instant createdAt,
      Optional<Instant> expiresAt,
      long version) {
    return new WatchListEntry(
        id, subject, model, templates.clone(), reason, addedBy, createdAt, expiresAt, version);
  }

  /**
   * This version with its templates encoded otherwise; for code that encrypts on the way to a
   * store.
   *
   * @param templates the other encoding; copied
   * @return an entry of the same version
   */
  public WatchListEntry withTemplates(byte[] templates) {
    return restore(id, subject, model, templates, reason, addedBy, createdAt, expiresAt, version);
  }

  /**
   * The next version with its templates encoded otherwise; for the rotation of keys.
   *
   * @param templates the other encoding; copied
   * @return an entry with a version greater by one
   */
  public WatchListEntry next(byte[] templates) {
    return restore(
        id, subject, model, templates, reason, addedBy, createdAt, expiresAt, version + 1);
  }

  /**
   * Names it.
   *
   * @return the id
   */
  public WatchListEntryId id() {
    return id;
  }

  /**
   * Tells who must not get in.
   *
   * @return the subject, if the person is known by name
   */
  public Optional<SubjectId> subject() {
    return subject;
  }

  /**
   * Tells what made the templates.
   *
   * @return the model, if the person is known by face
   */
  public Optional<ModelId> model() {
    return model;
  }

  /**
   * Shows the templates.
   *
   * @return a copy; empty if the person is known by name only
   */
  public byte[] templates() {
    return templates.clone();
  }

  /**
   * Tells why the person must not get in.
   *
   * @return 1 to {@value #MAX_TEXT} characters, for administrators
   */
  public String reason() {
    return reason;
  }

  /**
   * Tells who made the entry.
   *
   * @return an administrator's name, or a rule's
   */
  public String addedBy() {
    return addedBy;
  }

  /**
   * Tells when it was made.
   *
   * @return the time of the first version
   */
  public Instant createdAt() {
    return createdAt;
  }

  /**
   * Tells when it ends.
   *
   * @return from when on it has no effect; empty if it stays until it is removed
   */
  public Optional<Instant> expiresAt() {
    return expiresAt;
  }

  /**
   * Tells how often it was changed; the guard of {@link WatchListStore#replace}.
   *
   * @return at least 1
   */
  public long version() {
    return version;
  }

  /**
   * Tells whether it has an effect.
   *
   * @param now the time
   * @return whether it did not expire at or before that time
   */
  public boolean isActive(Instant now) {
    return expiresAt.isEmpty() || now.isBefore(expiresAt.get());
  }

  @Override
  public String toString() {
    return "WatchListEntry[id=%s, version=%d, redacted]".formatted(id, version);
  }
}
