package io.github.facelock.core.audit;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.admin.AuditQuery;
import io.github.facelock.core.audit.AuditChain.Place;
import io.github.facelock.core.audit.AuditVerification.Broken;
import io.github.facelock.core.crypto.KeyRing;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.AuditLog;
import io.github.facelock.spi.store.AuditMark;
import io.github.facelock.spi.store.AuditRecord;
import io.github.facelock.spi.store.AuditStore;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit trail as a chain: each record holds a keyed hash over itself and the hash of the record
 * before. Thread-safe; several nodes may share a store.
 *
 * <p><strong>Security guarantees</strong>, against whoever can write to the store but has not the
 * key: {@link #verify()} finds the first record that was changed, moved, inserted or removed, and
 * names its number; a cut at the end too, because the end is marked under the same key. Nothing is
 * appended behind an end that was altered.
 *
 * <p><strong>What it does not stop.</strong> Who sets the <em>whole</em> store back to an earlier
 * copy, end mark included, is found only by a mark that was kept elsewhere ({@link
 * #verify(AuditMark)}), or by a process that was running meanwhile. Who has the key can write any
 * trail.
 *
 * <p>The order of the numbers is the order of writing; times are those of the events, and a clock
 * that jumps makes them disagree.
 */
public final class ChainedAuditLog implements AuditLog {

  private static final Logger LOG = LoggerFactory.getLogger(ChainedAuditLog.class);

  private static final int PAGE = 500;

  private final AuditStore store;
  private final AuditChain chain;
  private final AuditVerifier verifier;
  private final Clock clock;
  private final AuditRetention retention;
  private final AtomicReference<@Nullable AuditMark> seen = new AtomicReference<>();

  /**
   * Makes a log that keeps what it is given until it is {@linkplain #cut cut}.
   *
   * @param store where records are kept
   * @param keys whose subkeys link them
   * @param clock tells when the trail was restarted
   */
  public ChainedAuditLog(AuditStore store, KeyRing keys, Clock clock) {
    this(store, keys, clock, AuditRetention.keepAll());
  }

  /**
   * Makes a log.
   *
   * @param store where records are kept
   * @param keys whose subkeys link them
   * @param clock tells when the trail was restarted
   * @param retention how many are kept
   */
  public ChainedAuditLog(AuditStore store, KeyRing keys, Clock clock, AuditRetention retention) {
    this.store = Objects.requireNonNull(store, "store");
    this.chain = new AuditChain(Objects.requireNonNull(keys, "keys"));
    this.verifier = new AuditVerifier(store, chain);
    this.clock = Objects.requireNonNull(clock, "clock");
    this.retention = Objects.requireNonNull(retention, "retention");
  }

  /**
   * {@inheritDoc}
   *
   * <p>Times are cut to microseconds, unpaired surrogates replaced by U+FFFD, transaction and
   * source cut to 128 characters, so that every store gives back what it got.
   *
   * @throws FaceLockException.Store if the trail's end was altered, so that nothing may follow it
   */
  @Override
  public void append(AuditEvent event) {
    AuditEvent canonical = CanonicalText.of(event);
    AuditRecord written = store.append(head -> next(head, canonical));
    remember(written);
    if (retention.isDue(written.number())) {
      keep(written.number());
    }
  }

  private AuditStore.Entry next(Optional<AuditMark> head, AuditEvent event) {
    head.ifPresent(this::requireGenuine);
    long number = head.map(AuditMark::number).orElse(0L);
    String link = head.map(AuditMark::link).orElse(AuditChain.GENESIS);
    // A head that was set back to an earlier, genuine one: a cut that this process can see.
    boolean behind =
        seen()
            .filter(
                mark ->
                    mark.number() > number
                        || (mark.number() == number && !mark.link().equals(link)))
            .isPresent();
    if (behind) {
      throw altered(number + 1);
    }
    return entry(chain.next(Math.addExact(number, 1), link, event));
  }

  private AuditStore.Entry entry(AuditRecord record) {
    return new AuditStore.Entry(record, chain.mark(Place.HEAD, record.number(), record.link()));
  }

  private void requireGenuine(AuditMark head) {
    if (!chain.isGenuine(Place.HEAD, head)) {
      throw altered(head.number());
    }
  }

  private static FaceLockException.Store altered(long number) {
    return new FaceLockException.Store(
        "The end of the audit trail was altered at record "
            + number
            + ": nothing may be written behind it. Verify and export the trail, find out who wrote to"
            + " the store, then restart the trail");
  }

  private void remember(AuditRecord written) {
    AuditMark mark = new AuditMark(written.number(), written.link(), written.keyId(), "");
    seen.accumulateAndGet(
        mark, (before, now) -> before != null && before.number() > written.number() ? before : now);
  }

  /** The furthest end that this process wrote. */
  private Optional<AuditMark> seen() {
    return Optional.ofNullable(seen.get());
  }

  private void keep(long last) {
    try {
      cut(last - retention.records());
    } catch (RuntimeException e) {
      // The event itself is written; the trail is longer than it should be until this is mended.
      LOG.error("The audit trail could not be cut to its length: {}", e.toString());
    }
  }

  /**
   * Checks the whole trail. Others may go on writing.
   *
   * @return intact, or the number of the first record that is not as it was written
   */
  public AuditVerification verify() {
    return verifier.verify(seen().map(List::of).orElse(List.of()));
  }

  /**
   * Checks the whole trail against a mark that was kept elsewhere.
   *
   * @param known the head that an earlier check found
   * @return intact, or the number of the first record that is not as it was written
   */
  public AuditVerification verify(AuditMark known) {
    Objects.requireNonNull(known, "known");
    return verifier.verify(
        seen().map(mark -> List.of(known, mark)).orElseGet(() -> List.of(known)));
  }

  /**
   * Searches the trail.
   *
   * @param query which records
   * @return a page of records, the newest first; whether they are as they were written, {@link
   *     #verify()} tells
   */
  public List<AuditRecord> search(AuditQuery query) {
    return store.search(query);
  }

  /**
   * Exports the trail as JSON lines, one page in memory at a time. It holds no secret and no
   * sample.
   *
   * @param from the lowest number, 1 for the whole trail
   * @param lines takes each line, without its end, in the order of the numbers; see {@link
   *     AuditJson#line}
   * @return how many there were
   */
  public long export(long from, Consumer<? super String> lines) {
    long next = from;
    long count = 0;
    while (true) {
      List<AuditRecord> page = store.read(next, PAGE);
      for (AuditRecord record : page) {
        lines.accept(AuditJson.line(record));
        count++;
        next = record.number() + 1;
      }
      if (page.isEmpty()) {
        return count;
      }
    }
  }

  /**
   * Ends the retention of the oldest records. They are checked first, so that a cut does not hide
   * an alteration; what remains can be verified, because the place of the cut is marked under the
   * key.
   *
   * @param number of the last record to remove; lower than any to remove nothing
   * @return how many were removed
   * @throws FaceLockException.Store if the part to remove was altered, or the number is beyond the
   *     end
   */
  public long cut(long number) {
    Optional<AuditMark> anchor = store.marks().anchor();
    if (number <= anchor.map(AuditMark::number).orElse(0L)) {
      return 0;
    }
    anchor
        .filter(mark -> !chain.isGenuine(Place.ANCHOR, mark))
        .ifPresent(
            mark -> {
              throw notCut(mark.number(), AuditVerification.Reason.ANCHOR_ALTERED);
            });
    AuditVerifier.Walk walk = verifier.new Walk(anchor, List.of());
    Optional<Broken> broken = walk.to(number);
    if (broken.isPresent()) {
      if (!store.marks().anchor().equals(anchor)) {
        return 0; // Another node cuts at this moment.
      }
      throw notCut(broken.get().number(), broken.get().reason());
    }
    return store.cut(chain.mark(Place.ANCHOR, number, walk.link()));
  }

  private static FaceLockException.Store notCut(long number, AuditVerification.Reason reason) {
    return new FaceLockException.Store(
        "The audit trail is not cut: record "
            + number
            + " is "
            + reason
            + ". Export the trail, find out who wrote to the store, then restart the trail");
  }

  /**
   * Ends the retention of records that are older than a time: all before the first record that is
   * not.
   *
   * @param time the time
   * @return how many were removed
   * @throws FaceLockException.Store if the part to remove was altered
   */
  public long cutBefore(Instant time) {
    Objects.requireNonNull(time, "time");
    long last = store.marks().anchor().map(AuditMark::number).orElse(0L);
    while (true) {
      List<AuditRecord> page = store.read(last + 1, PAGE);
      for (AuditRecord record : page) {
        if (!record.event().at().isBefore(time)) {
          return cut(last);
        }
        last = record.number();
      }
      if (page.isEmpty()) {
        return cut(last);
      }
    }
  }

  /**
   * Begins the trail anew behind an alteration: what is there is removed, so export it before; the
   * numbers go on, and the first record says why.
   *
   * @param cause what was found, for the trail
   */
  public void restart(String cause) {
    Objects.requireNonNull(cause, "cause");
    AuditStore.Marks marks = store.marks();
    long last =
        Math.max(
            marks.head().map(AuditMark::number).orElse(0L),
            marks.anchor().map(AuditMark::number).orElse(0L));
    last =
        store.search(AuditQuery.all().withLimit(1)).stream()
            .mapToLong(AuditRecord::number)
            .reduce(last, Math::max);
    long number = Math.addExact(last, 1);
    AuditEvent event =
        CanonicalText.of(
            new AuditEvent(
                clock.instant(),
                AuditEvent.Type.AUDIT_RESTARTED,
                "",
                Optional.empty(),
                Optional.empty(),
                "application",
                Map.of("cause", cause)));
    AuditRecord written =
        store.append(head -> entry(chain.next(number, AuditChain.GENESIS, event)));
    store.cut(chain.mark(Place.ANCHOR, last, AuditChain.GENESIS));
    seen.set(null);
    remember(written);
    LOG.warn("The audit trail was restarted at record {}", number);
  }
}
