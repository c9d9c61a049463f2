package io.github.facelock.core.alert;

import io.github.facelock.api.SubjectId;
import io.github.facelock.core.http.JsonText;
import io.github.facelock.core.http.SignedWebhook;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.AlertMessage;
import io.github.facelock.spi.AlertSink;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Posts alerts as JSON, signed with HMAC-SHA256 as {@link
 * io.github.facelock.core.http.WebhookSignature} says ({@code webhook-id}, {@code
 * webhook-timestamp}, {@code webhook-signature}). Follows no redirect; time and size are bounded.
 * Thread-safe.
 *
 * <p>The body has the members {@code id}, {@code type} ({@code facelock.alert}), {@code cause},
 * {@code severity}, {@code at} (ISO 8601), {@code count}, {@code level}, {@code source}, {@code
 * details}; and where there is one, {@code subject}, {@code factor}, {@code acknowledge} and {@code
 * snapshot} (base64 of a JPEG file).
 */
public final class WebhookAlertSink implements AlertSink {

  private final SignedWebhook webhook;
  private final Clock clock;

  /**
   * Uses a receiver.
   *
   * @param webhook the receiver
   * @param clock dates the signature
   */
  public WebhookAlertSink(SignedWebhook webhook, Clock clock) {
    this.webhook = Objects.requireNonNull(webhook, "webhook");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  @Override
  public void deliver(AlertMessage message) {
    Alert alert = message.alert();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("id", message.id());
    body.put("type", "facelock.alert");
    body.put("cause", alert.cause().name());
    body.put("severity", message.severity().name());
    body.put("at", alert.at().toString());
    body.put("count", message.count());
    body.put("level", message.level());
    alert.subject().map(SubjectId::value).ifPresent(subject -> body.put("subject", subject));
    alert.factor().ifPresent(factor -> body.put("factor", factor.id()));
    body.put("source", alert.source());
    body.put("details", new TreeMap<>(alert.details()));
    message.acknowledge().ifPresent(link -> body.put("acknowledge", new String(link.reveal())));
    message
        .snapshot()
        .ifPresent(
            snapshot -> body.put("snapshot", Base64.getEncoder().encodeToString(snapshot.jpeg())));
    webhook.post(message.id(), clock.instant(), JsonText.object(body));
  }
}
