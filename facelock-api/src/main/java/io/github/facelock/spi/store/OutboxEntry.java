package io.github.facelock.spi.store;

import java.time.Instant;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A message that must go out, or went out. What it says is sealed before it reaches a store; the
 * rest is what a store needs to find work. Immutable.
 *
 * <p>There is no column for a lease: whoever {@linkplain OutboxStore#claim claims} an entry moves
 * {@link #dueAt()} to the end of the lease. If the claimer dies, the entry is due again by itself.
 */
public final class OutboxEntry {

  /** The most bytes of {@link #contents()}. */
  public static final int MAX_CONTENTS = 64 * 1024;

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private final String id;
  private final State state;
  private final Instant createdAt;
  private final Instant dueAt;
  private final byte[] contents;
  private final long version;

  private OutboxEntry(
      String id, State state, Instant createdAt, Instant dueAt, byte[] contents, long version) {
    this.id = id;
    this.state = state;
    this.createdAt = createdAt;
    this.dueAt = dueAt;
    this.contents = contents;
    this.version = version;
  }

  /**
   * A new entry, of version 1.
   *
   * @param id unique; 1 to 64 characters of base64url
   * @param state {@link State#WAITING}, or an end if it is only kept for the record
   * @param createdAt when it was made
   * @param dueAt when there is work to do; of no meaning in the other states
   * @param contents sealed; at most {@value #MAX_CONTENTS} bytes; copied
   * @return the entry
   * @throws IllegalArgumentException if the id or the length is out of range
   */
  public static OutboxEntry create(
      String id, State state, Instant createdAt, Instant dueAt, byte[] contents) {
    return restore(id, state, createdAt, dueAt, contents, 1);
  }

  /**
   * An entry as a store kept it.
   *
   * @param id unique; 1 to 64 characters of base64url
   * @param state where it is
   * @param createdAt when it was made
   * @param dueAt when there is work to do
   * @param contents sealed; at most {@value #MAX_CONTENTS} bytes; copied
   * @param version at least 1
   * @return the entry
   * @throws IllegalArgumentException if the id, the length or the version is out of range
   */
  public static OutboxEntry restore(
      String id, State state, Instant createdAt, Instant dueAt, byte[] contents, long version) {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(createdAt, "createdAt");
    Objects.requireNonNull(dueAt, "dueAt");
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "The id of an outbox entry has 1 to 64 letters, digits, hyphens and underscores");
    }
    if (contents.length > MAX_CONTENTS || version < 1) {
      throw new IllegalArgumentException(
          "An outbox entry has at most " + MAX_CONTENTS + " bytes and a version of at least 1");
    }
    return new OutboxEntry(id, state, createdAt, dueAt, contents.clone(), version);
  }

  /**
   * The next version.
   *
   * @param state where it is now
   * @param dueAt when there is work to do
   * @param contents sealed; at most {@value #MAX_CONTENTS} bytes; copied
   * @return an entry with a version greater by one
   * @throws IllegalArgumentException if the contents are too long
   */
  public OutboxEntry next(State state, Instant dueAt, byte[] contents) {
    return restore(id, state, createdAt, dueAt, contents, version + 1);
  }

  /**
   * The next version, leased to somebody; for stores.
   *
   * @param leaseUntil when it is due again if it is not replaced before
   * @return an entry with a version greater by one
   */
  public OutboxEntry leased(Instant leaseUntil) {
    return new OutboxEntry(
        id,
        state,
        createdAt,
        Objects.requireNonNull(leaseUntil, "leaseUntil"),
        contents,
        version + 1);
  }

  /**
   * Names it.
   *
   * @return 1 to 64 characters of base64url
   */
  public String id() {
    return id;
  }

  /**
   * Tells where it is.
   *
   * @return the state
   */
  public State state() {
    return state;
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
   * Tells when there is work to do; while somebody works on it, when the lease ends.
   *
   * @return of no meaning unless the entry is {@link State#WAITING}
   */
  public Instant dueAt() {
    return dueAt;
  }

  /**
   * Shows what it says, sealed.
   *
   * @return a copy
   */
  public byte[] contents() {
    return contents.clone();
  }

  /**
   * Tells how often it was changed; the guard of {@link OutboxStore#replace}.
   *
   * @return at least 1
   */
  public long version() {
    return version;
  }

  @Override
  public String toString() {
    return "OutboxEntry[id=%s, %s, due=%s, version=%d, redacted]"
        .formatted(id, state, dueAt, version);
  }

  /** Where an entry is. */
  public enum State {
    /** There is something to do at {@link #dueAt()}. */
    WAITING,
    /** Nothing is left to do. */
    DONE,
    /** It was given up: nobody was reached, or nobody can read it. */
    DEAD
  }
}
