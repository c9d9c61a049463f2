package io.github.facelock.core.store.jdbc;

class PostgreSqlStoreContractsTest extends JdbcStoreContracts {
  PostgreSqlStoreContractsTest() {
    super(TestDatabase.POSTGRESQL);
  }
}
