package io.github.facelock.core.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.Outcome;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Response;
import io.github.facelock.core.fixtures.RedisServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** This process and another one, on one Redis. */
class TwoProcessesTest {

  private static final int CALLS_OF_EACH = 50;
  private static final RequestContext REQUEST = RequestContext.from("192.0.2.250");

  @TempDir private static Path folder;
  private static RedisServer server;
  private static RedisNode here;
  private static Process there;
  private static Writer commands;
  private static BufferedReader answers;

  @BeforeAll
  static void startBoth() throws Exception {
    server =
        RedisServer.start(
            folder,
            "--maxmemory-policy",
            "noeviction",
            "--appendonly",
            "yes",
            "--appendfsync",
            "always");
    there =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                RedisNode.class.getName(),
                Integer.toString(server.port()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    commands = there.outputWriter(StandardCharsets.UTF_8);
    answers =
        new BufferedReader(new InputStreamReader(there.getInputStream(), StandardCharsets.UTF_8));
    here = new RedisNode(server.port());
    assertThat(answers.readLine()).isEqualTo("ready");
  }

  @AfterAll
  static void stopBoth() {
    if (there != null) {
      there.destroyForcibly();
    }
    if (here != null) {
      here.close();
    }
    if (server != null) {
      server.close();
    }
  }

  private static CompletableFuture<Integer> ask(String command) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            commands.write(command + "\n");
            commands.flush();
            return Integer.parseInt(answers.readLine());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Test
  void oneOfAHundredSubmissionsOfOneCodeIsGranted() throws Exception {
    for (int round = 0; round < 3; round++) {
      Outcome asked = here.faceLock().authenticator().begin(RedisNode.ANN, REQUEST);
      Outcome code =
          here.faceLock()
              .authenticator()
              .advance(((Outcome.Challenge) asked).handle(), Response.pin(RedisNode.PIN), REQUEST);
      String handle = ((Outcome.Challenge) code).handle().value();
      String sent = here.mailbox().awaitCode(RedisNode.ADDRESS);

      CompletableFuture<Integer> other = ask("submit " + handle + " " + sent + " " + CALLS_OF_EACH);
      int granted = here.submit(handle, sent, CALLS_OF_EACH);

      assertThat(granted + other.get()).as("round %d", round).isEqualTo(1);
    }
  }

  @Test
  void theLimitOfAttemptsHoldsExactlyOverBoth() throws Exception {
    CompletableFuture<Integer> other = ask("guess " + CALLS_OF_EACH);
    int judged = here.guess(CALLS_OF_EACH);

    assertThat(judged + other.get()).isEqualTo(5);
  }

  @Test
  void nothingReadableLiesInRedis() throws Exception {
    Outcome asked = here.faceLock().authenticator().begin(RedisNode.CLEO, REQUEST);
    Outcome code =
        here.faceLock()
            .authenticator()
            .advance(((Outcome.Challenge) asked).handle(), Response.pin(RedisNode.PIN), REQUEST);
    String handle = ((Outcome.Challenge) code).handle().value();
    String sent = here.mailbox().awaitCode(RedisNode.CLEOS_ADDRESS);

    StringBuilder written = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        written.append(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }

    assertThat(written).contains("facelock:login:").contains("facelock:attempt:");
    for (String secret : List.of(RedisNode.PIN, handle, sent, "cleo", "example.org", "192.0.2")) {
      assertThat(written.indexOf(secret))
          .as("a secret of %d characters", secret.length())
          .isNegative();
      byte[] wide = secret.getBytes(StandardCharsets.UTF_16BE);
      assertThat(written.indexOf(new String(wide, StandardCharsets.ISO_8859_1))).isNegative();
    }
  }
}
