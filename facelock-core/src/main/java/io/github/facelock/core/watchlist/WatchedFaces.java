package io.github.facelock.core.watchlist;

import io.github.facelock.api.SubjectId;
import io.github.facelock.api.face.Embedding;
import io.github.facelock.api.face.ModelId;
import io.github.facelock.api.watchlist.WatchListEntryId;
import io.github.facelock.core.crypto.KeyRing;
import io.github.facelock.spi.store.WatchListEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The opened list as it was at one revision of the store. Immutable. */
final class WatchedFaces {

  private static final Logger LOG = LoggerFactory.getLogger(WatchListRegistry.class);

  private final long revision;
  private final List<Name> names = new ArrayList<>();
  private final List<Face> faces = new ArrayList<>();

  private record Name(WatchListEntryId id, SubjectId subject, WatchListEntry entry) {}

  private record Face(WatchListEntryId id, List<Embedding> templates, WatchListEntry entry) {}

  WatchedFaces(long revision, List<WatchListEntry> entries, Optional<ModelId> model, KeyRing keys) {
    this.revision = revision;
    int others = 0;
    for (WatchListEntry entry : entries) {
      entry.subject().ifPresent(subject -> names.add(new Name(entry.id(), subject, entry)));
      if (entry.model().isPresent() && entry.model().equals(model)) {
        List<Embedding> templates = TemplateBundle.decode(entry, TemplateBundle.open(entry, keys));
        faces.add(new Face(entry.id(), templates, entry));
      } else if (entry.model().isPresent()) {
        others++;
      }
    }
    if (others > 0) {
      LOG.warn(
          "{} watched faces are of another model than {} and cannot be recognised: add them anew",
          others,
          model.map(ModelId::value).orElse("none"));
    }
  }

  long revision() {
    return revision;
  }

  Optional<WatchListEntryId> named(SubjectId subject, Instant now) {
    return names.stream()
        .filter(name -> name.subject().equals(subject) && name.entry().isActive(now))
        .map(Name::id)
        .findFirst();
  }

  int templates(Instant now) {
    return faces.stream()
        .filter(face -> face.entry().isActive(now))
        .mapToInt(face -> face.templates().size())
        .sum();
  }

  /** The entry that is most like the probes, if it is as alike as the bar. */
  Optional<WatchListEntryId> seen(List<Embedding> probes, float bar, Instant now) {
    Optional<WatchListEntryId> best = Optional.empty();
    float most = bar;
    for (Face face : faces) {
      float likeness = face.entry().isActive(now) ? likeness(probes, face.templates()) : -1;
      if (likeness >= most) {
        most = likeness;
        best = Optional.of(face.id());
      }
    }
    return best;
  }

  /** Each frame's best score, and of those the median: never the luckiest frame. */
  static float likeness(List<Embedding> probes, List<Embedding> templates) {
    float[] best = new float[probes.size()];
    for (int i = 0; i < best.length; i++) {
      best[i] = -1;
      for (Embedding template : templates) {
        best[i] = Math.max(best[i], probes.get(i).cosine(template));
      }
    }
    Arrays.sort(best);
    return best[(best.length - 1) / 2];
  }
}
