package io.github.facelock.spring.autoconfigure;

import io.github.facelock.api.Secret;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * One-time codes.
 *
 * @param digits Digits of a code that is sent, 7 to 10. Defaults to 8.
 * @param validFor How long a code that was sent is accepted, at most 10 minutes. Defaults to 5
 *     minutes.
 * @param coolDown How long a person waits before a code is sent again. Defaults to 30 seconds.
 * @param maxSends How many codes one login sends, at most 10. Defaults to 3.
 * @param hotpLookAhead How many presses of a counting token's button may be lost. Defaults to 10.
 * @param recoveryCodes How many recovery codes a list has, 10 to 20. Defaults to 12.
 * @param webhooks Services of your own that take codes and send them.
 */
@ConfigurationProperties("facelock.codes")
@Validated
record CodeProperties(
    @Nullable @Min(7) @Max(10) Integer digits,
    @Nullable Duration validFor,
    @Nullable Duration coolDown,
    @Nullable @Min(1) @Max(10) Integer maxSends,
    @Nullable @Min(0) @Max(50) Integer hotpLookAhead,
    @Nullable @Min(10) @Max(20) Integer recoveryCodes,
    @DefaultValue List<@Valid Webhook> webhooks) {

  CodeProperties {
    webhooks = List.copyOf(webhooks);
  }

  /**
   * A service that takes codes.
   *
   * @param factor Which codes it carries: email-code or sms-code.
   * @param uri Address to which codes are posted.
   * @param secret Secret that signs: whsec_ and the Base64 of 24 to 64 random bytes.
   */
  record Webhook(@DefaultValue("sms-code") String factor, URI uri, Secret secret) {}
}
