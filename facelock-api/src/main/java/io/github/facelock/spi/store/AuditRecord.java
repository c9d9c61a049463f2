package io.github.facelock.spi.store;

import io.github.facelock.spi.AuditEvent;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * One line of the audit trail, linked to the line before. A store gives back what it was given,
 * character by character; a link that no longer fits is what the reader finds.
 *
 * @param number from 1, without a gap
 * @param format how the link was computed; 1 at present
 * @param event what happened; its time in whole microseconds
 * @param keyId the key of the link; at most 32 characters
 * @param link a keyed hash over the other parts and the link of the record before, 64 lower-case
 *     hexadecimal digits
 */
public record AuditRecord(long number, int format, AuditEvent event, String keyId, String link) {

  /**
   * Refuses null and numbers below 1.
   *
   * @throws IllegalArgumentException if the number or the format is below 1, or the time finer than
   *     a microsecond, which not every store can keep
   */
  public AuditRecord {
    Objects.requireNonNull(event, "event");
    Objects.requireNonNull(keyId, "keyId");
    Objects.requireNonNull(link, "link");
    if (number < 1 || format < 1) {
      throw new IllegalArgumentException("Audit records and their formats are numbered from 1");
    }
    if (!event.at().equals(event.at().truncatedTo(ChronoUnit.MICROS))) {
      throw new IllegalArgumentException("Audit times are whole microseconds");
    }
  }
}
