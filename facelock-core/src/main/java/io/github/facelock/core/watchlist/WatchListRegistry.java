package io.github.facelock.core.watchlist;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.Embedding;
import io.github.facelock.api.face.FalseMatchRate;
import io.github.facelock.api.watchlist.FaceWatch;
import io.github.facelock.api.watchlist.WatchList;
import io.github.facelock.api.watchlist.WatchListEntryId;
import io.github.facelock.api.watchlist.WatchedPerson;
import io.github.facelock.core.crypto.KeyRing;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.AuditLog;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.Watch;
import io.github.facelock.spi.face.FaceSampler.Sample;
import io.github.facelock.spi.store.WatchListEntry;
import io.github.facelock.spi.store.WatchListStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The watch-list: administrators and rules write it, logins and enrolments look. Thread-safe. The
 * opened list is kept in memory until the store's revision changes, so every node follows every
 * change at its next look; a store that does not answer makes the look fail, which denies.
 */
public final class WatchListRegistry implements WatchList, Watch {

  private static final String ATTACK = "attack-suspected";
  private static final FalseMatchRate SAME_STRANGER = FalseMatchRate.oneIn(10_000);
  private static final int MOST_TEMPLATES = 5;

  private final WatchListStore store;
  private final KeyRing keys;
  private final AuditLog audit;
  private final SecureRandom random;
  private final Clock clock;
  private final WatchListRules rules;
  private final Optional<FaceComparison> faces;
  private final Optional<RefusedStrangers> strangers;
  private volatile WatchedFaces opened;

  /**
   * Opens the list.
   *
   * @param store keeps the entries
   * @param keys seals faces
   * @param audit is told of each change
   * @param random makes ids
   * @param clock tells the time
   * @param rules how the list is searched, and who gets on it by itself
   * @param faces what compares faces; empty if no policy asks for one
   * @throws FaceLockException if the store does not answer, or an entry does not open
   */
  public WatchListRegistry(
      WatchListStore store,
      KeyRing keys,
      AuditLog audit,
      SecureRandom random,
      Clock clock,
      WatchListRules rules,
      Optional<FaceComparison> faces) {
    this.store = Objects.requireNonNull(store, "store");
    this.keys = Objects.requireNonNull(keys, "keys");
    this.audit = Objects.requireNonNull(audit, "audit");
    this.random = Objects.requireNonNull(random, "random");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.rules = Objects.requireNonNull(rules, "rules");
    this.faces = Objects.requireNonNull(faces, "faces");
    this.strangers = rules.automatic().map(automatic -> new RefusedStrangers(automatic.window()));
    this.opened = read();
  }

  private WatchedFaces read() {
    // The revision first: what changes in between is read again at the next look.
    long revision = store.revision();
    return new WatchedFaces(
        revision, store.list(clock.instant()), faces.map(FaceComparison::model), keys);
  }

  private WatchedFaces current() {
    WatchedFaces now = opened;
    if (now.revision() != store.revision()) {
      now = read();
      opened = now;
    }
    return now;
  }

  @Override
  public Optional<WatchListEntryId> named(SubjectId subject) {
    return current().named(subject, clock.instant());
  }

  @Override
  public Optional<WatchListEntryId> seen(List<Embedding> probes) {
    if (faces.isEmpty()) {
      return Optional.empty();
    }
    WatchedFaces now = current();
    Instant time = clock.instant();
    float bar = faces.get().bar(rules.falseMatchRate(), now.templates(time));
    return now.seen(probes, bar, time);
  }

  @Override
  public void refused(FactorContext context, List<Embedding> probes, String cause) {
    if (rules.automatic().isEmpty() || faces.isEmpty()) {
      return;
    }
    AutomaticEntries automatic = rules.automatic().get();
    if (faces.get().resemblesSomebody().test(context.claimed(), probes)) {
      return;
    }
    float bar = faces.get().bar(SAME_STRANGER, 1);
    int times = strangers.orElseThrow().note(probes, bar, context.now());
    boolean attack = automatic.onAttack() && cause.equals(ATTACK);
    if (!attack && times < automatic.failures()) {
      return;
    }
    strangers.get().forget(probes, bar);
    String rule = attack ? ATTACK : "failures";
    add(
        WatchListEntry.ofFace(
            newId(),
            faces.get().model(),
            TemplateBundle.encode(spread(probes)),
            attack ? "an attack was presented with this face" : "refused " + times + " times",
            "rule:" + rule,
            context.now(),
            Optional.of(context.now().plus(automatic.lifetime()))),
        context.request().source());
  }

  @Override
  public WatchListEntryId addSubject(
      SubjectId subject, String reason, String addedBy, Optional<Instant> expiresAt) {
    return add(
        WatchListEntry.ofSubject(newId(), subject, reason, addedBy, clock.instant(), expiresAt),
        "application");
  }

  @Override
  public FaceWatch addFace(
      Capture capture, String reason, String addedBy, Optional<Instant> expiresAt) {
    FaceComparison comparison =
        faces.orElseThrow(
            () ->
                new IllegalStateException(
                    "No policy asks for a face, so there is no face pipeline: add a step with"
                        + " FactorType.FACE to the policy"));
    Sample sample = comparison.sampler().take(capture);
    if (sample instanceof Sample.Unclear unclear) {
      return new FaceWatch.NotAcquired(unclear.guidance());
    }
    Sample.Person person = (Sample.Person) sample;
    WatchListEntry entry =
        WatchListEntry.ofFace(
            newId(),
            comparison.model(),
            TemplateBundle.encode(spread(person.templates())),
            reason,
            addedBy,
            clock.instant(),
            expiresAt);
    return new FaceWatch.Added(add(entry, "application"));
  }

  private static List<Embedding> spread(List<Embedding> templates) {
    return templates.subList(0, Math.min(MOST_TEMPLATES, templates.size()));
  }

  private WatchListEntryId newId() {
    byte[] name = new byte[16];
    random.nextBytes(name);
    return new WatchListEntryId("watch-" + HexFormat.of().formatHex(name));
  }

  private WatchListEntryId add(WatchListEntry entry, String source) {
    if (!store.insert(TemplateBundle.seal(entry, keys))) {
      throw new FaceLockException.Store(
          "The store has a watch-list entry of a random id already. Check the random number"
              + " generator");
    }
    write(AuditEvent.Type.WATCH_LIST_ADDED, entry.id(), entry.subject(), entry.addedBy(), source);
    return entry.id();
  }

  @Override
  public List<WatchedPerson> list() {
    return store.list(clock.instant()).stream()
        .map(
            entry ->
                new WatchedPerson(
                    entry.id(),
                    entry.subject(),
                    entry.model(),
                    entry.reason(),
                    entry.addedBy(),
                    entry.createdAt(),
                    entry.expiresAt()))
        .toList();
  }

  @Override
  public boolean remove(WatchListEntryId id, String removedBy) {
    Objects.requireNonNull(removedBy, "removedBy");
    boolean removed = store.delete(id);
    if (removed) {
      write(AuditEvent.Type.WATCH_LIST_REMOVED, id, Optional.empty(), removedBy, "application");
    }
    return removed;
  }

  private void write(
      AuditEvent.Type type,
      WatchListEntryId id,
      Optional<SubjectId> subject,
      String by,
      String source) {
    Optional<FactorType> factor =
        subject.isPresent() ? Optional.empty() : Optional.of(FactorType.FACE);
    audit.append(
        new AuditEvent(
            clock.instant(),
            type,
            "",
            subject,
            factor,
            source,
            Map.of("watch-list", id.value(), "by", by)));
  }
}
