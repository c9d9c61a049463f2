package io.github.facelock.core.store.jdbc;

class H2StoreContractsTest extends JdbcStoreContracts {
  H2StoreContractsTest() {
    super(TestDatabase.H2);
  }
}
