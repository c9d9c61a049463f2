package io.github.facelock.api.device;

import io.github.facelock.api.CredentialId;
import java.time.Instant;
import java.util.Objects;

/**
 * A device that a subject trusts, as its owner and administrators see it.
 *
 * @param id names it
 * @param label what its owner calls it
 * @param createdAt when it was first trusted
 * @param lastUsedAt when a login was last granted from it, or it was trusted
 * @param lastSource where that request came from
 * @param expiresAt when it is no longer trusted, used or not
 */
public record TrustedDevice(
    CredentialId id,
    String label,
    Instant createdAt,
    Instant lastUsedAt,
    String lastSource,
    Instant expiresAt) {

  /** Refuses null. */
  public TrustedDevice {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(createdAt, "createdAt");
    Objects.requireNonNull(lastUsedAt, "lastUsedAt");
    Objects.requireNonNull(lastSource, "lastSource");
    Objects.requireNonNull(expiresAt, "expiresAt");
  }
}
