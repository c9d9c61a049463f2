package io.github.facelock.core.nodes;

import io.github.facelock.core.servers.MariaDbServer;

class TwoProcessesOnMariaDbTest extends TwoProcessesOnDatabases {
  @Override
  String newDatabase() {
    return MariaDbServer.shared().newDatabase();
  }
}
