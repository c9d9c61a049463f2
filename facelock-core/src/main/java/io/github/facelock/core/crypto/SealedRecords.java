package io.github.facelock.core.crypto;

import java.util.Map;

/** Further records that a {@link KeyRing} sealed, and that outlive a rotation. Thread-safe. */
public interface SealedRecords {

  /**
   * Names them, for progress.
   *
   * @return for example {@code watch-list}
   */
  String name();

  /**
   * Counts them.
   *
   * @return how many records there are by the id of the key that sealed them
   */
  Map<String, Long> countByKey();

  /**
   * Seals some records anew under the current key, contents unchanged, by compare-and-set.
   *
   * @param most how many at most
   * @return how many were sealed anew; less than {@code most} if none is left
   */
  int reseal(int most);
}
