package io.github.facelock.spring.autoconfigure;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** What surrounds a login: risk rules, trusted devices, the watch-list, proofs and chores. */
final class GuardProperties {

  private GuardProperties() {}

  /**
   * Rules that look at the circumstances of logins.
   *
   * @param recommended Whether new networks and repeated failures raise alerts and ask for a
   *     policy's steps of when risk.
   * @param refusedNetworks File with networks (CIDR, one a line) from which nobody gets in; read
   *     again when it changes.
   */
  @ConfigurationProperties("facelock.risk")
  record Risk(@DefaultValue("false") boolean recommended, @Nullable Path refusedNetworks) {}

  /**
   * Devices that people trust. They matter to policies with steps of unless-trusted-device.
   *
   * @param lifetime How long a device is trusted.
   * @param most How many devices a person may trust.
   */
  @ConfigurationProperties("facelock.trusted-devices")
  @Validated
  record Devices(@Nullable Duration lifetime, @Nullable @Min(1) Integer most) {}

  /**
   * Faces that are kept out.
   *
   * @param falseMatchRateOneIn How seldom somebody may be taken for a face of the list, one in so
   *     many.
   * @param automatic Whether faces get on the list by themselves that were refused often, or that
   *     an attack was presented with.
   */
  @ConfigurationProperties("facelock.watch-list")
  @Validated
  record WatchList(
      @Nullable @Min(1) Long falseMatchRateOneIn, @DefaultValue("false") boolean automatic) {}

  /**
   * What a login proved, signed (JWT).
   *
   * @param keyFile File with the private key as a JSON Web Key (ES256 or EdDSA), readable by its
   *     owner only. Without it a key is used that ends with the process.
   * @param issuer Who signs. Defaults to the application's name.
   * @param audience Which service proofs are for. Defaults to the issuer.
   */
  @ConfigurationProperties("facelock.proof")
  record Proof(@Nullable Path keyFile, @Nullable String issuer, @Nullable String audience) {}

  /**
   * What is done at intervals.
   *
   * @param enabled Whether this node does it.
   * @param resealedPerSecond How many records are sealed anew in a second while a key is rotated; 0
   *     for never.
   * @param cleanEvery How often rows are removed that no store needs any more.
   */
  @ConfigurationProperties("facelock.housekeeping")
  @Validated
  record Chores(
      @DefaultValue("true") boolean enabled,
      @DefaultValue("500") @Min(0) @Max(100_000) int resealedPerSecond,
      @DefaultValue("1h") Duration cleanEvery) {}
}
