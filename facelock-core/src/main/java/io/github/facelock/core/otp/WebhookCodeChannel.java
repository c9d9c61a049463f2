package io.github.facelock.core.otp;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import io.github.facelock.core.http.HttpSettings;
import io.github.facelock.core.http.JsonText;
import io.github.facelock.core.http.SignedWebhook;
import io.github.facelock.core.http.WebhookSignature;
import io.github.facelock.spi.DeliveryReport;
import io.github.facelock.spi.DeliveryReports;
import io.github.facelock.spi.DeliveryStatus;
import io.github.facelock.spi.OtpChannel;
import io.github.facelock.spi.OtpMessage;
import io.github.facelock.spi.ProviderCall;
import io.github.facelock.spi.SendReceipt;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gives codes to a service of the operator's own, which sends them by whatever it has: a messenger,
 * another SMS provider, a printer. Thread-safe. What it throws holds neither destination nor code.
 *
 * <p>It posts JSON, signed as {@link WebhookSignature} says, with the members {@code type} ({@code
 * facelock.code}), {@code id}, {@code factor}, {@code destination}, {@code code}, {@code
 * validForSeconds}, {@code expiresAt} and {@code locale}. The {@code webhook-id} is the same for
 * each try, so that the receiver can drop repetitions.
 *
 * <p>The receiver may report later what became of a message, by a call that is signed likewise with
 * the same secret: {@code {"id": "…", "status": "delivered"}}, or {@code queued}, {@code sent},
 * {@code failed}.
 */
public final class WebhookCodeChannel implements OtpChannel, DeliveryReports {

  private static final Pattern ID =
      Pattern.compile("\"id\"\\s{0,8}:\\s{0,8}\"([A-Za-z0-9._:/-]{1,128})\"");
  private static final Pattern STATUS =
      Pattern.compile("\"status\"\\s{0,8}:\\s{0,8}\"(queued|sent|delivered|failed)\"");

  private final FactorType factor;
  private final SignedWebhook webhook;
  private final WebhookSignature signature;
  private final Clock clock;

  /**
   * Makes a channel.
   *
   * @param factor which codes it carries
   * @param uri where to post; {@code https} except on this machine
   * @param secret {@code whsec_} and the base64 of 24 to 64 random bytes
   * @param settings bounds and trust
   * @param clock dates the signatures
   * @throws IllegalArgumentException if the address or the secret is malformed
   */
  public WebhookCodeChannel(
      FactorType factor, URI uri, Secret secret, HttpSettings settings, Clock clock) {
    this.factor = Objects.requireNonNull(factor, "factor");
    this.webhook = new SignedWebhook(uri, secret, settings);
    this.signature = new WebhookSignature(secret);
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  @Override
  public FactorType factor() {
    return factor;
  }

  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public SendReceipt send(OtpMessage message) {
    Instant now = clock.instant();
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("type", "facelock.code");
    members.put("id", message.id());
    members.put("factor", factor.id());
    members.put("destination", new String(message.destination().reveal()));
    members.put("code", new String(message.code().reveal()));
    members.put("validForSeconds", message.validFor().toSeconds());
    members.put("expiresAt", now.plus(message.validFor()).toString());
    members.put("locale", message.locale().toLanguageTag());
    webhook.post(message.id(), now, JsonText.object(members));
    return SendReceipt.of(DeliveryStatus.QUEUED);
  }

  @Override
  public Optional<DeliveryReport> read(ProviderCall call) {
    boolean signed =
        signature.verify(
            call.header(WebhookSignature.ID_HEADER).orElse(""),
            call.header(WebhookSignature.TIMESTAMP_HEADER).orElse(""),
            call.header(WebhookSignature.SIGNATURE_HEADER).orElse(""),
            call.body().getBytes(StandardCharsets.UTF_8),
            clock.instant());
    Matcher id = ID.matcher(call.body());
    Matcher status = STATUS.matcher(call.body());
    if (!signed || !id.find() || !status.find()) {
      return Optional.empty();
    }
    DeliveryStatus reached =
        switch (status.group(1)) {
          case "queued" -> DeliveryStatus.QUEUED;
          case "sent" -> DeliveryStatus.SENT;
          case "delivered" -> DeliveryStatus.DELIVERED;
          default -> DeliveryStatus.FAILED;
        };
    return Optional.of(new DeliveryReport(Optional.of(id.group(1)), id.group(1), reached, ""));
  }
}
