package io.github.facelock.core.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FactorKind;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.AuditQuery;
import io.github.facelock.api.admin.Role;
import io.github.facelock.api.admin.SubjectQuery;
import io.github.facelock.api.face.ModelId;
import io.github.facelock.api.watchlist.WatchListEntryId;
import io.github.facelock.core.audit.AuditVerification;
import io.github.facelock.core.audit.ChainedAuditLog;
import io.github.facelock.core.crypto.FixedKeys;
import io.github.facelock.core.crypto.KeyRing;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.store.AttemptRecord;
import io.github.facelock.spi.store.Credential;
import io.github.facelock.spi.store.OutboxEntry;
import io.github.facelock.spi.store.Subject;
import io.github.facelock.spi.store.WatchListEntry;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Texts that mean something to a database, or that it mixes up or cannot keep, in every text that
 * reaches SQL: each is refused by the type that carries it, or comes back as it was and finds
 * itself alone. No statement fails, and nothing else in the tables changes.
 */
class SqlTextsTest {

  private static final Instant AT = Instant.parse("2030-01-01T12:00:00Z");

  private static final List<String> TEXTS =
      List.of(
          "plain",
          // Meant for SQL, of all dialects, and for JDBC's own escapes and markers.
          "'",
          "''",
          "\"",
          "`",
          "\\",
          "\\'",
          "x'; DROP TABLE facelock_subject; --",
          "x\"; DROP TABLE facelock_credential; --",
          "x`; DELETE FROM facelock_audit; #",
          "' OR '1'='1",
          "\\' OR 1=1 -- ",
          "' UNION SELECT secret_data FROM facelock_credential -- ",
          "'); UPDATE facelock_subject SET roles = '|ADMIN|'; --",
          "1; SHUTDOWN",
          "|ADMIN|",
          "/*",
          "*/",
          "--",
          "#",
          "$$; SELECT pg_sleep(9); $$",
          "E'\\x27'",
          "{fn now()}",
          "{d '2030-01-01'}",
          "?",
          "? ?1 $1 :name",
          "%",
          "_",
          "%' ESCAPE '%",
          "[a-z]*",
          "U&'\\0041'",
          // What a multi-byte character set once let through.
          "\u00bf' OR 1=1 -- ",
          "\u0bbf'",
          // Odd Unicode.
          "\ud83d\ude00",
          "\ud83d\ude01",
          "\ud840\udc00\udbff\udffd",
          "\u00e9",
          "e",
          "E",
          "e\u0301\u0302\u0303",
          "Z" + "\u0351".repeat(60),
          "\u05d0\u05d1\u05d2",
          "\u0645\u062d\u0645\u062f",
          "admin\u202enimda",
          "\u200b",
          "\ufeffplain",
          "a\u200db",
          "\u0130",
          "i\u0307",
          "\ufffd",
          "\uffff",
          "\ufdd0",
          "\u2028",
          "plain ",
          " plain",
          "plain\u00a0",
          "plain\t",
          "plain\r\n",
          "\u001b[2J",
          // Half a pair, and the character that ends texts in C.
          "\ud800",
          "\udc00\ud800",
          "plain\ud83d",
          "\ude00plain",
          "\u0000",
          "plain\u0000",
          "\u0000plain",
          "pl\u0000ain'; DROP TABLE facelock_subject; --",
          // Long.
          "x".repeat(64),
          "x".repeat(128),
          "'".repeat(128),
          "\u65e5".repeat(128),
          "\ud83d\ude00".repeat(64),
          "\ud83d\ude00".repeat(100),
          "x".repeat(200),
          "x".repeat(256),
          "'".repeat(5_000),
          "\ud83d\ude00".repeat(2_500));

  /** Those that a type accepts, as it holds them. */
  private static <T> List<T> accepted(Function<String, T> type) {
    List<T> all = new ArrayList<>();
    for (String text : TEXTS) {
      try {
        T value = type.apply(text);
        if (!all.contains(value)) {
          all.add(value);
        }
      } catch (IllegalArgumentException e) {
        // Refused before it can reach a statement.
        assertThat(e).as("%s", text).hasMessageNotContaining("SQL");
      }
    }
    assertThat(all).as("a test of something").isNotEmpty();
    return all;
  }

  private static final class Opened implements AutoCloseable {
    private final HikariDataSource source;
    private final JdbcStores stores;

    Opened(TestDatabase database) {
      source = TestDatabase.pool(database.newUrl());
      JdbcStores.initialise(source);
      stores = JdbcStores.of(source, Clock.systemUTC());
    }

    /** How many rows each table has. */
    Map<String, Long> rows() throws SQLException {
      Map<String, Long> rows = new TreeMap<>();
      try (Connection connection = source.getConnection();
          Statement statement = connection.createStatement()) {
        for (String table :
            List.of(
                "subject",
                "credential",
                "credential_change",
                "counter",
                "transaction",
                "attempt",
                "audit",
                "audit_mark",
                "outbox",
                "snapshot",
                "watch_list",
                "schema")) {
          try (ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM facelock_" + table)) {
            count.next();
            rows.put(table, count.getLong(1));
          }
        }
      }
      return rows;
    }

    @Override
    public void close() {
      source.close();
    }
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void namesOfSubjects(TestDatabase database) throws SQLException {
    try (Opened opened = new Opened(database)) {
      var subjects = opened.stores.subjects();
      List<SubjectId> ids = accepted(SubjectId::of);
      for (SubjectId id : ids) {
        assertThat(subjects.insert(new Subject(id, Set.of(Role.USER), false, AT, 1)))
            .as("%s", id)
            .isTrue();
      }
      for (SubjectId id : ids) {
        Subject found = subjects.find(id).orElseThrow();
        assertThat(found.id()).isEqualTo(id);
        assertThat(subjects.replace(found.withSuspended(true))).isTrue();
        assertThat(subjects.list(SubjectQuery.all().withText(id.value())))
            .as("search for %s", id)
            .extracting(each -> each.id().value())
            .contains(id.value())
            .allMatch(name -> name.contains(id.value()));
        assertThat(subjects.list(SubjectQuery.all().after(id)))
            .extracting(Subject::id)
            .doesNotContain(id);
      }
      assertThat(subjects.list(SubjectQuery.all().withRole(Role.ADMIN))).isEmpty();
      assertThat(subjects.list(SubjectQuery.all().withLimit(1000))).hasSize(ids.size());
      for (SubjectQuery query : accepted(text -> SubjectQuery.all().withText(text))) {
        assertThat(subjects.list(query)).allMatch(each -> each.id().value().contains(query.text()));
      }
      assertThat(opened.rows()).containsEntry("subject", (long) ids.size());
      ids.forEach(id -> assertThat(subjects.delete(id)).isTrue());
      assertThat(opened.rows()).containsEntry("subject", 0L);
    }
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void credentialsAndTheirAttributes(TestDatabase database) throws SQLException {
    try (Opened opened = new Opened(database)) {
      var credentials = opened.stores.credentials();
      List<CredentialId> ids = accepted(CredentialId::new);
      List<FactorType> factors =
          accepted(text -> FactorType.of(text, FactorKind.INHERENCE, "face"));
      SubjectId odd = SubjectId.of("x'; DROP TABLE facelock_subject; --");
      Map<String, String> attributes = new TreeMap<>();
      TEXTS.forEach(text -> attributes.put(text, text + "'"));
      attributes.put("", "");
      for (FactorType factor : factors) {
        for (CredentialId id : ids) {
          Credential credential =
              Credential.create(id, odd, factor, AT, attributes, new byte[] {39, 0, 92});
          assertThat(credentials.insert(credential)).isTrue();
          Credential found = credentials.find(odd, factor).get(0);
          assertThat(found.id()).isEqualTo(id);
          assertThat(found.attributes()).isEqualTo(attributes);
          assertThat(credentials.replace(found.next(attributes, new byte[] {39}))).isTrue();
          assertThat(credentials.delete(odd, id)).isTrue();
        }
      }
      for (SubjectId subject : accepted(SubjectId::of)) {
        credentials.insert(
            Credential.create(
                new CredentialId("c"), subject, FactorType.FACE, AT, Map.of(), new byte[] {1}));
        assertThat(credentials.find(subject, FactorType.FACE)).hasSize(1);
      }
      List<SubjectId> all = new ArrayList<>();
      credentials.forEach(FactorType.FACE, each -> all.add(each.subject()));
      assertThat(all).containsExactlyInAnyOrderElementsOf(accepted(SubjectId::of));
      assertThat(credentials.changes().orElseThrow().after(0, 1000))
          .extracting(change -> change.subject())
          .containsAll(all);
      for (SubjectId subject : all) {
        assertThat(credentials.deleteAll(subject)).as("%s", subject).isEqualTo(1);
      }
      assertThat(opened.rows()).containsEntry("credential", 0L).containsEntry("schema", 1L);
    }
  }

  /** What names a record may come from a client: a link, a path of the administration. */
  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void namesThatNothingHasFindNothing(TestDatabase database) throws SQLException {
    try (Opened opened = new Opened(database)) {
      JdbcStores stores = opened.stores;
      stores.transactions().put("key", new byte[] {1}, AT.plusSeconds(1));
      stores.attempts().replace("key", new AttemptRecord(1, AT, AT, 1));
      stores
          .outbox()
          .insert(OutboxEntry.create("key", OutboxEntry.State.DONE, AT, AT, new byte[] {1}));
      stores.snapshots().put("key", new byte[] {1}, AT.plusSeconds(1));
      Map<String, Long> before = opened.rows();

      for (String text : TEXTS) {
        assertThat(stores.transactions().take(text, AT)).isEmpty();
        assertThat(stores.attempts().find(text)).isEmpty();
        stores.attempts().delete(text);
        assertThat(stores.outbox().find(text)).isEmpty();
        assertThat(stores.outbox().delete(text)).isFalse();
        assertThat(stores.snapshots().find(text, AT)).isEmpty();
        assertThat(stores.snapshots().delete(text)).isFalse();
      }

      assertThat(opened.rows()).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void theWatchList(TestDatabase database) throws SQLException {
    try (Opened opened = new Opened(database)) {
      var watchList = opened.stores.watchList();
      List<WatchListEntry> entries = new ArrayList<>();
      for (String text : TEXTS) {
        try {
          entries.add(
              WatchListEntry.ofFace(
                  new WatchListEntryId("id-" + entries.size()),
                  new ModelId("model"),
                  new byte[] {39},
                  text,
                  text,
                  AT,
                  Optional.empty()));
        } catch (IllegalArgumentException e) {
          assertThat(e).hasMessageContaining("characters");
        }
      }
      entries.forEach(entry -> assertThat(watchList.insert(entry)).isTrue());

      List<WatchListEntry> found = watchList.list(AT);
      assertThat(found).hasSameSizeAs(entries).hasSizeGreaterThan(40);
      for (WatchListEntry entry : entries) {
        assertThat(found)
            .filteredOn(each -> each.id().equals(entry.id()))
            .singleElement()
            .satisfies(
                each -> {
                  assertThat(each.reason()).isEqualTo(entry.reason());
                  assertThat(each.addedBy()).isEqualTo(entry.addedBy());
                });
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void theAuditTrail(TestDatabase database) throws SQLException {
    try (Opened opened = new Opened(database)) {
      byte[] key = new byte[32];
      KeyRing ring =
          new KeyRing(
              new FixedKeys("k1", Map.of("k1", new SecretKeySpec(key, "AES"))), new SecureRandom());
      ChainedAuditLog trail = new ChainedAuditLog(opened.stores.audit(), ring, Clock.systemUTC());
      for (String text : TEXTS) {
        trail.append(
            new AuditEvent(
                AT,
                AuditEvent.Type.DENIED,
                text,
                Optional.of(SubjectId.of("x'; DROP TABLE facelock_subject; --")),
                Optional.of(FactorType.PIN),
                text,
                Map.of(text, text)));
      }

      assertThat(trail.verify()).isInstanceOf(AuditVerification.Intact.class);
      assertThat(opened.rows()).containsEntry("audit", (long) TEXTS.size());
      for (String text : TEXTS) {
        assertThat(trail.search(AuditQuery.all().withSource(text)))
            .as("source")
            .allMatch(each -> each.event().source().contains(text));
        assertThat(trail.search(AuditQuery.all().withTransaction(text)))
            .as("transaction")
            .allMatch(each -> each.event().transaction().equals(text));
        assertThat(trail.search(AuditQuery.all().withTypes(Set.of(text, text + "'")))).isEmpty();
      }
      // What a column can keep is found by itself.
      assertThat(trail.search(AuditQuery.all().withTransaction("' OR '1'='1"))).hasSize(1);
      assertThat(trail.search(AuditQuery.all().withTransaction("\ud83d\ude00"))).hasSize(1);
      assertThat(trail.search(AuditQuery.all().withSource("%"))).hasSize(2);
    }
  }
}
