package io.github.facelock.benchmarks.load;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.facelock.core.store.jdbc.JdbcStores;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import javax.sql.DataSource;

/** A database under load: its pool, its stores, and what it calls itself. */
public final class Target implements AutoCloseable {

  private static final int CONNECTIONS = 16;

  private final HikariDataSource pool;
  private final JdbcStores stores;
  private final String product;

  private Target(HikariDataSource pool, JdbcStores stores, String product) {
    this.pool = pool;
    this.stores = stores;
    this.product = product;
  }

  /**
   * Opens a database that is empty or was used by this tool before, and makes the tables.
   *
   * @param url a JDBC address
   * @param user empty if the address says it
   * @param password empty if none is needed
   * @return the database
   */
  public static Target open(String url, Optional<String> user, Optional<String> password) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    user.ifPresent(config::setUsername);
    password.ifPresent(config::setPassword);
    config.setMaximumPoolSize(CONNECTIONS);
    HikariDataSource pool;
    try {
      pool = new HikariDataSource(config);
    } catch (RuntimeException e) {
      throw new IllegalStateException("The database cannot be opened: " + e.getMessage(), e);
    }
    try {
      JdbcStores.initialise(pool);
      return new Target(pool, JdbcStores.of(pool, Clock.systemUTC()), product(pool));
    } catch (RuntimeException | Error e) {
      pool.close();
      throw e;
    }
  }

  private static String product(DataSource source) {
    try (Connection connection = source.getConnection()) {
      return connection.getMetaData().getDatabaseProductName()
          + " "
          + connection.getMetaData().getDatabaseProductVersion();
    } catch (SQLException e) {
      throw new IllegalStateException("The database does not tell its name", e);
    }
  }

  /**
   * Names the product.
   *
   * @return with its version
   */
  public String product() {
    return product;
  }

  /**
   * Gives its stores.
   *
   * @return open until this is closed
   */
  public JdbcStores stores() {
    return stores;
  }

  DataSource source() {
    return pool;
  }

  @Override
  public void close() {
    stores.close();
    pool.close();
  }
}
