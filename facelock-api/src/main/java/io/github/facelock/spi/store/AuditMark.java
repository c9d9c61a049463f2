package io.github.facelock.spi.store;

import java.util.Objects;

/**
 * A sealed statement about the audit trail: the record of this number had this link. The
 * {@linkplain AuditStore#marks() head} says where the trail ends, so that a cut at its end is
 * found; the anchor says where it begins after a retention cut. A copy that is kept elsewhere
 * guards against whoever can set the whole store back.
 *
 * @param number of a record, from 1; 0 for the place before the first record
 * @param link the link of that record, 64 lower-case hexadecimal digits
 * @param keyId the key of the seal
 * @param seal a keyed hash over the other parts and the purpose, 64 lower-case hexadecimal digits
 */
public record AuditMark(long number, String link, String keyId, String seal) {

  /**
   * Refuses null and negative numbers. Whether the texts make sense is the reader's to check: a
   * store must be able to hand over what somebody altered.
   */
  public AuditMark {
    Objects.requireNonNull(link, "link");
    Objects.requireNonNull(keyId, "keyId");
    Objects.requireNonNull(seal, "seal");
    if (number < 0) {
      throw new IllegalArgumentException("Audit records are numbered from 1");
    }
  }
}
