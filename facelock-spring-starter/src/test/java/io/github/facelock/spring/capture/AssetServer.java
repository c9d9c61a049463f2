package io.github.facelock.spring.capture;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves what the starter's jar holds under {@code /facelock/assets}, and pages that a test writes,
 * under a policy as strict as a login page can have.
 */
final class AssetServer implements AutoCloseable {

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri"
          + " 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for"
          + " 'script'; trusted-types 'none'";

  /** What a test answers. */
  @FunctionalInterface
  interface Handler {
    Answer handle(byte[] body, Map<String, String> headers);
  }

  /** An answer; whoever makes it no longer changes the bytes. */
  static final class Answer {
    private final int status;
    private final String type;
    private final byte[] body;

    Answer(int status, String type, byte[] body) {
      this.status = status;
      this.type = type;
      this.body = body;
    }

    static Answer json(int status, String json) {
      return new Answer(status, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Answer> files = new ConcurrentHashMap<>();
  private final Map<String, Handler> handlers = new ConcurrentHashMap<>();

  AssetServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  AssetServer page(String path, String html) {
    return file(path, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
  }

  AssetServer file(String path, String type, byte[] content) {
    files.put(path, new Answer(200, type, content));
    return this;
  }

  AssetServer on(String path, Handler handler) {
    handlers.put(path, handler);
    return this;
  }

  /** An address with a name, because a camera needs a secure context and localhost is one. */
  String url(String path) {
    return "http://localhost:" + server.getAddress().getPort() + path;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      byte[] body = exchange.getRequestBody().readAllBytes();
      Answer answer = find(path, body, exchange);
      exchange.getResponseHeaders().set("Content-Type", answer.type);
      exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
      exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
      exchange.sendResponseHeaders(
          answer.status, answer.body.length == 0 ? -1 : answer.body.length);
      exchange.getResponseBody().write(answer.body);
    }
  }

  private Answer find(String path, byte[] body, HttpExchange exchange) throws IOException {
    Handler handler = handlers.get(path);
    if (handler != null) {
      Map<String, String> headers = new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
      return handler.handle(body, headers);
    }
    Answer file = files.get(path);
    if (file != null) {
      return file;
    }
    try (InputStream asset =
        path.startsWith("/facelock/assets/")
            ? AssetServer.class.getResourceAsStream("/META-INF/resources" + path)
            : null) {
      return asset == null
          ? new Answer(404, "text/plain", new byte[0])
          : new Answer(
              200,
              path.endsWith(".js") ? "text/javascript; charset=utf-8" : "text/css; charset=utf-8",
              asset.readAllBytes());
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
