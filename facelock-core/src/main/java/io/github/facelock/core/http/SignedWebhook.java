package io.github.facelock.core.http;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Posts JSON to one address and signs it as {@link WebhookSignature} says. Any 2xx means that the
 * receiver took the message. Thread-safe.
 */
public final class SignedWebhook {

  private final BoundedHttp http;
  private final URI uri;
  private final WebhookSignature signature;

  /**
   * Makes a webhook.
   *
   * @param uri where to post; {@code https} except on this machine
   * @param secret as for {@link WebhookSignature#WebhookSignature}
   * @param settings the bounds
   * @throws IllegalArgumentException if the address or the secret is malformed
   */
  public SignedWebhook(URI uri, Secret secret, HttpSettings settings) {
    this.http = new BoundedHttp(settings);
    this.uri = settings.requireUsable(uri);
    this.signature = new WebhookSignature(secret);
  }

  /**
   * Posts.
   *
   * @param id names the message, the same for each try
   * @param at the time
   * @param json the body
   * @throws FaceLockException.Delivery if the receiver did not take it
   */
  public void post(String id, Instant at, String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put(WebhookSignature.ID_HEADER, id);
    headers.put(WebhookSignature.TIMESTAMP_HEADER, Long.toString(at.getEpochSecond()));
    headers.put(WebhookSignature.SIGNATURE_HEADER, signature.sign(id, at, body));
    HttpReply reply = http.post(uri, headers, body);
    if (!reply.taken()) {
      throw refusal("The webhook at " + uri.getHost(), reply, Optional.empty());
    }
  }

  /** What a status that is not 2xx means for the next try. */
  static FaceLockException.Delivery refusal(String server, HttpReply reply, Optional<String> code) {
    String answer =
        "HTTP status " + reply.status() + code.map(text -> ", its code " + text).orElse("");
    IOException beneath = new IOException(answer);
    return switch (reply.status()) {
      case 408, 425, 429, 503 ->
          FaceLockException.Delivery.after(
              server + " asks for patience (" + answer + "); it is tried again",
              reply.retryAfter().orElse(Duration.ZERO),
              beneath);
      // Broken while it worked on the request, or behind a gateway: it may have been taken.
      case 500, 502, 504 ->
          FaceLockException.Delivery.uncertain(
              server + " failed (" + answer + "); check its state", beneath);
      case 401, 403 ->
          new FaceLockException.Delivery(
              server + " refused the login (" + answer + "); check account and secret",
              false,
              beneath);
      default ->
          new FaceLockException.Delivery(
              server
                  + (reply.status() / 100 == 3
                      ? " redirects, which is not followed (" + answer + "); give its final address"
                      : " refused the message (" + answer + "); check settings and destination"),
              false,
              beneath);
    };
  }

  @Override
  public String toString() {
    return "SignedWebhook[" + uri.getHost() + "]";
  }
}
