package io.github.facelock.core.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.Secret;
import io.github.facelock.core.fixtures.TestCertificate;
import io.github.facelock.core.servers.RedisServer;
import io.github.facelock.spi.store.AttemptRecord;
import io.github.facelock.spi.store.AttemptStore;
import io.github.facelock.spi.store.TransactionStore;
import io.github.facelock.test.contract.AttemptStoreContract;
import io.github.facelock.test.contract.TransactionStoreContract;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real server: contracts over two nodes, restarts, losses, and what it refuses. */
class RedisStoresTest {

  private static final Clock CLOCK = Clock.systemUTC();
  private static final SecureRandom RANDOM = new SecureRandom();

  private static RedisServer server;

  @BeforeAll
  static void startServer() {
    server = RedisServer.startNew("--maxmemory-policy", "noeviction");
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  private static RedisSettings fresh() {
    return RedisSettings.of("127.0.0.1", server.port()).prefix(UUID.randomUUID() + ":");
  }

  @Nested
  class Transactions extends TransactionStoreContract {
    private final RedisSettings settings = fresh();
    private final Redis first = Redis.connect(settings, RANDOM);
    private final Redis second = Redis.connect(settings, RANDOM);

    @Override
    protected TransactionStore newStore() {
      return new RedisTransactionStore(first, CLOCK);
    }

    @Override
    protected TransactionStore otherNode(TransactionStore store) {
      return new RedisTransactionStore(second, CLOCK);
    }

    @AfterEach
    void close() {
      first.close();
      second.close();
    }
  }

  @Nested
  class Attempts extends AttemptStoreContract {
    private final RedisSettings settings = fresh();
    private final Redis first = Redis.connect(settings, RANDOM);
    private final Redis second = Redis.connect(settings, RANDOM);

    @Override
    protected AttemptStore newStore() {
      return new RedisAttemptStore(first, CLOCK);
    }

    @Override
    protected AttemptStore otherNode(AttemptStore store) {
      return new RedisAttemptStore(second, CLOCK);
    }

    @AfterEach
    void close() {
      first.close();
      second.close();
    }
  }

  @Test
  void aServerThatKeepsItsDataIsFoundAgainAfterACrash() {
    try (RedisServer durable =
            RedisServer.startNew("--appendonly", "yes", "--appendfsync", "always");
        Redis redis = Redis.connect(settings(durable), RANDOM)) {
      AttemptStore attempts = new RedisAttemptStore(redis, CLOCK);
      AttemptRecord record = new AttemptRecord(7, Instant.MAX, Instant.EPOCH, 1);
      assertThat(attempts.replace("alice", record)).isTrue();

      durable.kill();
      assertThatThrownBy(() -> attempts.find("alice"))
          .isInstanceOf(FaceLockException.Store.class)
          .hasMessageContaining("may be repeated");
      durable.start();

      assertThat(attempts.find("alice")).contains(record);
    }
  }

  @Test
  void aServerThatLostItsDataDeniesInsteadOfForgettingFailures() {
    try (RedisServer forgetful = RedisServer.startNew();
        Redis redis = Redis.connect(settings(forgetful), RANDOM)) {
      AttemptStore attempts = new RedisAttemptStore(redis, CLOCK);
      AttemptRecord record = new AttemptRecord(99, Instant.MAX, Instant.EPOCH, 1);
      assertThat(attempts.replace("alice", record)).isTrue();

      forgetful.kill();
      forgetful.start();

      assertThatThrownBy(() -> attempts.find("alice"))
          .isInstanceOf(FaceLockException.Store.class)
          .hasMessageContaining("lost its data");
      assertThatThrownBy(() -> attempts.replace("alice", record))
          .isInstanceOf(FaceLockException.Store.class);
      // Another node that starts now does not make the first one forget what it knew.
      try (Redis other = Redis.connect(settings(forgetful), RANDOM)) {
        assertThat(new RedisAttemptStore(other, CLOCK).find("alice")).isEmpty();
        assertThatThrownBy(() -> attempts.find("alice"))
            .isInstanceOf(FaceLockException.Store.class);
      }
    }
  }

  @Test
  void aFullServerDenies() {
    try (RedisServer small =
            RedisServer.startNew("--maxmemory", "3mb", "--maxmemory-policy", "noeviction");
        Redis redis = Redis.connect(settings(small), RANDOM)) {
      TransactionStore logins = new RedisTransactionStore(redis, CLOCK);
      byte[] state = new byte[60_000];
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 1000; i++) {
                  logins.put("k" + i, state, CLOCK.instant().plusSeconds(60));
                }
              })
          .isInstanceOf(FaceLockException.Store.class)
          .hasMessageContaining("memory");
    }
  }

  @Test
  void passwordsAreAskedForAndNeverShown() {
    try (RedisServer guarded = RedisServer.startNew("--requirepass", "s3cret-pass")) {
      assertThatThrownBy(() -> Redis.connect(settings(guarded), RANDOM))
          .isInstanceOf(FaceLockException.Store.class)
          .hasMessageContaining("password");
      RedisSettings wrong = settings(guarded).password(Secret.of("wr0ng-pass"));
      assertThatThrownBy(() -> Redis.connect(wrong, RANDOM))
          .isInstanceOf(FaceLockException.Store.class)
          .hasMessageNotContaining("wr0ng-pass");
      RedisSettings right = settings(guarded).login("default", Secret.of("s3cret-pass"));
      assertThat(right.toString()).doesNotContain("s3cret");
      try (Redis redis = Redis.connect(right, RANDOM)) {
        assertThat(new RedisAttemptStore(redis, CLOCK).find("alice")).isEmpty();
      }
    }
  }

  @Test
  void anEncryptedConnectionNeedsACertificateOfTheHost(@TempDir Path folder) {
    TestCertificate certificate = TestCertificate.LOOPBACK;
    Path trust = certificate.writeTrustStore(folder);
    try (RedisServer encrypted = RedisServer.startEncrypted(certificate)) {
      RedisSettings trusting = settings(encrypted).tls(trust, Secret.of(certificate.password()));
      try (Redis redis = Redis.connect(trusting, RANDOM)) {
        AttemptStore attempts = new RedisAttemptStore(redis, CLOCK);
        AttemptRecord record = new AttemptRecord(3, Instant.MAX, Instant.EPOCH, 1);
        assertThat(attempts.replace("alice", record)).isTrue();
        assertThat(attempts.find("alice")).contains(record);
      }

      for (RedisSettings refused : List.of(settings(encrypted), settings(encrypted).tls())) {
        assertThatThrownBy(() -> Redis.connect(refused, RANDOM))
            .as("plain, and without an authority that knows the certificate")
            .isInstanceOf(FaceLockException.Store.class);
      }
    }
  }

  @Test
  void aCertificateOfAnotherHostIsRefused(@TempDir Path folder) {
    TestCertificate certificate = TestCertificate.ELSEWHERE;
    Path trust = certificate.writeTrustStore(folder);
    try (RedisServer elsewhere = RedisServer.startEncrypted(certificate)) {
      RedisSettings trusting = settings(elsewhere).tls(trust, Secret.of(certificate.password()));

      assertThatThrownBy(() -> Redis.connect(trusting, RANDOM))
          .isInstanceOf(FaceLockException.Store.class);
    }
  }

  @Test
  void aServerThatIsNotThereIsNamed() {
    RedisSettings nobody = RedisSettings.of("127.0.0.1", 1).answersWithin(Duration.ofMillis(200));
    assertThatThrownBy(() -> Redis.connect(nobody, RANDOM))
        .isInstanceOf(FaceLockException.Store.class)
        .hasMessageContaining("127.0.0.1:1");
  }

  private static RedisSettings settings(RedisServer of) {
    return RedisSettings.of("127.0.0.1", of.port()).answersWithin(Duration.ofSeconds(2));
  }
}
