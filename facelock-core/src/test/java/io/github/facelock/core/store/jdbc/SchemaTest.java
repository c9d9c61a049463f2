package io.github.facelock.core.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.Role;
import io.github.facelock.core.AtOnce;
import io.github.facelock.spi.store.Subject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tables are made once, found again, and refused when they are not ours. */
class SchemaTest {

  private static final Subject ANNA =
      new Subject(
          SubjectId.of("anna"),
          Set.of(Role.ADMIN),
          false,
          Instant.parse("2030-01-01T00:00:00Z"),
          1);

  @ParameterizedTest
  @EnumSource
  void tablesAreMadeOnceAndKeepWhatTheyHold(TestDatabase database) {
    try (HikariDataSource pool = TestDatabase.pool(database.newUrl())) {
      JdbcStores.initialise(pool);
      assertThat(JdbcStores.of(pool, Clock.systemUTC()).subjects().insert(ANNA)).isTrue();

      JdbcStores.initialise(pool);

      assertThat(JdbcStores.of(pool, Clock.systemUTC()).subjects().find(ANNA.id())).contains(ANNA);
    }
  }

  @ParameterizedTest
  @EnumSource
  void severalNodesMayStartAtOnce(TestDatabase database) {
    try (HikariDataSource pool = TestDatabase.pool(database.newUrl())) {
      AtOnce.call(
          6,
          node -> {
            JdbcStores.initialise(pool);
            return true;
          });

      assertThat(JdbcStores.of(pool, Clock.systemUTC()).subjects().insert(ANNA)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aScriptThatWasCutOffIsRunAgain(TestDatabase database) throws SQLException {
    try (HikariDataSource pool = TestDatabase.pool(database.newUrl())) {
      JdbcStores.initialise(pool);
      execute(pool, "DELETE FROM facelock_schema");
      execute(pool, "DROP TABLE facelock_outbox");

      JdbcStores.initialise(pool);

      assertThat(JdbcStores.of(pool, Clock.systemUTC()).outbox().find("x")).isEmpty();
      assertThat(JdbcStores.of(pool, Clock.systemUTC()).audit().marks().head()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void missingAndNewerTablesAreRefusedWithTheCure(TestDatabase database) throws SQLException {
    try (HikariDataSource pool = TestDatabase.pool(database.newUrl())) {
      assertThatThrownBy(() -> JdbcStores.of(pool, Clock.systemUTC()))
          .isInstanceOf(FaceLockException.Store.class)
          .hasMessageContaining("no FaceLock tables")
          .hasMessageContaining("initialise");
      JdbcStores.initialise(pool);
      execute(pool, "INSERT INTO facelock_schema (version) VALUES (99)");

      assertThatThrownBy(() -> JdbcStores.of(pool, Clock.systemUTC()))
          .isInstanceOf(FaceLockException.Store.class)
          .hasMessageContaining("version 99");
      assertThatThrownBy(() -> JdbcStores.initialise(pool))
          .isInstanceOf(FaceLockException.Store.class)
          .hasMessageContaining("newer FaceLock");
    }
  }

  @Test
  void aDatabaseThatIsNotThereIsNamedAsTheCause() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl("jdbc:postgresql://127.0.0.1:1/nothing?user=u&password=topsecret");
    config.setInitializationFailTimeout(-1);
    config.setConnectionTimeout(300);
    try (HikariDataSource pool = new HikariDataSource(config)) {
      assertThatThrownBy(() -> JdbcStores.of(pool, Clock.systemUTC()))
          .isInstanceOf(FaceLockException.Store.class)
          .hasMessageContaining("does not answer")
          .hasMessageNotContaining("topsecret");
    }
  }

  @Test
  void aFileIsADatabaseThatOutlivesItsProcessAnd(@TempDir Path folder) {
    Path file = folder.resolve("door");
    try (JdbcStores stores = JdbcStores.inFile(file, Clock.systemUTC())) {
      assertThat(stores.subjects().insert(ANNA)).isTrue();
    }
    try (JdbcStores stores = JdbcStores.inFile(file, Clock.systemUTC())) {
      assertThat(stores.subjects().find(ANNA.id())).contains(ANNA);
    }
    assertThatThrownBy(() -> JdbcStores.inFile(folder.resolve("a;INIT=x"), Clock.systemUTC()))
        .isInstanceOf(FaceLockException.Store.class)
        .hasMessageContaining("semicolon");
  }

  private static void execute(HikariDataSource pool, String sql) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
