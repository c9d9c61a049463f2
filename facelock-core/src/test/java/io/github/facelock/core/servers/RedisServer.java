package io.github.facelock.core.servers;

import io.github.facelock.core.fixtures.TestCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Redis with options of the test's; without any it keeps nothing on the disk. */
public final class RedisServer extends LocalServer {

  private final Path program;
  private final List<String> options;
  private final Optional<TestCertificate> certificate;

  private RedisServer(List<String> options, Optional<TestCertificate> certificate) {
    super("redis", "redis-server", "redis");
    this.program = program("redis-server", "/usr/bin/redis-server", "/usr/local/bin/redis-server");
    this.options = List.copyOf(options);
    this.certificate = certificate;
    certificate.ifPresent(shown -> shown.writePem(folder()));
    give(folder());
  }

  /** A server that is the caller's to stop. */
  public static RedisServer startNew(String... options) {
    RedisServer server = new RedisServer(List.of(options), Optional.empty());
    server.start();
    return server;
  }

  /** A server that talks TLS only, and shows a certificate. */
  public static RedisServer startEncrypted(TestCertificate certificate) {
    RedisServer server = new RedisServer(List.of(), Optional.of(certificate));
    server.start();
    return server;
  }

  @Override
  List<String> command() {
    List<String> command = new ArrayList<>(List.of(program.toString(), "--bind", "127.0.0.1"));
    command.addAll(List.of("--dir", folder().toString(), "--save", ""));
    String port = Integer.toString(port());
    if (certificate.isPresent()) {
      command.addAll(List.of("--port", "0", "--tls-port", port, "--tls-auth-clients", "no"));
      command.addAll(List.of("--tls-cert-file", folder().resolve("certificate.pem").toString()));
      command.addAll(List.of("--tls-key-file", folder().resolve("key.pem").toString()));
    } else {
      command.addAll(List.of("--port", port));
    }
    command.addAll(options);
    return command;
  }

  @Override
  void greet() throws IOException, GeneralSecurityException {
    try (Socket socket = connect()) {
      socket.setSoTimeout(2000);
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      int first = in.read();
      // A minus too: it answers, and asks for a password.
      if (first != '+' && first != '-') {
        throw new IOException("Redis is not ready");
      }
    }
  }

  private Socket connect() throws IOException, GeneralSecurityException {
    InetAddress here = InetAddress.getLoopbackAddress();
    return certificate.isPresent()
        ? certificate.get().trusting().getSocketFactory().createSocket(here, port())
        : new Socket(here, port());
  }
}
