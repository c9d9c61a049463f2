package io.github.facelock.api.face;

import java.util.Objects;

/**
 * What is known about a model's weights. The licence is data, so that an application can show it
 * and refuse it.
 *
 * @param id names weights and recipe
 * @param version of the package that the weights came from
 * @param licence SPDX identifier, or words where there is none
 * @param holder who holds the rights, as far as stated
 * @param caveat what a user should know before relying on it; may be empty
 * @param sha256 of the weights, 64 lower-case hexadecimal digits; empty for a model without weights
 */
public record ModelInfo(
    ModelId id, String version, String licence, String holder, String caveat, String sha256) {

  /** Refuses null and malformed digests. */
  public ModelInfo {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(licence, "licence");
    Objects.requireNonNull(holder, "holder");
    Objects.requireNonNull(caveat, "caveat");
    if (!sha256.isEmpty() && !sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("A SHA-256 digest has 64 lower-case hexadecimal digits");
    }
  }
}
