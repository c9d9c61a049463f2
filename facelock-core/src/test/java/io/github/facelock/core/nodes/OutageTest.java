package io.github.facelock.core.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.SubjectId;
import io.github.facelock.core.audit.AuditVerification;
import io.github.facelock.core.servers.LocalServer;
import io.github.facelock.core.servers.MariaDbServer;
import io.github.facelock.core.servers.PostgreSqlServer;
import io.github.facelock.spi.Alert;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The database goes away under load and comes back, of itself as far as FaceLock knows. It is away
 * until enough was answered meanwhile, or longer: {@code -Dfacelock.outage.seconds=30}. Both
 * databases at once: the time is spent with waiting.
 */
class OutageTest {

  private static final Duration LEAST =
      Duration.ofSeconds(Long.getLong("facelock.outage.seconds", 0));
  private static final int ANSWERS = 12;
  private static final Duration PATIENCE = Duration.ofSeconds(60).plus(LEAST);
  private static final Duration DRIVER = Duration.ofSeconds(2);
  private static final int GRANTS = 3;

  private static PostgreSqlServer postgreSql;
  private static MariaDbServer mariaDb;

  @BeforeAll
  static void startServers() {
    postgreSql = PostgreSqlServer.startNew();
    mariaDb = MariaDbServer.startNew();
  }

  @AfterAll
  static void stopServers() {
    if (postgreSql != null) {
      postgreSql.close();
    }
    if (mariaDb != null) {
      mariaDb.close();
    }
  }

  @Test
  void aServerThatIsKilledAndStartedAgain() throws Exception {
    both(LocalServer::kill, LocalServer::start);
  }

  /** Connections stay open, and nothing answers: the driver must give up waiting. */
  @Test
  void aServerThatStandsStillAndGoesOn() throws Exception {
    both(LocalServer::freeze, LocalServer::thaw);
  }

  private static void both(Consumer<LocalServer> take, Consumer<LocalServer> give)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<?>> both =
          List.of(
              threads.submit(
                  () ->
                      story("PostgreSQL", postgreSql, postgreSql.newDatabase(DRIVER), take, give)),
              threads.submit(
                  () -> story("MariaDB", mariaDb, mariaDb.newDatabase(DRIVER), take, give)));
      for (Future<?> each : both) {
        each.get(5, TimeUnit.MINUTES);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Void story(
      String name,
      LocalServer server,
      String address,
      Consumer<LocalServer> take,
      Consumer<LocalServer> give)
      throws Exception {
    try (Load load = new Load(address)) {
      load.start();
      long start = System.nanoTime();
      await(name + " lets people in", () -> load.fewestGrantsAfter(start) >= GRANTS);

      take.accept(server);
      long gone = System.nanoTime();
      assertThatThrownBy(() -> load.node(0).enrolment().register(SubjectId.of("nobody")))
          .as(name)
          .isInstanceOf(FaceLockException.Store.class)
          .hasMessageContaining("try");
      await(
          name + " is away",
          () ->
              System.nanoTime() - gone > LEAST.toNanos()
                  && load.answersBetween(gone, System.nanoTime()).size() >= ANSWERS);
      long back = System.nanoTime();
      give.accept(server);

      // Nobody does anything about it.
      await(name + " lets people in again", () -> load.fewestGrantsAfter(back) >= GRANTS);
      load.stop();

      List<Load.Answer> during = load.answersBetween(gone, back);
      assertThat(during)
          .as("%s: answers while it was away", name)
          .hasSizeGreaterThanOrEqualTo(ANSWERS);
      assertThat(during).extracting(Load.Answer::said).as(name).containsOnly("UNAVAILABLE");
      assertThat(load.answers())
          .as("%s: nothing is thrown, and the guesser gets nowhere", name)
          .noneMatch(answer -> answer.said().startsWith("thrown"))
          .noneMatch(answer -> answer.who().equals("guesser") && answer.said().equals("granted"));
      assertThat(load.saidToSpentCodes()).as(name).doesNotContain("granted");

      assertThat(load.node(1).audit().orElseThrow().verify())
          .as("%s: the trail", name)
          .isInstanceOf(AuditVerification.Intact.class);
      load.enrolFace(1);
      await(name + ": the other node finds a face", () -> load.isRecognised(1, "192.0.2.99"));
      load.node(0).alerts().raise(sensor());
      load.alerts().await(Alert.Cause.SENSOR);
    }
    return null;
  }

  private static Alert sensor() {
    return new Alert(
        Instant.now(), Alert.Cause.SENSOR, Optional.empty(), Optional.empty(), "door", Map.of());
  }

  private static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }
}
