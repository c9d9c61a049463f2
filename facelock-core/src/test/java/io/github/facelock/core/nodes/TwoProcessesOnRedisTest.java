package io.github.facelock.core.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.core.servers.RedisServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Two processes on one Redis. */
class TwoProcessesOnRedisTest extends TwoProcesses {

  private RedisServer server;

  @Override
  String[] share() {
    server =
        RedisServer.startNew(
            "--maxmemory-policy", "noeviction", "--appendonly", "yes", "--appendfsync", "always");
    return new String[] {"redis", Integer.toString(server.port())};
  }

  @Override
  Node open() {
    return Node.onRedis(server.port());
  }

  @AfterAll
  void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void nothingReadableLiesInRedis() throws Exception {
    String handle = askForCode(Node.CLEO);
    String sent = here().mailbox().awaitCode(Node.CLEOS_ADDRESS);

    StringBuilder written = new StringBuilder();
    try (Stream<Path> files = Files.walk(server.folder())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        written.append(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }

    assertThat(written).contains("facelock:login:").contains("facelock:attempt:");
    for (String secret : List.of(Node.PIN, handle, sent, "cleo", "example.org", "192.0.2")) {
      assertThat(written.indexOf(secret))
          .as("a secret of %d characters", secret.length())
          .isNegative();
      byte[] wide = secret.getBytes(StandardCharsets.UTF_16BE);
      assertThat(written.indexOf(new String(wide, StandardCharsets.ISO_8859_1))).isNegative();
    }
  }
}
