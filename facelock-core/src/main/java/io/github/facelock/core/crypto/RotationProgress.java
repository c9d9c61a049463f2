package io.github.facelock.core.crypto;

import java.util.Objects;

/**
 * How far a rotation has come.
 *
 * @param currentKeyId the key that everything moves to
 * @param done records that this process sealed anew since it started
 * @param left records known to be under an earlier key or in an earlier form; records that others
 *     write meanwhile come on top
 * @param failed records that do not open; they stay as they are, and keep their key from being
 *     retired
 * @param complete whether the last look at everything found nothing left
 */
public record RotationProgress(
    String currentKeyId, long done, long left, long failed, boolean complete) {

  /** Refuses null. */
  public RotationProgress {
    Objects.requireNonNull(currentKeyId, "currentKeyId");
  }
}
