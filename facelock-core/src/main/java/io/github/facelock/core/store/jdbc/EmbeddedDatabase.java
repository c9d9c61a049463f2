package io.github.facelock.core.store.jdbc;

import io.github.facelock.api.FaceLockException;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

/** An H2 file with its pool. The only class that needs H2 itself, which is optional. */
final class EmbeddedDatabase {

  private static final int CONNECTIONS = 16;
  private static final int WAIT_SECONDS = 10;

  private final JdbcConnectionPool pool;

  private EmbeddedDatabase(JdbcConnectionPool pool) {
    this.pool = pool;
  }

  static EmbeddedDatabase open(Path file) {
    String path = file.toAbsolutePath().toString();
    // Settings follow a semicolon in H2's addresses: a path with one would set something.
    if (path.indexOf(';') >= 0) {
      throw new FaceLockException.Store(
          "The path of the database file holds a semicolon, which H2 does not allow: choose another");
    }
    try {
      // Each commit reaches the disk before it is acknowledged. Through "file:" an interrupted
      // thread
      // would close the file, and with it the database, for all others
      // (java.nio.channels.FileChannel).
      JdbcConnectionPool pool =
          JdbcConnectionPool.create("jdbc:h2:async:" + path + ";WRITE_DELAY=0", "facelock", "");
      pool.setMaxConnections(CONNECTIONS);
      pool.setLoginTimeout(WAIT_SECONDS);
      return new EmbeddedDatabase(pool);
    } catch (NoClassDefFoundError e) {
      throw new FaceLockException.Store(
          "The embedded database needs H2: add com.h2database:h2 to the class path", e);
    }
  }

  DataSource source() {
    return pool;
  }

  void close() {
    pool.dispose();
  }
}
