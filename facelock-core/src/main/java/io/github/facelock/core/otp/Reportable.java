package io.github.facelock.core.otp;

import io.github.facelock.spi.OtpChannel;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Messages that a channel took and may yet report as failed, while another channel is left for
 * them. They hold codes, so they are in memory only, at most until they expire; a report that
 * reaches another node finds nothing. Thread-safe.
 */
final class Reportable {

  /**
   * A message.
   *
   * @param delivery what to send
   * @param others the channels that did not have it, the preferred one first
   */
  record Kept(CodeDelivery delivery, List<OtpChannel> others) {}

  private record Key(OtpChannel channel, String reference) {}

  private final int capacity;
  private final Map<Key, Kept> kept = new LinkedHashMap<>();

  Reportable(int capacity) {
    this.capacity = capacity;
  }

  /** Remembers what a channel took; the oldest message makes room. */
  synchronized void keep(OtpChannel channel, String reference, Kept message, Instant now) {
    dropExpired(now);
    if (kept.size() >= capacity) {
      kept.remove(kept.keySet().iterator().next());
    }
    kept.put(new Key(channel, reference), message);
  }

  /** Takes a message out: each is sent on once. */
  synchronized Optional<Kept> take(OtpChannel channel, String reference, Instant now) {
    dropExpired(now);
    return Optional.ofNullable(kept.remove(new Key(channel, reference)));
  }

  /** A newer code takes the place of an older one of the same login, which no longer works. */
  synchronized void supersede(CodeDelivery newer) {
    kept.values()
        .removeIf(
            message ->
                message.delivery().transaction().equals(newer.transaction())
                    && message.delivery().subject().equals(newer.subject())
                    && message.delivery().factor().equals(newer.factor()));
  }

  private void dropExpired(Instant now) {
    kept.values().removeIf(message -> !now.isBefore(message.delivery().expiresAt()));
  }

  synchronized void clear() {
    kept.clear();
  }
}
