package io.github.facelock.core.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A store of a million references is read page by page: a page must not cost what all that is left
 * costs. H2 sorts unless the order is that of an index to the letter.
 */
class PagesTest {

  @ParameterizedTest
  @ValueSource(strings = {JdbcCredentialStore.FIRST_PAGE, JdbcCredentialStore.NEXT_PAGE})
  void h2ReadsCredentialsInTheOrderOfAnIndex(String page) throws SQLException {
    try (HikariDataSource pool = TestDatabase.pool(TestDatabase.H2.newUrl())) {
      JdbcStores.initialise(pool);
      try (Connection connection = pool.getConnection();
          PreparedStatement statement = connection.prepareStatement("EXPLAIN " + page)) {
        for (int i = 1; i <= statement.getParameterMetaData().getParameterCount(); i++) {
          statement.setString(i, "x");
        }
        try (ResultSet plan = statement.executeQuery()) {
          assertThat(plan.next()).isTrue();
          assertThat(plan.getString(1)).contains("index sorted");
        }
      }
    }
  }
}
