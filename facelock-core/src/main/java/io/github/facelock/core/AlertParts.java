package io.github.facelock.core;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.core.alert.AlertDesk;
import io.github.facelock.core.alert.AlertSettings;
import io.github.facelock.core.alert.AlertTarget;
import io.github.facelock.core.alert.LogAlertSink;
import io.github.facelock.core.alert.NoticeAddress;
import io.github.facelock.core.crypto.KeyRing;
import io.github.facelock.core.otp.AuthenticatorDevices;
import io.github.facelock.core.store.memory.MemoryOutboxStore;
import io.github.facelock.core.store.memory.MemorySnapshotStore;
import io.github.facelock.spi.AlertSink;
import io.github.facelock.spi.AuditLog;
import io.github.facelock.spi.store.AttemptStore;
import io.github.facelock.spi.store.Credential;
import io.github.facelock.spi.store.CredentialStore;
import io.github.facelock.spi.store.OutboxStore;
import io.github.facelock.spi.store.SnapshotStore;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/** Everything about alerts: who is told, and where they wait. */
final class AlertParts {

  final List<AlertSink> sinks = new ArrayList<>();
  AlertSettings settings = AlertSettings.ofDefaults();
  OutboxStore outbox = new MemoryOutboxStore();
  SnapshotStore snapshots = new MemorySnapshotStore();

  /**
   * Puts the parts together and starts the courier.
   *
   * @param owned takes what must be closed at the end
   */
  AlertDesk assemble(
      CredentialStore credentials,
      AttemptStore counts,
      KeyRing keys,
      AuditLog audit,
      Clock clock,
      SecureRandom random,
      Deque<AutoCloseable> owned) {
    AlertSettings told = settings;
    for (int i = 0; i < sinks.size(); i++) {
      told = told.also(AlertTarget.of("sink-" + (i + 1), sinks.get(i)));
    }
    if (!told.tellsAnybody()) {
      told = told.also(AlertTarget.of("log", new LogAlertSink()));
    }
    AlertDesk desk =
        new AlertDesk(
            told,
            new AlertDesk.Foundation(
                outbox,
                snapshots,
                counts,
                keys,
                audit,
                subject -> addresses(credentials, subject),
                clock,
                random));
    owned.push(desk);
    desk.start();
    return desk;
  }

  /** Where codes of a subject go, it is told about its account too. */
  static List<NoticeAddress> addresses(CredentialStore credentials, SubjectId subject) {
    return Stream.of(FactorType.EMAIL_CODE, FactorType.SMS_CODE)
        .flatMap(factor -> credentials.find(subject, factor).stream())
        .filter(AuthenticatorDevices::isConfirmed)
        .map(AlertParts::address)
        .toList();
  }

  private static NoticeAddress address(Credential credential) {
    byte[] bytes = credential.secretData();
    NoticeAddress address =
        new NoticeAddress(
            credential.factor(), Secret.of(new String(bytes, StandardCharsets.UTF_8)));
    Arrays.fill(bytes, (byte) 0);
    return address;
  }
}
