package io.github.facelock.spring.autoconfigure;

import io.github.facelock.core.FaceLock;
import io.github.facelock.core.store.jdbc.JdbcStores;
import io.github.facelock.spi.store.Stores;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/** Opens the stores: a data source, a file or the memory, and Redis for what is short-lived. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(FaceLock.class)
final class StoreConfiguration {

  private static final String FLYWAY = "org.flywaydb.core.Flyway";
  private static final String JEDIS = "redis.clients.jedis.RedisClient";

  @Bean
  @ConditionalOnMissingBean(Stores.class)
  ConfiguredStores faceLockStores(
      FaceLockProperties properties,
      StoreProperties store,
      RedisProperties redis,
      ObjectProvider<Clock> clocks,
      ListableBeanFactory beans,
      Environment environment) {
    Clock clock = clocks.getIfUnique(Clock::systemUTC);
    ConfiguredStores durable = durable(properties, store, clock, beans);
    if (!redis.isUsed()) {
      return durable;
    }
    if (!ClassUtils.isPresent(JEDIS, null)) {
      throw new FaceLockSettingException(
          "facelock.redis asks for Redis, and its client is not on the class path",
          "Add redis.clients:jedis, or remove facelock.redis.host.");
    }
    return RedisStores.over(durable, redis, environment, clock);
  }

  private static ConfiguredStores durable(
      FaceLockProperties properties,
      StoreProperties store,
      Clock clock,
      ListableBeanFactory beans) {
    boolean anySource = beans.getBeanNamesForType(DataSource.class, true, false).length > 0;
    return switch (store.type()) {
      case MEMORY -> ConfiguredStores.inMemory(clock);
      case FILE -> inFile(properties.dataDir(), clock);
      case JDBC -> inDatabase(source(store, beans), store.schema(), clock, beans);
      case AUTO -> {
        if (!anySource && store.dataSource() == null) {
          yield inFile(properties.dataDir(), clock);
        }
        DataSource source = source(store, beans);
        if (isInMemory(source)) {
          if (properties.development()) {
            yield inFile(properties.dataDir(), clock);
          }
          throw new FaceLockSettingException(
              "The application's data source is a database in memory: everybody who was enrolled"
                  + " would be gone with the process",
              "Set spring.datasource.url; or set facelock.store.type to file, or to jdbc where this"
                  + " is meant.");
        }
        yield inDatabase(source, store.schema(), clock, beans);
      }
    };
  }

  private static ConfiguredStores inFile(Path folder, Clock clock) {
    Path file = DataFolder.make(folder).resolve("facelock");
    JdbcStores stores = JdbcStores.inFile(file, clock);
    return ConfiguredStores.of(stores, "H2 file " + file, stores::clean, stores::close);
  }

  private static ConfiguredStores inDatabase(
      DataSource source, StoreProperties.Schema schema, Clock clock, ListableBeanFactory beans) {
    switch (schema) {
      case INITIALISE -> JdbcStores.initialise(source);
      case FLYWAY -> flyway(source);
      case AUTO -> {
        if (usesFlyway(beans)) {
          flyway(source);
        } else {
          JdbcStores.initialise(source);
        }
      }
      case NONE -> {}
    }
    JdbcStores stores = JdbcStores.of(source, clock);
    return ConfiguredStores.of(stores, "data source", stores::clean, () -> {});
  }

  private static boolean usesFlyway(ListableBeanFactory beans) {
    return ClassUtils.isPresent(FLYWAY, null) && FlywaySchema.isUsedBy(beans);
  }

  private static void flyway(DataSource source) {
    if (!ClassUtils.isPresent(FLYWAY, null)) {
      throw new FaceLockSettingException(
          "facelock.store.schema asks for Flyway, which is not on the class path",
          "Add spring-boot-starter-flyway, or set facelock.store.schema=initialise.");
    }
    FlywaySchema.migrate(source);
  }

  private static DataSource source(StoreProperties store, ListableBeanFactory beans) {
    if (store.dataSource() != null) {
      return beans.getBean(store.dataSource(), DataSource.class);
    }
    DataSource source = beans.getBeanProvider(DataSource.class).getIfUnique();
    if (source == null) {
      List<String> names = List.of(beans.getBeanNamesForType(DataSource.class, true, false));
      throw new FaceLockSettingException(
          names.isEmpty()
              ? "facelock.store.type=jdbc, and the application has no data source"
              : "The application has the data sources " + names + " and none is primary",
          names.isEmpty()
              ? "Set spring.datasource.url, or facelock.store.type=file."
              : "Name one by facelock.store.data-source.");
    }
    return source;
  }

  /**
   * Spring Boot makes an embedded database in memory where none is configured: enrolled people must
   * not be gone after the next start because an address was forgotten.
   */
  private static boolean isInMemory(DataSource source) {
    try (Connection connection = source.getConnection()) {
      return connection.getMetaData().getURL().startsWith("jdbc:h2:mem:");
    } catch (SQLException e) {
      // JdbcStores tells what is wrong, and what to do.
      return false;
    }
  }
}
