package io.github.facelock.benchmarks.load;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FactorKind;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.core.FaceLock;
import io.github.facelock.core.crypto.FixedKeys;
import io.github.facelock.core.crypto.KeyRing;
import io.github.facelock.core.crypto.KeyRotation;
import io.github.facelock.core.crypto.SealedCredentialStore;
import io.github.facelock.core.store.memory.MemoryCredentialStore;
import io.github.facelock.spi.face.FaceEmbedder;
import io.github.facelock.spi.store.Credential;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Many references of nobody: what it takes to load them into a node, and to change their key. */
public final class References {

  private static final int BATCH = 1000;
  private static final int STEP = 100;
  private static final FactorType KEY = FactorType.of("subject-key", FactorKind.KNOWLEDGE, "none");
  private static final String INSERT =
      "INSERT INTO facelock_credential (subject, id, factor, factor_kind, factor_amr, created_at,"
          + " attributes, secret_data, version) VALUES (?, ?, ?, ?, ?, 0, ?, ?, 1)";

  private final Target target;
  private final FaceEmbedder embedder;
  private final SecureRandom random;

  /**
   * Prepares; writes nothing yet.
   *
   * @param target the database
   * @param embedder whose templates they are
   * @param random draws keys and nonces
   */
  public References(Target target, FaceEmbedder embedder, SecureRandom random) {
    this.target = target;
    this.embedder = embedder;
    this.random = random;
  }

  /**
   * Fills the table as a restored backup would: sealed by FaceLock, written in batches.
   *
   * @param number how many subjects, each with one reference
   * @param keys seal them
   * @return how long it took
   */
  public Duration fill(int number, FixedKeys keys) {
    long begun = System.nanoTime();
    KeyRing ring = new KeyRing(keys, random);
    Map<String, String> attributes =
        Map.of("model", embedder.model().id().value(), "consent", "load", "kind", "camera");
    byte[] kept = encoded(attributes);
    byte[] none = encoded(Map.of());
    try (Connection connection = target.source().getConnection()) {
      connection.setAutoCommit(false);
      for (int from = 0; from < number; from += BATCH) {
        MemoryCredentialStore rows = new MemoryCredentialStore();
        SealedCredentialStore sealed = new SealedCredentialStore(rows, ring);
        for (int i = from; i < Math.min(number, from + BATCH); i++) {
          insert(sealed, i, attributes);
        }
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
          rows.forEach(KEY, row -> add(statement, row, none));
          rows.forEach(FactorType.FACE, row -> add(statement, row, kept));
          statement.executeBatch();
        }
        connection.commit();
      }
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      throw new IllegalStateException("The table could not be filled", e);
    }
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private void insert(SealedCredentialStore sealed, int number, Map<String, String> attributes) {
    Credential reference =
        Credential.create(
            new CredentialId("face"),
            SubjectId.of("somebody-%07d".formatted(number)),
            FactorType.FACE,
            Instant.EPOCH,
            attributes,
            template(number));
    if (!sealed.insert(reference)) {
      throw new IllegalStateException("A reference was there twice");
    }
  }

  /** As FaceLock keeps templates: a version, and little-endian float32. */
  private byte[] template(int seed) {
    SplittableRandom values = new SplittableRandom(seed);
    ByteBuffer bytes =
        ByteBuffer.allocate(1 + Float.BYTES * embedder.dimension())
            .order(ByteOrder.LITTLE_ENDIAN)
            .put((byte) 1);
    while (bytes.hasRemaining()) {
      bytes.putFloat((float) values.nextDouble(-1, 1));
    }
    return bytes.array();
  }

  private static void add(PreparedStatement statement, Credential row, byte[] attributes) {
    try {
      statement.setString(1, row.subject().value());
      statement.setString(2, row.id().value());
      statement.setString(3, row.factor().id());
      statement.setString(4, row.factor().kind().name());
      statement.setString(5, row.factor().amr());
      statement.setBytes(6, attributes);
      statement.setBytes(7, row.secretData());
      statement.addBatch();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Attributes as the store itself writes them: written once, and read back from the table. */
  private byte[] encoded(Map<String, String> attributes) {
    SubjectId probe = SubjectId.of("probe of the load");
    Credential row =
        Credential.create(
            new CredentialId("probe"),
            probe,
            FactorType.PIN,
            Instant.EPOCH,
            attributes,
            new byte[1]);
    target.stores().credentials().insert(row);
    try (Connection connection = target.source().getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT attributes FROM facelock_credential WHERE subject = ?")) {
      statement.setString(1, probe.value());
      try (ResultSet found = statement.executeQuery()) {
        if (!found.next()) {
          throw new IllegalStateException("The probe is not in the table");
        }
        return found.getBytes(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } finally {
      target.stores().credentials().deleteAll(probe);
    }
  }

  /**
   * What loading took.
   *
   * @param taken to open a node that recognises everybody, models included
   * @param heapAfter bytes in use afterwards, after a collection
   * @param heapPeak the most bytes in use on the way, the garbage of the moment included
   * @param heapMost what the heap may have
   */
  public record Loaded(Duration taken, long heapAfter, long heapPeak, long heapMost) {}

  /**
   * Opens a node that recognises everybody who is in the table.
   *
   * @param keys open them
   * @return time and memory
   */
  public Loaded load(FixedKeys keys) {
    List<MemoryPoolMXBean> heap =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();
    System.gc();
    heap.forEach(MemoryPoolMXBean::resetPeakUsage);
    long begun = System.nanoTime();
    try (FaceLock node =
        FaceLock.builder()
            .policy(Policy.named("codes").step(FactorType.PIN).step(FactorType.TOTP).build())
            .identificationPolicy(
                Policy.named("gate")
                    .step(FactorType.FACE)
                    .step(FactorType.PIN)
                    .withoutLiveness()
                    .build())
            .keys(keys)
            .stores(target.stores())
            .build()) {
      Duration taken = Duration.ofNanos(System.nanoTime() - begun);
      long peak = heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
      System.gc();
      long after = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
      if (node.models().isEmpty()) {
        throw new IllegalStateException("The node knows no faces");
      }
      return new Loaded(taken, after, peak, Runtime.getRuntime().maxMemory());
    }
  }

  /**
   * What a rotation took.
   *
   * @param looked to look through all references for what is to be done, once at the beginning
   * @param moved how many subjects were moved then
   */
  public record Rotated(Duration looked, Rate moved) {}

  /**
   * Moves subjects to another key.
   *
   * @param keys the new one current, the old one beside it
   * @param most for how long at most
   * @return how many subjects were moved
   */
  public Rotated rotate(FixedKeys keys, Duration most) {
    KeyRing ring = new KeyRing(keys, random);
    SealedCredentialStore sealed = new SealedCredentialStore(target.stores().credentials(), ring);
    KeyRotation rotation = new KeyRotation(sealed, ring, List.of(FactorType.FACE), List.of());
    long begun = System.nanoTime();
    long before = rotation.step(1).done();
    Duration looked = Duration.ofNanos(System.nanoTime() - begun);
    List<Long> steps = new ArrayList<>();
    begun = System.nanoTime();
    while (rotation.progress().left() > 0 && System.nanoTime() - begun < most.toNanos()) {
      long step = System.nanoTime();
      long done = rotation.progress().done();
      rotation.step((int) Math.min(STEP, rotation.progress().left()));
      long moved = Math.max(1, rotation.progress().done() - done);
      steps.add((System.nanoTime() - step) / moved);
      if (rotation.progress().failed() > 0) {
        throw new IllegalStateException("A record did not open");
      }
    }
    Duration taken = Duration.ofNanos(System.nanoTime() - begun);
    long[] nanos = steps.stream().mapToLong(Long::longValue).toArray();
    Rate each = Rate.of(nanos, taken);
    return new Rotated(
        looked,
        new Rate(
            rotation.progress().done() - before, taken, each.medianMicros(), each.p95Micros()));
  }
}
