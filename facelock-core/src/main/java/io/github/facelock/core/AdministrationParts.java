package io.github.facelock.core;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.admin.Administration;
import io.github.facelock.api.admin.AuditQuery;
import io.github.facelock.core.admin.AuditAccess;
import io.github.facelock.core.admin.RoleAdministration;
import io.github.facelock.core.admin.SubjectRegister;
import io.github.facelock.core.audit.ChainedAuditLog;
import io.github.facelock.spi.AttemptLimiter;
import io.github.facelock.spi.AuditLog;
import io.github.facelock.spi.store.AuditRecord;
import io.github.facelock.spi.store.CredentialStore;
import io.github.facelock.spi.store.SubjectStore;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What the administration is made of. */
record AdministrationParts(
    SubjectStore subjects,
    SubjectRegister register,
    CredentialStore credentials,
    AttemptLimiter limiter,
    Set<FactorType> asked,
    AuditLog audit,
    Optional<ChainedAuditLog> trail,
    Clock clock) {

  /** Somebody may have credentials of factors that no policy asks for now. */
  private static final List<FactorType> BUILT_IN =
      List.of(
          FactorType.PASSWORD,
          FactorType.PIN,
          FactorType.FACE,
          FactorType.TOTP,
          FactorType.HOTP,
          FactorType.EMAIL_CODE,
          FactorType.SMS_CODE,
          FactorType.RECOVERY_CODE);

  Administration assemble() {
    Set<FactorType> factors = new LinkedHashSet<>(BUILT_IN);
    factors.addAll(asked);
    return new RoleAdministration(
        subjects, register, credentials, limiter, factors, audit, trail.map(Trail::new), clock);
  }

  private record Trail(ChainedAuditLog log) implements AuditAccess {
    @Override
    public List<AuditRecord> search(AuditQuery query) {
      return log.search(query);
    }

    @Override
    public long export(long from, Consumer<? super String> lines) {
      return log.export(from, lines);
    }
  }
}
