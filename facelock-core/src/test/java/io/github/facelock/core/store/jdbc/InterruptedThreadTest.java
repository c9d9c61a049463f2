package io.github.facelock.core.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.core.fixtures.StoppedClock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pools end their threads by interrupts: what that takes from the embedded database. */
@Timeout(120)
class InterruptedThreadTest {

  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(60);
  private static final byte[] CONTENT = {1, 2, 3};

  @TempDir Path folder;

  @Test
  void aThreadThatIsInterruptedWhileItWritesClosesTheDatabaseForNobodyElse() throws Exception {
    try (JdbcStores stores = JdbcStores.inFile(folder.resolve("db"), new StoppedClock(NOW))) {
      for (int round = 0; round < 20; round++) {
        String name = "interrupted-" + round + "-";
        CountDownLatch writing = new CountDownLatch(3);
        Thread writer = new Thread(() -> write(stores, name, writing));
        writer.start();
        writing.await();
        writer.interrupt();
        writer.join();

        stores.transactions().put("other-" + round, CONTENT, LATER);
        assertThat(stores.transactions().take("other-" + round, NOW)).isPresent();
      }
    }
  }

  private static void write(JdbcStores stores, String name, CountDownLatch writing) {
    try {
      for (int i = 0; i < 200; i++) {
        stores.transactions().put(name + i, CONTENT, LATER);
        writing.countDown();
      }
    } catch (FaceLockException.Store e) {
      // The interrupted thread may be refused; it waits for nobody any more.
      while (writing.getCount() > 0) {
        writing.countDown();
      }
    }
  }
}
