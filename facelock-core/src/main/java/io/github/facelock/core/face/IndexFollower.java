package io.github.facelock.core.face;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.face.Embedding;
import io.github.facelock.spi.face.FaceEmbedder;
import io.github.facelock.spi.face.TemplateIndex;
import io.github.facelock.spi.store.Credential;
import io.github.facelock.spi.store.CredentialChanges;
import io.github.facelock.spi.store.CredentialChanges.Change;
import io.github.facelock.spi.store.CredentialStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this node's search index true to a store that other nodes write to as well: asks for the
 * changes after the last one that it has seen, and reads the changed subjects' references again.
 * With a store that tells no changes it does nothing. Thread-safe.
 *
 * <p>Make it before the index is filled: what changes while it is being filled is then seen twice,
 * and nothing is missed.
 *
 * <p>A node that could not ask for longer than changes are kept ({@value
 * CredentialChanges#KEPT_HOURS} hours) compares everything once.
 */
public final class IndexFollower implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(IndexFollower.class);
  private static final int PAGE = 500;
  private static final Duration KEPT = Duration.ofHours(CredentialChanges.KEPT_HOURS);

  private final CredentialStore credentials;
  private final Optional<CredentialChanges> changes;
  private final FaceReferences references;
  private final TemplateIndex index;
  private final Clock clock;
  private Optional<ScheduledExecutorService> thread = Optional.empty();
  private long seen;
  private Instant askedAt;
  private volatile boolean outOfTouch;

  /**
   * Notes where the changes are now.
   *
   * @param credentials has the references
   * @param embedder whose model's templates the index holds
   * @param index follows
   * @param clock tells for how long nobody asked
   * @throws io.github.facelock.api.FaceLockException.Store if the store does not answer
   */
  public IndexFollower(
      CredentialStore credentials, FaceEmbedder embedder, TemplateIndex index, Clock clock) {
    this.credentials = Objects.requireNonNull(credentials, "credentials");
    this.changes = credentials.changes();
    this.references = new FaceReferences(credentials, embedder);
    this.index = Objects.requireNonNull(index, "index");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.askedAt = clock.instant();
    this.seen = changes.map(CredentialChanges::latest).orElse(0L);
  }

  /**
   * Brings the index up to what the store holds now.
   *
   * @return how many subjects were read again
   * @throws io.github.facelock.api.FaceLockException.Store if the store does not answer; the index
   *     stays as far as it came, and the next call goes on from there
   */
  public synchronized int catchUp() {
    if (changes.isEmpty()) {
      return 0;
    }
    Instant now = clock.instant();
    int read = askedAt.plus(KEPT).isBefore(now) ? compareAll() : 0;
    List<Change> page = changes.get().after(seen, PAGE);
    while (!page.isEmpty()) {
      for (Change change : page) {
        refresh(change.subject());
        seen = change.number();
        read++;
      }
      page = changes.get().after(seen, PAGE);
    }
    askedAt = now;
    return read;
  }

  private int compareAll() {
    Set<SubjectId> subjects = new HashSet<>(index.subjects());
    credentials.forEach(FactorType.FACE, credential -> subjects.add(credential.subject()));
    subjects.forEach(this::refresh);
    return subjects.size();
  }

  private void refresh(SubjectId subject) {
    // The index is looked at first: what this node enrols meanwhile must not be taken out again.
    Set<CredentialId> gone = new HashSet<>(index.credentials(subject));
    for (Credential credential : credentials.find(subject, FactorType.FACE)) {
      Optional<Embedding> template = references.read(credential);
      if (template.isPresent()) {
        index.put(subject, credential.id(), template.get());
        gone.remove(credential.id());
      }
    }
    gone.forEach(credential -> index.remove(subject, credential));
  }

  /**
   * Catches up again and again, in a thread of its own, until this is closed. A store that does not
   * answer is asked again the next time. Does nothing if the store tells no changes.
   *
   * @param interval the pause between two questions, at least a millisecond
   */
  public synchronized void follow(Duration interval) {
    if (changes.isEmpty() || thread.isPresent()) {
      return;
    }
    ScheduledExecutorService started =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread worker = new Thread(work, "facelock-index");
              worker.setDaemon(true);
              return worker;
            });
    thread = Optional.of(started);
    long pause = interval.toMillis();
    // It never ends by itself: nothing is thrown, and closing ends the thread.
    var unused =
        started.scheduleWithFixedDelay(this::catchUpQuietly, pause, pause, TimeUnit.MILLISECONDS);
  }

  private void catchUpQuietly() {
    try {
      catchUp();
      outOfTouch = false;
    } catch (RuntimeException e) {
      // Told once for each interruption: it may last for hours.
      if (!outOfTouch) {
        outOfTouch = true;
        LOG.warn("The search index cannot follow the store for now: {}", e.getMessage());
      }
    }
  }

  /** Ends the thread. */
  @Override
  public void close() {
    Optional<ScheduledExecutorService> ended;
    synchronized (this) {
      ended = thread;
      thread = Optional.empty();
    }
    ended.ifPresent(ScheduledExecutorService::shutdownNow);
  }
}
