package io.github.facelock.core;

import io.github.facelock.api.SubjectId;
import io.github.facelock.api.watchlist.WatchListEntryId;
import io.github.facelock.core.crypto.KeyRing;
import io.github.facelock.core.device.TrustedDeviceRegistry;
import io.github.facelock.core.device.TrustedDeviceRules;
import io.github.facelock.core.risk.RiskSettings;
import io.github.facelock.core.store.memory.MemoryWatchListStore;
import io.github.facelock.core.watchlist.FaceComparison;
import io.github.facelock.core.watchlist.WatchListRegistry;
import io.github.facelock.core.watchlist.WatchListRules;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.AuditLog;
import io.github.facelock.spi.store.CredentialStore;
import io.github.facelock.spi.store.SubjectStore;
import io.github.facelock.spi.store.WatchListStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What surrounds a login: risk rules, trusted devices and the watch-list. */
final class CircumstanceParts {

  RiskSettings risk = RiskSettings.none();
  TrustedDeviceRules devices = TrustedDeviceRules.ofDefaults();
  WatchListStore watchStore = new MemoryWatchListStore();
  WatchListRules watchRules = WatchListRules.ofDefaults();

  TrustedDeviceRegistry devices(
      CredentialStore credentials,
      SubjectStore subjects,
      AuditLog audit,
      Consumer<? super Alert> alerts,
      SecureRandom random,
      Clock clock) {
    return new TrustedDeviceRegistry(credentials, subjects, audit, alerts, random, clock, devices);
  }

  WatchListRegistry watchList(
      KeyRing keys,
      AuditLog audit,
      SecureRandom random,
      Clock clock,
      Optional<FaceComparison> faces) {
    return new WatchListRegistry(watchStore, keys, audit, random, clock, watchRules, faces);
  }

  /** Tells that somebody on the list was about to be enrolled: the caller hears no reason. */
  static void tellEnrolment(
      SubjectId subject,
      WatchListEntryId entry,
      AuditLog audit,
      Consumer<? super Alert> alerts,
      Clock clock) {
    Instant now = clock.instant();
    Map<String, String> details = Map.of("watch-list", entry.value(), "cause", "enrolment");
    audit.append(
        new AuditEvent(
            now,
            AuditEvent.Type.WATCH_LIST_HIT,
            "",
            Optional.of(subject),
            Optional.empty(),
            "application",
            details));
    alerts.accept(
        new Alert(
            now,
            Alert.Cause.WATCH_LIST,
            Optional.of(subject),
            Optional.empty(),
            "application",
            details));
  }
}
