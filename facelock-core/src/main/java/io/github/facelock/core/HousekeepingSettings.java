package io.github.facelock.core;

import io.github.facelock.core.crypto.KeyRotation;
import io.github.facelock.core.housekeeping.Chore;
import io.github.facelock.core.housekeeping.Housekeeping;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What a {@link FaceLock} does at intervals while it is open. Immutable. */
public final class HousekeepingSettings {

  private static final int MOST_PER_SECOND = 100_000;

  private final int resealedPerSecond;
  private final List<Chore> chores;

  private HousekeepingSettings(int resealedPerSecond, List<Chore> chores) {
    this.resealedPerSecond = resealedPerSecond;
    this.chores = List.copyOf(chores);
  }

  /**
   * Re-encrypts 500 records a second where they are under an earlier key; deletes nothing.
   *
   * @return the settings
   */
  public static HousekeepingSettings ofDefaults() {
    return new HousekeepingSettings(500, List.of());
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
    return new HousekeepingSettings(records, chores);
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
    return new HousekeepingSettings(resealedPerSecond, more);
  }

  Housekeeping start(Clock clock, KeyRotation rotation) {
    List<Chore> all = new ArrayList<>(chores);
    if (resealedPerSecond > 0) {
      all.add(new Chore("key rotation", Duration.ofSeconds(1), now -> reseal(rotation)));
      // What came under an earlier key after the rotation's end: a node that was late to change.
      all.add(new Chore("key rotation, again", Duration.ofHours(1), now -> again(rotation)));
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
