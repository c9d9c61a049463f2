package io.github.facelock.core.store.jdbc;

class MariaDbStoreContractsTest extends JdbcStoreContracts {
  MariaDbStoreContractsTest() {
    super(TestDatabase.MARIADB);
  }
}
