package io.github.facelock.core.audit;

import io.github.facelock.spi.store.AuditMark;
import java.util.Objects;
import java.util.Optional;

/** What a check of the whole trail came to. */
public sealed interface AuditVerification {

  /**
   * Every link fits.
   *
   * @param records how many were checked
   * @param head the end of the trail; keep it elsewhere, and give it to the next {@linkplain
   *     ChainedAuditLog#verify(AuditMark) check}; empty if nothing was ever written
   */
  record Intact(long records, Optional<AuditMark> head) implements AuditVerification {
    /** Refuses null. */
    public Intact {
      Objects.requireNonNull(head, "head");
    }
  }

  /**
   * The trail was altered. Records before the number are as they were written; nothing is known of
   * it and those after it.
   *
   * @param number of the first record that is not as it was written
   * @param reason what is wrong there
   */
  record Broken(long number, Reason reason) implements AuditVerification {
    /** Refuses null. */
    public Broken {
      Objects.requireNonNull(reason, "reason");
    }
  }

  /** What is wrong with a trail. */
  enum Reason {
    /** The record, its place or its link is not what was written, or the key is another one. */
    ALTERED,
    /** The record is gone; at the end of the trail too. */
    MISSING,
    /** The record's key, or that of a mark, is not known: another key provider, or altered. */
    UNKNOWN_KEY,
    /** The record was written in a format that this version does not know. */
    UNKNOWN_FORMAT,
    /** The mark of a retention cut is not genuine. */
    ANCHOR_ALTERED,
    /** The mark of the trail's end is not genuine or gone. */
    HEAD_ALTERED,
    /** There is a record beyond the mark of the trail's end, or one that a known mark denies. */
    UNEXPECTED
  }
}
