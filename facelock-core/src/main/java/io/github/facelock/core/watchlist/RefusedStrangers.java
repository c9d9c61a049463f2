package io.github.facelock.core.watchlist;

import io.github.facelock.api.face.Embedding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Recently refused faces, in the memory of this process only, never stored, and forgotten when the
 * window is over: enough to notice that one face is refused again and again. Thread-safe.
 */
final class RefusedStrangers {

  private static final int MOST = 256;

  private final Duration window;
  private final Deque<Refusal> refusals = new ArrayDeque<>();

  private record Refusal(Instant at, List<Embedding> face) {}

  RefusedStrangers(Duration window) {
    this.window = window;
  }

  /**
   * Notes a refusal.
   *
   * @param bar from which likeness on two faces are one person's
   * @return how often this face was refused within the window, this time included
   */
  synchronized int note(List<Embedding> face, float bar, Instant now) {
    refusals.removeIf(each -> !now.isBefore(each.at().plus(window)));
    if (refusals.size() >= MOST) {
      refusals.removeFirst();
    }
    refusals.addLast(new Refusal(now, face));
    return (int)
        refusals.stream().filter(each -> WatchedFaces.likeness(face, each.face()) >= bar).count();
  }

  /** Forgets a face, because it is watched from now on. */
  synchronized void forget(List<Embedding> face, float bar) {
    refusals.removeIf(each -> WatchedFaces.likeness(face, each.face()) >= bar);
  }
}
