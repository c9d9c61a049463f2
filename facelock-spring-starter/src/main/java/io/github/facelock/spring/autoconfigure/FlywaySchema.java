package io.github.facelock.spring.autoconfigure;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.ListableBeanFactory;

/**
 * Lets Flyway make the tables, with a history of its own: the versions of FaceLock's scripts are
 * not those of the application's. The only class that needs Flyway, which is optional.
 */
final class FlywaySchema {

  private static final String HISTORY = "facelock_schema_history";

  private FlywaySchema() {}

  static boolean isUsedBy(ListableBeanFactory beans) {
    return beans.getBeanNamesForType(Flyway.class, true, false).length > 0;
  }

  static void migrate(DataSource source) {
    Flyway.configure()
        .dataSource(source)
        .table(HISTORY)
        .locations("classpath:db/facelock/" + folder(source))
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load()
        .migrate();
  }

  private static String folder(DataSource source) {
    try (Connection connection = source.getConnection()) {
      return connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
    } catch (SQLException e) {
      throw new FaceLockSettingException(
          "The database does not answer (SQL state " + e.getSQLState() + ")",
          "Check spring.datasource.url, user and password, and that the database runs.");
    }
  }
}
