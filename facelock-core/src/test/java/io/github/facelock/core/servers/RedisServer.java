package io.github.facelock.core.servers;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Redis, durable: each write is on the disk before it is answered. */
public final class RedisServer extends LocalServer {

  private final Path program;

  private RedisServer(Path program) {
    super("redis", "redis-server", "redis");
    this.program = program;
    give(folder());
  }

  /** The server of this JVM, started when first asked for. */
  public static RedisServer shared() {
    return Shared.SERVER;
  }

  /** Another server, for tests that stop it. */
  public static RedisServer startNew() {
    RedisServer server = new RedisServer(program("redis-server", "/usr/bin/redis-server"));
    server.start();
    return server;
  }

  @Override
  List<String> command() {
    return List.of(
        program.toString(),
        "--port",
        Integer.toString(port()),
        "--bind",
        "127.0.0.1",
        "--dir",
        folder().toString(),
        "--appendonly",
        "yes",
        "--appendfsync",
        "always",
        "--save",
        "");
  }

  @Override
  void greet() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.setSoTimeout(2000);
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      byte[] answer = in.readNBytes(5);
      if (!"+PONG".equals(new String(answer, StandardCharsets.US_ASCII))) {
        throw new IOException("Redis is not ready");
      }
    }
  }

  private static final class Shared {
    private static final RedisServer SERVER = startNew();
  }
}
