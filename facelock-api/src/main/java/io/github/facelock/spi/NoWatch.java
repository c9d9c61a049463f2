package io.github.facelock.spi;

import io.github.facelock.api.SubjectId;
import io.github.facelock.api.face.Embedding;
import io.github.facelock.api.watchlist.WatchListEntryId;
import java.util.List;
import java.util.Optional;

/** Watches for nobody. */
enum NoWatch implements Watch {
  INSTANCE;

  @Override
  public Optional<WatchListEntryId> named(SubjectId subject) {
    return Optional.empty();
  }

  @Override
  public Optional<WatchListEntryId> seen(List<Embedding> probes) {
    return Optional.empty();
  }
}
