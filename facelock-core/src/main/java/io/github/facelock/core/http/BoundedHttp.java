package io.github.facelock.core.http;

import io.github.facelock.api.FaceLockException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * Sends requests to servers that may refuse, hang, or answer anything at any length. Follows no
 * redirect, keeps no cookie, reads a bounded reply in a bounded time. Thread-safe. What it throws
 * names the host, and neither path, query nor body.
 */
public final class BoundedHttp {

  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,5}");
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private final HttpSettings settings;
  private final HttpClient client;

  /**
   * Makes a client. Connects when the first request is sent.
   *
   * @param settings the bounds
   */
  public BoundedHttp(HttpSettings settings) {
    this.settings = Objects.requireNonNull(settings, "settings");
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.connectWithin());
    settings.tls().ifPresent(builder::sslContext);
    this.client = builder.build();
  }

  /**
   * Posts.
   *
   * @param uri where, as for {@link HttpSettings#requireUsable}
   * @param headers by name, {@code Content-Type} among them
   * @param body what
   * @return the answer, whatever its status
   * @throws FaceLockException.Delivery if there was none; {@linkplain
   *     FaceLockException.Delivery#uncertain() uncertain} if the server may have read the request
   */
  public HttpReply post(URI uri, Map<String, String> headers, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(settings.requireUsable(uri))
            .timeout(settings.exchangeWithin())
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::setHeader);
    CompletableFuture<HttpResponse<byte[]>> exchange =
        client.sendAsync(request.build(), info -> new BoundedBody(settings.maxReplyBytes()));
    String server = "Server " + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    try {
      // The request's own time-out ends with the reply's head; this one bounds the body too.
      HttpResponse<byte[]> response =
          exchange.get(settings.exchangeWithin().toMillis(), TimeUnit.MILLISECONDS);
      return new HttpReply(
          response.statusCode(),
          new String(response.body(), StandardCharsets.UTF_8),
          response.headers().firstValue("Retry-After").flatMap(BoundedHttp::wait));
    } catch (TimeoutException e) {
      exchange.cancel(true);
      throw tooSlow(server);
    } catch (InterruptedException e) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      throw FaceLockException.Delivery.uncertain(
          server + " was given up because the thread was interrupted", plain("interrupted"));
    } catch (ExecutionException e) {
      throw explained(server, e);
    }
  }

  private static Optional<Duration> wait(String header) {
    return Optional.of(header.strip())
        .filter(text -> SECONDS.matcher(text).matches())
        .map(text -> Duration.ofSeconds(Long.parseLong(text)))
        .map(wait -> wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
  }

  private FaceLockException.Delivery tooSlow(String server) {
    return FaceLockException.Delivery.uncertain(
        server
            + " did not answer within "
            + settings.exchangeWithin().toMillis()
            + " ms; check its load, or give it longer",
        plain("time-out"));
  }

  private FaceLockException.Delivery explained(String server, ExecutionException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
        return new FaceLockException.Delivery(
            server + " cannot be reached; check host, port and firewall", true, plain("connect"));
      }
      if (cause instanceof SSLException) {
        return new FaceLockException.Delivery(
            server
                + " could not prove who it is by TLS; check its certificate and name, or give the"
                + " right trust store",
            false,
            plain("TLS"));
      }
      if (cause instanceof HttpTimeoutException) {
        return tooSlow(server);
      }
    }
    return FaceLockException.Delivery.uncertain(
        server + " broke off, or does not answer as a web server; check host and port",
        plain("broken"));
  }

  /** Without the exception beneath: its message may repeat an address. */
  private static IOException plain(String reason) {
    return new IOException(reason);
  }
}
