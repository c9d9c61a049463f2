package io.github.facelock.core.nodes;

import io.github.facelock.core.servers.PostgreSqlServer;

class TwoProcessesOnPostgreSqlTest extends TwoProcessesOnDatabases {
  @Override
  String newDatabase() {
    return PostgreSqlServer.shared().newDatabase();
  }
}
