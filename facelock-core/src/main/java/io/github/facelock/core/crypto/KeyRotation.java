package io.github.facelock.core.crypto;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.spi.store.Credential;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves everything that is kept to the current key while logins and enrolments go on. Thread-safe;
 * several nodes may run it at once.
 *
 * <p>What a rotation moves is each subject's wrapped key (one short record, however many
 * credentials there are), credentials of the envelope's first version, and {@link SealedRecords}.
 * Each record is changed by compare-and-set, so whoever loses a race against a login or another
 * node looks again. Nothing is remembered between two steps but a list of what to do next: after a
 * crash a new object goes on where the records themselves say so.
 *
 * <p>To rotate: give every node the new key <em>beside</em> the old one; then name the new one as
 * current on every node; call {@link #step} until it is complete; {@link #retire} the old key,
 * which is refused as long as a snapshot, an alert or an audit record is under it; take it away
 * from the nodes once open logins under it have expired.
 */
public final class KeyRotation {

  private static final Logger LOG = LoggerFactory.getLogger(KeyRotation.class);

  /** Some 20 MB; a store with more is read several times. */
  private static final int MOST_PENDING = 100_000;

  private final SealedCredentialStore credentials;
  private final SubjectKeys keys;
  private final KeyRing ring;
  private final Set<FactorType> factors;
  private final List<SealedRecords> others;

  private final Deque<Pending> pending = new ArrayDeque<>();
  private final Set<Pending> failed = new LinkedHashSet<>();
  private String currentKeyId;
  private long beyond;
  private long done;
  private boolean complete;

  /**
   * Prepares a rotation; reads nothing yet.
   *
   * @param credentials what is to move
   * @param keys the ring of {@code credentials}, with the new key as the current one and the old
   *     one still there
   * @param factors the factors whose credentials the store holds
   * @param others further records
   */
  public KeyRotation(
      SealedCredentialStore credentials,
      KeyRing keys,
      Collection<FactorType> factors,
      Collection<? extends SealedRecords> others) {
    this.credentials = Objects.requireNonNull(credentials, "credentials");
    this.keys = credentials.subjectKeys();
    this.ring = Objects.requireNonNull(keys, "keys");
    this.factors = Set.copyOf(factors);
    this.others = List.copyOf(others);
    this.currentKeyId = keys.currentKeyId();
  }

  /**
   * Seals the next records anew. Call it at intervals: the number divided by the interval is the
   * rate at which the store is loaded.
   *
   * @param most how many records at most, at least 1
   * @return how far the rotation has come
   * @throws FaceLockException.Store if the store does not answer; the next call goes on
   * @throws FaceLockException.Key if the current key is missing
   */
  public synchronized RotationProgress step(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("A step seals at least one record");
    }
    restartIfTheKeyChanged();
    if (pending.isEmpty()) {
      look();
    }
    int moved = 0;
    while (moved < most && !pending.isEmpty()) {
      move(pending.remove());
      moved++;
    }
    for (SealedRecords records : others) {
      if (moved < most) {
        int resealed = records.reseal(most - moved);
        moved += resealed;
        done += resealed;
      }
    }
    complete = moved < most && pending.isEmpty() && beyond == 0 && look() == 0;
    return progress();
  }

  /**
   * Tells how far the rotation has come, without reading the store.
   *
   * @return the state after the last step
   */
  public synchronized RotationProgress progress() {
    restartIfTheKeyChanged();
    return new RotationProgress(
        currentKeyId, done, pending.size() + beyond, failed.size(), complete);
  }

  /**
   * Looks whether something still needs a key.
   *
   * @param keyId the key
   * @return how many records of each kind are under it; empty if none is. Open logins, which expire
   *     within minutes, are not counted. Reads everything that there is: not for every second
   */
  public Map<String, Long> needs(String keyId) {
    Objects.requireNonNull(keyId, "keyId");
    Map<String, Long> needs = new TreeMap<>();
    keys.store()
        .forEach(
            SubjectKeys.FACTOR,
            row -> {
              if (KeyRing.keyIdOf(row.secretData()).equals(keyId)) {
                needs.merge(SubjectKeys.FACTOR.id(), 1L, Long::sum);
              }
            });
    for (FactorType factor : factors) {
      credentials
          .beneath()
          .forEach(
              factor,
              row -> {
                byte[] envelope = row.secretData();
                if (!DataKey.sealed(envelope) && KeyRing.keyIdOf(envelope).equals(keyId)) {
                  needs.merge(factor.id(), 1L, Long::sum);
                }
              });
    }
    for (SealedRecords records : others) {
      long count = records.countByKey().getOrDefault(keyId, 0L);
      if (count > 0) {
        needs.put(records.name(), count);
      }
    }
    return needs;
  }

  /**
   * Lets the store start without a key, once nothing needs it. From then on the provider need not
   * hold it, except for open logins.
   *
   * @param keyId a key that is not the current one on any node
   * @throws IllegalStateException if it is the current one, or something needs it
   */
  public void retire(String keyId) {
    if (keyId.equals(ring.currentKeyId())) {
      throw new IllegalStateException(
          "Key " + keyId + " is the current one: name another one as current, and rotate, first");
    }
    Map<String, Long> needs = needs(keyId);
    if (!needs.isEmpty()) {
      throw new IllegalStateException(
          "Key "
              + keyId
              + " is still needed by "
              + needs
              + ": let the rotation end first; snapshots hold it until they expire, the audit trail"
              + " until its records under the key are cut");
    }
    new KeyCheck(credentials.beneath(), ring).forget(keyId);
    LOG.info("Key {} is retired: nothing that is kept needs it", keyId);
  }

  private void restartIfTheKeyChanged() {
    String current = ring.currentKeyId();
    if (!current.equals(currentKeyId)) {
      currentKeyId = current;
      pending.clear();
      failed.clear();
      beyond = 0;
      complete = false;
    }
  }

  /** Lists what is to be done, up to the room for it. */
  private long look() {
    pending.clear();
    beyond = 0;
    keys.store()
        .forEach(
            SubjectKeys.FACTOR,
            row -> {
              if (!KeyRing.keyIdOf(row.secretData()).equals(currentKeyId)) {
                note(row);
              }
            });
    for (FactorType factor : factors) {
      credentials
          .beneath()
          .forEach(
              factor,
              row -> {
                if (!DataKey.sealed(row.secretData())) {
                  note(row);
                }
              });
    }
    return pending.size() + beyond;
  }

  private void note(Credential row) {
    Pending next = new Pending(row.subject(), row.factor(), row.id());
    if (failed.contains(next)) {
      return;
    }
    if (pending.size() < MOST_PENDING) {
      pending.add(next);
    } else {
      beyond++;
    }
  }

  private void move(Pending next) {
    try {
      boolean moved =
          next.factor().equals(SubjectKeys.FACTOR)
              ? keys.record(next.subject())
                  .filter(row -> !KeyRing.keyIdOf(row.secretData()).equals(currentKeyId))
                  .map(keys::rewrap)
                  .orElse(true)
              : credentials.renew(next.subject(), next.factor(), next.id());
      if (moved) {
        done++;
      } else {
        pending.add(next); // Somebody else was faster: look again at the end.
      }
    } catch (FaceLockException.Key e) {
      failed.add(next);
      LOG.error("Credential {} does not open and keeps its key: {}", next.id(), e.getMessage());
    }
  }

  private record Pending(SubjectId subject, FactorType factor, CredentialId id) {}
}
