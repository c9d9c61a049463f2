package io.github.facelock.spring.autoconfigure;

import io.github.facelock.api.Secret;
import io.github.facelock.api.face.FalseMatchRate;
import io.github.facelock.core.FaceLock;
import io.github.facelock.core.HousekeepingSettings;
import io.github.facelock.core.device.TrustedDeviceRules;
import io.github.facelock.core.housekeeping.Chore;
import io.github.facelock.core.lockout.LockoutRules;
import io.github.facelock.core.risk.ListedNetwork;
import io.github.facelock.core.risk.NetworkFile;
import io.github.facelock.core.risk.RiskSettings;
import io.github.facelock.core.token.JwtProofIssuer;
import io.github.facelock.core.watchlist.AutomaticEntries;
import io.github.facelock.core.watchlist.WatchListRules;
import io.github.facelock.spi.ProofIssuer;
import io.github.facelock.spi.RiskResponse;
import io.github.facelock.spi.RiskRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Makes what surrounds a login: limits, risk rules, devices, the watch-list, proofs, chores. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(FaceLock.class)
final class GuardConfiguration {

  @Bean
  @ConditionalOnMissingBean
  LockoutRules faceLockLockoutRules(LockoutProperties given, FaceLockPolicies policies) {
    return FaceLockSettingException.checked(
        "facelock.lockout",
        () -> {
          LockoutRules rules = LockoutRules.defaults(policies.weakestLiveness());
          LockoutRules.SourceLimit source = rules.source();
          return new LockoutRules(
              backOff(given.knowledge(), rules.knowledge()),
              backOff(given.possession(), rules.possession()),
              backOff(given.inherence(), rules.inherence()),
              new LockoutRules.SourceLimit(
                  Objects.requireNonNullElse(given.source().failures(), source.failures()),
                  Objects.requireNonNullElse(given.source().window(), source.window())));
        });
  }

  private static LockoutRules.BackOff backOff(
      LockoutProperties.BackOff given, LockoutRules.BackOff usual) {
    return new LockoutRules.BackOff(
        Objects.requireNonNullElse(given.free(), usual.free()),
        Objects.requireNonNullElse(given.firstDelay(), usual.firstDelay()),
        Objects.requireNonNullElse(given.longestDelay(), usual.longestDelay()),
        Objects.requireNonNullElse(given.hardCap(), usual.hardCap()));
  }

  @Bean
  @ConditionalOnMissingBean
  RiskSettings faceLockRiskSettings(
      GuardProperties.Risk risk, ObjectProvider<RiskRule> rules, ObjectProvider<Clock> clocks) {
    RiskSettings settings = risk.recommended() ? RiskSettings.recommended() : RiskSettings.none();
    Path refused = risk.refusedNetworks();
    if (refused != null) {
      settings =
          settings.with(
              FaceLockSettingException.checked(
                  "facelock.risk.refused-networks",
                  () ->
                      new ListedNetwork(
                          "refused-network",
                          new NetworkFile(refused, clocks.getIfUnique(Clock::systemUTC)),
                          Set.of(RiskResponse.ALERT, RiskResponse.DENY))));
    }
    List<RiskRule> own = rules.orderedStream().toList();
    for (RiskRule rule : own) {
      settings = settings.with(rule);
    }
    return settings;
  }

  @Bean
  @ConditionalOnMissingBean
  TrustedDeviceRules faceLockTrustedDeviceRules(GuardProperties.Devices devices) {
    TrustedDeviceRules usual = TrustedDeviceRules.ofDefaults();
    return FaceLockSettingException.checked(
        "facelock.trusted-devices",
        () ->
            new TrustedDeviceRules(
                Objects.requireNonNullElse(devices.lifetime(), usual.lifetime()),
                Objects.requireNonNullElse(devices.most(), usual.most())));
  }

  @Bean
  @ConditionalOnMissingBean
  WatchListRules faceLockWatchListRules(GuardProperties.WatchList watchList) {
    return FaceLockSettingException.checked(
        "facelock.watch-list",
        () -> {
          WatchListRules rules = WatchListRules.ofDefaults();
          Long oneIn = watchList.falseMatchRateOneIn();
          if (oneIn != null) {
            rules = rules.withFalseMatchRate(FalseMatchRate.oneIn(oneIn));
          }
          return watchList.automatic() ? rules.withAutomatic(AutomaticEntries.ofDefaults()) : rules;
        });
  }

  @Bean
  @ConditionalOnMissingBean(ProofIssuer.class)
  JwtProofIssuer faceLockProofIssuer(
      GuardProperties.Proof proof,
      FaceLockProperties properties,
      ObjectProvider<Clock> clocks,
      Environment environment) {
    Clock clock = clocks.getIfUnique(Clock::systemUTC);
    SecureRandom random = new SecureRandom();
    String issuer =
        Objects.requireNonNullElseGet(
            proof.issuer(), () -> ApplicationName.of(properties, environment));
    String audience = Objects.requireNonNullElse(proof.audience(), issuer);
    Path file = proof.keyFile();
    return FaceLockSettingException.checked(
        "facelock.proof",
        () ->
            file == null
                ? JwtProofIssuer.ephemeral(issuer, audience, clock, random)
                : JwtProofIssuer.fromJwk(issuer, audience, read(file), clock, random));
  }

  private static Secret read(Path file) {
    try {
      return Secret.of(Files.readString(file).strip());
    } catch (IOException e) {
      throw new FaceLockSettingException(
          "The file " + file + " of facelock.proof.key-file cannot be read",
          "Put a private JSON Web Key (ES256 or EdDSA) there, readable by this process.");
    }
  }

  @Bean
  @ConditionalOnMissingBean
  @ConditionalOnProperty(name = "facelock.housekeeping.enabled", matchIfMissing = true)
  HousekeepingSettings faceLockHousekeeping(
      GuardProperties.Chores chores, ObjectProvider<ConfiguredStores> stores) {
    return FaceLockSettingException.checked(
        "facelock.housekeeping",
        () -> {
          HousekeepingSettings settings =
              HousekeepingSettings.ofDefaults().resealedPerSecond(chores.resealedPerSecond());
          ConfiguredStores own = stores.getIfAvailable();
          return own == null
              ? settings
              : settings.chore(
                  new Chore("stores", chores.cleanEvery(), now -> own.cleaning().applyAsLong(now)));
        });
  }
}
