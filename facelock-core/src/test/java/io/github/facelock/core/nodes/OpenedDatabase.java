package io.github.facelock.core.nodes;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.facelock.core.store.jdbc.JdbcStores;
import io.github.facelock.spi.store.Stores;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** A database as a process of an application opens it: with a pool, and the tables made. */
record OpenedDatabase(Stores stores, List<Runnable> closings) implements AutoCloseable {

  private static final String FILE = "file:";
  private static final int CONNECTIONS = 6;
  private static final long WAIT_MILLIS = 20_000;

  /** Opens {@code file:PATH}, or what a driver understands. */
  static OpenedDatabase at(String address) {
    if (address.startsWith(FILE)) {
      Path file = Path.of(address.substring(FILE.length()));
      JdbcStores stores = JdbcStores.inFile(file, Clock.systemUTC());
      return new OpenedDatabase(stores, List.of(stores::close));
    }
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(address);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(WAIT_MILLIS);
    HikariDataSource source = new HikariDataSource(config);
    JdbcStores.initialise(source);
    JdbcStores stores = JdbcStores.of(source, Clock.systemUTC());
    return new OpenedDatabase(stores, List.of(stores::close, source::close));
  }

  @Override
  public void close() {
    closings.forEach(Runnable::run);
  }
}
