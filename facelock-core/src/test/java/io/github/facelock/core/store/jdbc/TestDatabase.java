package io.github.facelock.core.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.facelock.core.servers.MariaDbServer;
import io.github.facelock.core.servers.PostgreSqlServer;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** The databases that the stores run on, each empty when it is asked for. */
enum TestDatabase {
  H2 {
    @Override
    String newUrl() {
      // A named database of this process, with H2's usual settings.
      return "jdbc:h2:mem:test" + COUNT.incrementAndGet() + ";DB_CLOSE_DELAY=-1";
    }
  },
  POSTGRESQL {
    @Override
    String newUrl() {
      return PostgreSqlServer.shared().newDatabase();
    }
  },
  MARIADB {
    @Override
    String newUrl() {
      return MariaDbServer.shared().newDatabase();
    }
  };

  private static final AtomicInteger COUNT = new AtomicInteger();

  /** Makes an empty database and tells its address. */
  abstract String newUrl();

  /** A pool of connections, as an application has it. */
  static HikariDataSource pool(String url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(8);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(5_000);
    return new HikariDataSource(config);
  }

  /** A pool of a new database that has FaceLock's tables. */
  static DataSource initialised(String url) {
    DataSource source = pool(url);
    JdbcStores.initialise(source);
    return source;
  }
}
