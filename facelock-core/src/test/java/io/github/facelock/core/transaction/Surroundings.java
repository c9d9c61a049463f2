package io.github.facelock.core.transaction;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.face.Embedding;
import io.github.facelock.api.watchlist.WatchListEntryId;
import io.github.facelock.spi.DeviceTrust;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.RiskFinding;
import io.github.facelock.spi.RiskResponse;
import io.github.facelock.spi.RiskRule;
import io.github.facelock.spi.Watch;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Circumstances that are as the test says. What is said here is true for known subjects only, which
 * makes it as telling as it can be.
 */
final class Surroundings implements RiskRule, DeviceTrust, Watch {

  static final CredentialId DEVICE = new CredentialId("device-1");

  boolean raise;
  boolean deny;
  boolean alert;
  boolean trusted;
  boolean revokedAtRenewal;
  final Set<SubjectId> watched = new HashSet<>();
  int assessments;
  int refusals;
  int grants;
  int renewals;
  private final Faults faults;

  Surroundings(Faults faults) {
    this.faults = faults;
  }

  @Override
  public String name() {
    return "scripted";
  }

  @Override
  public RiskFinding assess(FactorContext context) {
    faults.pass(Faults.Place.RISK);
    assessments++;
    if (context.subject().isEmpty()) {
      return RiskFinding.nothing();
    }
    Set<RiskResponse> responses = EnumSet.noneOf(RiskResponse.class);
    if (raise) {
      responses.add(RiskResponse.ADD_STEP);
    }
    if (deny) {
      responses.add(RiskResponse.DENY);
    }
    if (alert) {
      responses.add(RiskResponse.ALERT);
    }
    return new RiskFinding(responses, Map.of("seen", Integer.toString(assessments)));
  }

  @Override
  public void refused(FactorContext context) {
    faults.pass(Faults.Place.RISK);
    refusals++;
  }

  @Override
  public void granted(FactorContext context) {
    faults.pass(Faults.Place.LEARN);
    grants++;
  }

  @Override
  public Optional<CredentialId> recognise(FactorContext context) {
    faults.pass(Faults.Place.DEVICE);
    return context.subject().filter(subject -> trusted).map(subject -> DEVICE);
  }

  @Override
  public boolean isTrusted(SubjectId subject, CredentialId device) {
    faults.pass(Faults.Place.DEVICE);
    return trusted && device.equals(DEVICE);
  }

  @Override
  public Optional<Secret> renew(FactorContext context, CredentialId device) {
    faults.pass(Faults.Place.DEVICE);
    renewals++;
    return trusted && !revokedAtRenewal ? Optional.of(Secret.of("fresh")) : Optional.empty();
  }

  @Override
  public Optional<WatchListEntryId> named(SubjectId subject) {
    faults.pass(Faults.Place.WATCH);
    return watched.contains(subject)
        ? Optional.of(new WatchListEntryId("entry-of-" + subject))
        : Optional.empty();
  }

  @Override
  public Optional<WatchListEntryId> seen(List<Embedding> probes) {
    return Optional.empty();
  }
}
