package io.github.facelock.api.watchlist;

import io.github.facelock.api.face.Guidance;
import java.util.Objects;

/** What became of a face that was offered to the watch-list. */
public sealed interface FaceWatch {

  /**
   * It is watched for.
   *
   * @param id the new entry
   */
  record Added(WatchListEntryId id) implements FaceWatch {
    /** Refuses null. */
    public Added {
      Objects.requireNonNull(id, "id");
    }
  }

  /**
   * The pictures are not good enough.
   *
   * @param guidance what to do better
   */
  record NotAcquired(Guidance guidance) implements FaceWatch {
    /** Refuses null. */
    public NotAcquired {
      Objects.requireNonNull(guidance, "guidance");
    }
  }
}
