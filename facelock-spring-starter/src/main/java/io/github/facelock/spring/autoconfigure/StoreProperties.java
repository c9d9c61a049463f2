package io.github.facelock.spring.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where people, credentials, logins, counts, the audit trail and alerts are kept.
 *
 * @param type Kind of store. Auto takes the application's data source where there is one, and
 *     otherwise an H2 file in facelock.data-dir.
 * @param dataSource Name of the bean, where the application has several data sources and none is
 *     primary.
 * @param schema Who makes the tables. Auto lets Flyway do it where the application uses Flyway,
 *     with a history table of its own, and otherwise FaceLock.
 */
@ConfigurationProperties("facelock.store")
record StoreProperties(
    @DefaultValue("auto") Type type,
    @Nullable String dataSource,
    @DefaultValue("auto") Schema schema) {

  /** The kinds. */
  enum Type {
    /** The data source, otherwise a file. */
    AUTO,
    /** The application's data source. */
    JDBC,
    /** An H2 database in a file. */
    FILE,
    /** The memory of this process: all is gone at its end. */
    MEMORY
  }

  /** Who makes the tables. */
  enum Schema {
    /** Flyway where the application uses it, otherwise FaceLock. */
    AUTO,
    /** FaceLock. */
    INITIALISE,
    /** Flyway, with a history table of its own. */
    FLYWAY,
    /** Somebody else; the scripts are in classpath:db/facelock. */
    NONE
  }
}
