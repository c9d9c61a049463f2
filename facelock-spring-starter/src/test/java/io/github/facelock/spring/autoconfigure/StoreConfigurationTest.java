package io.github.facelock.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.Enrolment;
import io.github.facelock.core.store.jdbc.JdbcStores;
import io.github.facelock.core.store.redis.RedisAttemptStore;
import io.github.facelock.core.store.redis.RedisTransactionStore;
import io.github.facelock.spi.store.Stores;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

class StoreConfigurationTest {

  @TempDir Path folder;

  private ApplicationContextRunner runner() {
    return Runners.inMemory()
        .withPropertyValues(
            "facelock.store.type=auto",
            "facelock.data-dir=" + folder,
            "facelock.keys=k1:MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY=");
  }

  private ApplicationContextRunner withDatabase(String url) {
    return runner()
        .withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class))
        .withPropertyValues("spring.datasource.url=" + url);
  }

  private String file(String name) {
    return "jdbc:h2:file:" + folder.resolve(name);
  }

  private static List<String> tables(ApplicationContext context) {
    return new JdbcTemplate(context.getBean(DataSource.class))
        .queryForList(
            "SELECT LOWER(table_name) FROM information_schema.tables"
                + " WHERE table_schema = 'PUBLIC'",
            String.class);
  }

  @Test
  void withoutADataSourceAFileIsUsed() {
    runner()
        .run(
            context -> {
              assertThat(context.getBean(ConfiguredStores.class).place()).startsWith("H2 file");
              assertThat(folder.resolve("facelock.mv.db")).exists();
            });
  }

  @Test
  void theApplicationsDataSourceIsUsedAndTheTablesAreMade() {
    withDatabase(file("own"))
        .run(
            context -> {
              assertThat(context.getBean(ConfiguredStores.class).place()).isEqualTo("data source");
              assertThat(tables(context))
                  .contains("facelock_schema")
                  .doesNotContain("facelock_schema_history");
              context.getBean(Enrolment.class).register(SubjectId.of("anna"));
              assertThat(folder.resolve("facelock.mv.db")).doesNotExist();
            });
  }

  @Test
  void flywayMakesTheTablesWhereTheApplicationUsesItWithAHistoryOfItsOwn() {
    withDatabase(file("flown"))
        .withConfiguration(AutoConfigurations.of(FlywayAutoConfiguration.class))
        .run(
            context -> {
              assertThat(context).hasSingleBean(Flyway.class);
              assertThat(tables(context)).contains("facelock_schema", "facelock_schema_history");
              context.getBean(Enrolment.class).register(SubjectId.of("anna"));
            });
    // Again, over what the first start left.
    withDatabase(file("flown"))
        .withConfiguration(AutoConfigurations.of(FlywayAutoConfiguration.class))
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void flywayTakesOverWhatFaceLockMade() {
    withDatabase(file("both")).run(context -> assertThat(context).hasNotFailed());
    withDatabase(file("both"))
        .withPropertyValues("facelock.store.schema=flyway")
        .run(
            context ->
                assertThat(tables(context)).contains("facelock_schema", "facelock_schema_history"));
  }

  @Test
  void flywayThatIsNotThereIsAskedForWithTheCure() {
    withDatabase(file("own"))
        .withPropertyValues("facelock.store.schema=flyway")
        .withClassLoader(new FilteredClassLoader("org.flywaydb"))
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .isInstanceOfSatisfying(
                        FaceLockSettingException.class,
                        e -> assertThat(e.cure()).contains("spring-boot-starter-flyway")));
  }

  @Test
  void tablesThatNobodyMakesAreMissed() {
    withDatabase(file("empty"))
        .withPropertyValues("facelock.store.schema=none")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .hasMessageContaining("has no FaceLock tables"));
  }

  @Test
  void springBootsDatabaseInMemoryIsRefusedForRealPeople() {
    runner()
        .withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class))
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .hasMessageContaining("in memory"));
    runner()
        .withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class))
        .withPropertyValues("facelock.store.type=jdbc")
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void oneOfSeveralDataSourcesIsNamed() {
    ApplicationContextRunner two =
        runner()
            .withBean("orders", DataSource.class, () -> source("orders"))
            .withBean("people", DataSource.class, () -> source("people"));
    two.run(
        context ->
            assertThat(context.getStartupFailure())
                .rootCause()
                .hasMessageContaining("orders")
                .hasMessageContaining("people"));
    two.withPropertyValues("facelock.store.data-source=people")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              JdbcStores.of(
                  context.getBean("people", DataSource.class), java.time.Clock.systemUTC());
            });
  }

  private DataSource source(String name) {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL(file(name));
    return source;
  }

  @Test
  void storesOfTheApplicationsOwnAreUsed() {
    runner()
        .withBean("own", Stores.class, () -> ConfiguredStores.inMemory(java.time.Clock.systemUTC()))
        .run(context -> assertThat(context).hasSingleBean(Stores.class).hasBean("own"));
  }

  @Test
  void redisWithoutItsClientIsRefusedWithTheCure() {
    runner()
        .withPropertyValues("facelock.redis.host=localhost")
        .withClassLoader(new FilteredClassLoader("redis.clients"))
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .isInstanceOfSatisfying(
                        FaceLockSettingException.class,
                        e -> assertThat(e.cure()).contains("redis.clients:jedis")));
  }

  @Test
  void redisOfTheApplicationIsLeftAloneUnlessAskedFor() {
    runner()
        .withPropertyValues("spring.data.redis.host=localhost", "spring.data.redis.port=1")
        .run(context -> assertThat(context).hasNotFailed());
    runner()
        .withPropertyValues(
            "spring.data.redis.host=localhost",
            "spring.data.redis.port=1",
            "facelock.redis.enabled=true",
            "facelock.redis.answers-within=200ms")
        .run(context -> assertThat(context).hasFailed());
  }

  @Test
  void loginsAndAttemptsGoToRedis(@TempDir Path folder) throws Exception {
    Path program = Path.of("/usr/bin/redis-server");
    if (Boolean.getBoolean("facelock.it.required")) {
      assertThat(program).as("apt-get install redis-server").isExecutable();
    }
    Assumptions.assumeTrue(Files.isExecutable(program), "Redis is not installed");
    int port = freePort();
    Process redis =
        new ProcessBuilder(
                program.toString(), "--port", "" + port, "--bind", "127.0.0.1", "--save", "")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("redis.log").toFile())
            .start();
    try {
      awaitAnswer(redis, port);
      runner()
          .withPropertyValues("facelock.redis.host=localhost", "facelock.redis.port=" + port)
          .run(
              context -> {
                Stores stores = context.getBean(Stores.class);
                assertThat(stores.transactions()).isInstanceOf(RedisTransactionStore.class);
                assertThat(stores.attempts()).isInstanceOf(RedisAttemptStore.class);
                assertThat(context.getBean(ConfiguredStores.class).place()).contains("Redis");
              });
    } finally {
      redis.destroy();
      redis.waitFor();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static void awaitAnswer(Process server, int port) throws IOException {
    while (true) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
        return;
      } catch (ConnectException e) {
        if (!server.isAlive()) {
          throw new IOException("Redis ended with status " + server.exitValue(), e);
        }
        Thread.onSpinWait();
      }
    }
  }
}
