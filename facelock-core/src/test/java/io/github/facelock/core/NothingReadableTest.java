package io.github.facelock.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Outcome;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Response;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.Consent;
import io.github.facelock.api.enrolment.TotpParameters;
import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.face.Embedding;
import io.github.facelock.api.face.Landmarks;
import io.github.facelock.api.face.ModelInfo;
import io.github.facelock.api.face.Picture;
import io.github.facelock.api.face.ScoreCalibration;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.core.alert.AlertSettings;
import io.github.facelock.core.crypto.FixedKeys;
import io.github.facelock.core.face.ScriptedFaces;
import io.github.facelock.core.otp.Base32;
import io.github.facelock.core.password.Argon2Parameters;
import io.github.facelock.core.servers.MariaDbServer;
import io.github.facelock.core.servers.PostgreSqlServer;
import io.github.facelock.core.store.jdbc.JdbcStores;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.face.FaceEmbedder;
import io.github.facelock.test.InMemoryMailbox;
import io.github.facelock.test.RecordingAlertSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever gets the database, as its rows or as its files, reads no address, secret, template or
 * picture. Names and times are there in clear, which shows that the search finds what is there.
 */
@Timeout(180)
class NothingReadableTest {

  private static final String NAME = "zenobia-of-the-dump";
  private static final String ADDRESS = "private.address@somewhere.example";
  private static final String PIN = "83920175";
  private static final RequestContext REQUEST = RequestContext.from("192.0.2.7");
  private static final Distinct EMBEDDER = new Distinct();

  private final InMemoryMailbox mailbox = new InMemoryMailbox(FactorType.EMAIL_CODE);
  private final RecordingAlertSink guard = new RecordingAlertSink();
  private final Map<String, byte[]> secrets = new TreeMap<>();

  @Test
  void ofAFile(@TempDir Path folder) throws Exception {
    try (JdbcStores stores = JdbcStores.inFile(folder.resolve("facelock"), Clock.systemUTC())) {
      use(stores);
    }
    search("the file", contents(folder));
    try (Connection connection =
        DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("facelock"), "facelock", "")) {
      search("the rows", rows(connection));
    }
  }

  @Test
  void ofPostgreSql() throws Exception {
    // One of its own: in the shared one lie the files of all other tests.
    try (PostgreSqlServer server = PostgreSqlServer.startNew()) {
      onServer(server.newDatabase(), server.folder(), "CHECKPOINT");
    }
  }

  @Test
  void ofMariaDb() throws Exception {
    try (MariaDbServer server = MariaDbServer.startNew()) {
      onServer(server.newDatabase(), server.folder(), "FLUSH TABLES");
    }
  }

  private void onServer(String address, Path folder, String flush) throws Exception {
    try (HikariDataSource pool = new HikariDataSource()) {
      pool.setJdbcUrl(address);
      JdbcStores.initialise(pool);
      use(JdbcStores.of(pool, Clock.systemUTC()));
      try (Connection connection = pool.getConnection();
          Statement statement = connection.createStatement()) {
        search("the rows", rows(connection));
        statement.execute(flush);
      }
      if (Files.isReadable(folder.resolve("data"))) {
        search("the files", contents(folder.resolve("data")));
      }
    }
  }

  /** Enrols somebody with everything, lets them begin a login, and raises an alert. */
  private void use(JdbcStores stores) {
    SubjectId subject = SubjectId.of(NAME);
    byte[] picture = DemoFaces.bea();
    try (FaceLock faceLock = open(stores)) {
      faceLock.enrolment().register(subject);
      faceLock.enrolment().setPin(subject, Secret.of(PIN));
      faceLock.enrolment().setEmail(subject, Secret.of(ADDRESS));
      char[] totp =
          faceLock.enrolment().beginTotp(subject, TotpParameters.COMPATIBLE).secret().reveal();
      faceLock
          .enrolment()
          .enrolFace(subject, Capture.of(List.of(ScriptedFaces.frame(3))), Consent.to("notice-1"));
      Outcome.Challenge asked =
          (Outcome.Challenge) faceLock.authenticator().begin(subject, REQUEST);
      Outcome.Challenge code =
          (Outcome.Challenge)
              faceLock.authenticator().advance(asked.handle(), Response.pin(PIN), REQUEST);
      faceLock
          .alerts()
          .raise(
              new Alert(
                  Instant.now(),
                  Alert.Cause.SENSOR,
                  Optional.of(subject),
                  Optional.empty(),
                  "door",
                  Map.of()),
              Optional.of(CapturedFrame.encoded(Duration.ZERO, picture)));
      assertThat(guard.awaitMessage(Alert.Cause.SENSOR).snapshot()).isPresent();

      secrets.put("the PIN", PIN.getBytes(StandardCharsets.US_ASCII));
      secrets.put("the code", mailbox.awaitCode(ADDRESS).getBytes(StandardCharsets.US_ASCII));
      secrets.put("the handle", code.handle().value().getBytes(StandardCharsets.US_ASCII));
      for (Charset charset :
          List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
        secrets.put("the address in " + charset, "private.address@".getBytes(charset));
        secrets.put("the domain in " + charset, "somewhere.example".getBytes(charset));
        secrets.put("the app's secret in " + charset, String.valueOf(totp).getBytes(charset));
      }
      secrets.put("the app's secret", Base32.decode(String.valueOf(totp)).orElseThrow());
      secrets.put("the template", EMBEDDER.bytes(3, ByteOrder.LITTLE_ENDIAN));
      secrets.put("the template, big-endian", EMBEDDER.bytes(3, ByteOrder.BIG_ENDIAN));
      secrets.put("the picture", Arrays.copyOfRange(picture, 2000, 2032));
      secrets.put("any JPEG", "JFIF".getBytes(StandardCharsets.US_ASCII));
    }
  }

  private FaceLock open(JdbcStores stores) {
    byte[] key = new byte[32];
    key[3] = 5;
    return FaceLock.builder()
        .policy(
            Policy.named("door")
                .step(FactorType.PIN)
                .step(FactorType.EMAIL_CODE)
                .step(FactorType.TOTP)
                .step(FactorType.FACE)
                .withoutLiveness()
                .build())
        .faceDetector(ScriptedFaces.DETECTOR)
        .faceLandmarker(ScriptedFaces.LANDMARKER)
        .faceEmbedder(EMBEDDER)
        .keys(new FixedKeys("k1", Map.of("k1", new SecretKeySpec(key, "AES"))))
        .passwordCosts(new Argon2Parameters(8, 1, 1))
        .codeChannel(mailbox)
        .alerts(
            AlertSettings.ofDefaults().snapshots(Set.of(Alert.Cause.SENSOR), Duration.ofDays(7)))
        .alertSink(guard)
        .stores(stores)
        .build();
  }

  private void search(String where, List<String> dump) {
    assertThat(dump.stream().anyMatch(part -> part.contains(NAME)))
        .as("%s: the name is found", where)
        .isTrue();
    secrets.forEach(
        (name, bytes) -> {
          String secret = new String(bytes, StandardCharsets.ISO_8859_1);
          assertThat(dump.stream().anyMatch(part -> part.contains(secret)))
              .as("%s: %s", where, name)
              .isFalse();
        });
  }

  /** All that lies in FaceLock's tables, byte for byte. */
  private static List<String> rows(Connection connection) throws SQLException {
    StringBuilder all = new StringBuilder();
    for (String table :
        List.of(
            "subject",
            "credential",
            "credential_change",
            "transaction",
            "attempt",
            "audit",
            "outbox",
            "snapshot",
            "watch_list")) {
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT * FROM facelock_" + table)) {
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
          for (int column = 1; column <= columns; column++) {
            Object value = rows.getObject(column);
            byte[] bytes =
                value instanceof byte[] binary
                    ? binary
                    : String.valueOf(value).getBytes(StandardCharsets.UTF_8);
            all.append(new String(bytes, StandardCharsets.ISO_8859_1)).append('\n');
          }
        }
      }
    }
    return List.of(all.toString());
  }

  private static List<String> contents(Path folder) throws IOException {
    List<String> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        try {
          all.add(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
          // The server removed it meanwhile, or it is not for this user; another file has the name.
          all.add("");
        }
      }
    }
    return all;
  }

  /** Templates whose bytes are found nowhere by chance. */
  private static final class Distinct implements FaceEmbedder {
    private final FaceEmbedder scripted = new ScriptedFaces.Embedder("distinct");

    @Override
    public ModelInfo model() {
      return scripted.model();
    }

    @Override
    public int dimension() {
      return scripted.dimension();
    }

    @Override
    public ScoreCalibration calibration() {
      return scripted.calibration();
    }

    @Override
    public Embedding embed(Picture picture, Landmarks landmarks) {
      return of(picture.pixels().get(0));
    }

    private Embedding of(int person) {
      SplittableRandom random = new SplittableRandom(person);
      float[] values = new float[dimension()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextDouble(-1, 1);
      }
      return Embedding.normalised(model().id(), values);
    }

    /** The first four values, as memory and files hold them. */
    byte[] bytes(int person, ByteOrder order) {
      float[] values = new float[dimension()];
      of(person).copyTo(values, 0);
      ByteBuffer bytes = ByteBuffer.allocate(4 * Float.BYTES).order(order);
      for (int i = 0; i < 4; i++) {
        bytes.putFloat(values[i]);
      }
      return bytes.array();
    }
  }
}
