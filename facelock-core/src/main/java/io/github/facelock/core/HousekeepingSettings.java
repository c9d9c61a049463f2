package io.github.facelock.core;

import io.github.facelock.core.audit.ChainedAuditLog;
import io.github.facelock.core.crypto.KeyRotation;
import io.github.facelock.core.housekeeping.Chore;
import io.github.facelock.core.housekeeping.Housekeeping;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a {@link FaceLock} does at intervals while it is open. Immutable. */
public final class HousekeepingSettings {

  private static final int MOST_PER_SECOND = 100_000;
  private static final Duration EVERY_HOUR = Duration.ofHours(1);

  private final int resealedPerSecond;
  private final List<Chore> chores;
  private final Optional<Duration> auditKept;

  private HousekeepingSettings(
      int resealedPerSecond, List<Chore> chores, Optional<Duration> auditKept) {
    this.resealedPerSecond = resealedPerSecond;
    this.chores = List.copyOf(chores);
    this.auditKept = auditKept;
  }

  /**
   * Re-encrypts 500 records a second where they are under an earlier key, and removes rows that no
   * store needs any more ({@link io.github.facelock.spi.store.Stores#clean}); the audit trail is
   * kept.
   *
   * @return the settings
   */
  public static HousekeepingSettings ofDefaults() {
    return new HousekeepingSettings(500, List.of(), Optional.empty());
  }

  /**
   * Sets how fast a rotation goes.
   *
   * @param records how many are sealed anew in a second at most, up to 100 000; 0 for never
   * @return other settings
   */
  public HousekeepingSettings resealedPerSecond(int records) {
    if (records < 0 || records > MOST_PER_SECOND) {
      throw new IllegalArgumentException("A rotation seals 0 to 100 000 records in a second");
    }
    return new HousekeepingSettings(records, chores, auditKept);
  }

  /**
   * Cuts the audit trail once an hour, verifiably: what is removed is verified first, and nothing
   * is removed if it was altered. Without effect where the application brought a log of its own.
   *
   * @param time how long a record is kept, at least an hour
   * @return other settings
   */
  public HousekeepingSettings auditKept(Duration time) {
    if (time.compareTo(Duration.ofHours(1)) < 0) {
      throw new IllegalArgumentException("An audit record is kept for an hour or longer");
    }
    return new HousekeepingSettings(resealedPerSecond, chores, Optional.of(time));
  }

  /**
   * Adds a chore.
   *
   * @param chore for example one of {@link io.github.facelock.core.housekeeping.Retention}
   * @return other settings
   */
  public HousekeepingSettings chore(Chore chore) {
    List<Chore> more = new ArrayList<>(chores);
    more.add(Objects.requireNonNull(chore, "chore"));
    return new HousekeepingSettings(resealedPerSecond, more, auditKept);
  }

  Housekeeping start(Clock clock, KeyRotation rotation, Optional<ChainedAuditLog> trail) {
    List<Chore> all = new ArrayList<>(chores);
    if (trail.isPresent() && auditKept.isPresent()) {
      ChainedAuditLog log = trail.get();
      Duration kept = auditKept.get();
      all.add(new Chore("audit trail", EVERY_HOUR, now -> log.cutBefore(now.minus(kept))));
    }
    if (resealedPerSecond > 0) {
      all.add(new Chore("key rotation", Duration.ofSeconds(1), now -> reseal(rotation)));
      // What came under an earlier key after the rotation's end: a node that was late to change.
      all.add(new Chore("key rotation, again", EVERY_HOUR, now -> again(rotation)));
    }
    Housekeeping housekeeping = new Housekeeping(all, clock);
    housekeeping.start();
    return housekeeping;
  }

  private long reseal(KeyRotation rotation) {
    if (rotation.progress().complete()) {
      return 0;
    }
    return again(rotation);
  }

  private long again(KeyRotation rotation) {
    long before = rotation.progress().done();
    return rotation.step(resealedPerSecond).done() - before;
  }
}
