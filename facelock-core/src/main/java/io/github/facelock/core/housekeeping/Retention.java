package io.github.facelock.core.housekeeping;

import io.github.facelock.spi.store.OutboxStore;
import io.github.facelock.spi.store.SnapshotStore;
import io.github.facelock.spi.store.Stores;
import io.github.facelock.spi.store.WatchListStore;
import java.time.Duration;
import java.util.Objects;

/** Chores that delete what is kept no longer. */
public final class Retention {

  private static final Duration OFTEN = Duration.ofMinutes(5);
  private static final Duration HOURLY = Duration.ofHours(1);

  private Retention() {}

  /**
   * Deletes snapshots whose time has come; each carries its own.
   *
   * @param store the snapshots
   * @return the chore, every five minutes
   */
  public static Chore ofSnapshots(SnapshotStore store) {
    Objects.requireNonNull(store, "store");
    return new Chore("snapshots", OFTEN, store::deleteExpired);
  }

  /**
   * Deletes alerts that were delivered or given up.
   *
   * @param store the outbox
   * @param keep how long an alert is kept, from its making
   * @return the chore, every hour
   */
  public static Chore ofOutbox(OutboxStore store, Duration keep) {
    requirePositive(keep);
    return new Chore("outbox", HOURLY, now -> store.purge(now.minus(keep)));
  }

  /**
   * Deletes watch-list entries whose time has come.
   *
   * @param store the watch-list
   * @return the chore, every five minutes
   */
  public static Chore ofWatchList(WatchListStore store) {
    Objects.requireNonNull(store, "store");
    return new Chore("watch-list", OFTEN, store::deleteExpired);
  }

  /**
   * Removes the rows that no store needs any more: expired logins, counts that have been idle for
   * long. A builder that was given {@code stores} adds this by itself.
   *
   * @param stores of one place
   * @return the chore, every hour
   */
  public static Chore ofStores(Stores stores) {
    Objects.requireNonNull(stores, "stores");
    return new Chore("stores", HOURLY, stores::clean);
  }

  private static void requirePositive(Duration keep) {
    if (keep.isNegative() || keep.isZero()) {
      throw new IllegalArgumentException("A retention time is longer than nothing");
    }
  }
}
