package io.github.facelock.core.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.AuditQuery;
import io.github.facelock.core.FaceLock;
import io.github.facelock.core.audit.AuditVerification;
import io.github.facelock.core.servers.MariaDbServer;
import io.github.facelock.core.servers.PostgreSqlServer;
import io.github.facelock.spi.store.Stores;
import io.github.facelock.spi.store.Subject;
import io.github.facelock.test.MutableClock;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process is killed in the middle of its work, again and again, at moments that a seed draws;
 * after each time all that it promised holds: nobody is enrolled or erased by half, no code is
 * accepted twice, no alert is lost, the audit trail verifies and has what was told. Twelve times in
 * all, or as often as {@code -Dfacelock.crash.kills=50} says.
 */
class CrashTest {

  private static final int MOST_STEPS = 40;
  private static final long LONGEST_MILLIS = 20;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private static final int KILLS = Integer.getInteger("facelock.crash.kills", 12);
  private static final int ON_POSTGRESQL = (2 * KILLS + 4) / 5;
  private static final int ON_MARIADB = 3 * KILLS / 10;

  @Test
  void onPostgreSql() throws Exception {
    new Story(PostgreSqlServer.shared().newDatabase(), 1).survives(ON_POSTGRESQL);
  }

  @Test
  void onMariaDb() throws Exception {
    new Story(MariaDbServer.shared().newDatabase(), 2).survives(ON_MARIADB);
  }

  @Test
  void onAFile(@TempDir Path folder) throws Exception {
    new Story("file:" + folder.resolve("facelock"), 3).survives(KILLS - ON_POSTGRESQL - ON_MARIADB);
  }

  /** What was promised over all runs on one database. */
  private static final class Story {
    private final String address;
    private final SplittableRandom random;
    private final Map<String, byte[]> enrolled = new LinkedHashMap<>();
    private final Map<String, Set<Instant>> sent = new LinkedHashMap<>();
    private final Set<String> erased = new LinkedHashSet<>();
    private final Set<String> erasing = new LinkedHashSet<>();
    private final Set<String> promised = new LinkedHashSet<>();
    private final Set<String> delivered = ConcurrentHashMap.newKeySet();
    private String begun = "";
    private int spent;

    Story(String address, long seed) {
      this.address = address;
      this.random = new SplittableRandom(seed);
    }

    void survives(int kills) throws Exception {
      for (int run = 0; run < kills; run++) {
        List<String> newOnes = runAndKill(run);
        check(run, newOnes);
      }
      assertThat(enrolled).as("there was something to lose").hasSizeGreaterThan(kills / 2);
      assertThat(spent).isGreaterThan(kills / 2);
      assertThat(promised).hasSizeGreaterThan(kills / 2);
    }

    private List<String> runAndKill(int run) throws Exception {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx128m",
                  "-Xshare:auto",
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-cp",
                  System.getProperty("java.class.path"),
                  CrashTest.class.getName(),
                  address,
                  Integer.toString(run))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      List<String> newOnes = new ArrayList<>();
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        assertThat(lines.readLine()).isEqualTo("ready");
        // By what was done, not by the time alone: a slow machine is killed in the middle too.
        int steps = 1 + random.nextInt(MOST_STEPS);
        long millis = random.nextLong(LONGEST_MILLIS);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          note(line, newOnes);
          if (line.contains(" r" + run + "-") && !line.contains("alert") && --steps == 0) {
            var unused =
                process
                    .onExit()
                    .completeOnTimeout(process, millis, TimeUnit.MILLISECONDS)
                    // Through its handle: the process object would close what we still read.
                    .thenAccept(killed -> killed.toHandle().destroyForcibly());
          }
        }
      }
      process.waitFor();
      return newOnes;
    }

    private void note(String line, List<String> newOnes) {
      String[] words = line.split(" ", -1);
      if (words.length < 2) {
        return; // Cut by the kill.
      }
      switch (words[0]) {
        case "enrolled" -> {
          if (words.length == 3 && words[2].length() == 40) {
            enrolled.put(words[1], HexFormat.of().parseHex(words[2]));
            newOnes.add(words[1]);
          }
        }
        case "spent" -> {
          sent.computeIfAbsent(words[1], name -> new LinkedHashSet<>())
              .add(Instant.parse(words[2]));
          spent++;
        }
        case "begun" -> begun = words[1];
        case "erases" -> erasing.add(words[1]);
        case "erased" -> erased.add(words[1]);
        case "promised" -> promised.add(words[1]);
        case "delivered" -> delivered.add(words[1]);
        default -> {}
      }
    }

    private void check(int run, List<String> newOnes) {
      try (OpenedDatabase opened = OpenedDatabase.at(address)) {
        Stores stores = opened.stores();
        MutableClock clock = MutableClock.at(CrashingNode.timeOf(run).plus(Duration.ofHours(20)));
        try (FaceLock faceLock = CrashingNode.open(stores, clock, run + 1, delivered::add)) {
          checkTrail(faceLock, run);
          for (String name : newOnes) {
            checkPerson(stores, faceLock, clock, name);
          }
          checkCutEnrolment(stores, faceLock);
          awaitAlerts(run);
          checkTrail(faceLock, run);
        }
        // Every credential that is there belongs to somebody and can be read.
        for (String name : enrolled.keySet()) {
          Optional<Subject> subject = stores.subjects().find(SubjectId.of(name));
          if (subject.isEmpty()) {
            assertThat(stores.credentials().find(SubjectId.of(name), FactorType.PIN)).isEmpty();
            assertThat(stores.credentials().find(SubjectId.of(name), FactorType.TOTP)).isEmpty();
          }
        }
      }
    }

    private static void checkTrail(FaceLock faceLock, int run) {
      assertThat(faceLock.audit().orElseThrow().verify())
          .as("the trail after run %d", run)
          .isInstanceOf(AuditVerification.Intact.class);
    }

    /** What was promised before the kill goes out after it, if it did not go before. */
    private void awaitAlerts(int run) {
      long end = System.nanoTime() + PATIENCE_NANOS;
      while (!delivered.containsAll(promised)) {
        assertThat(System.nanoTime())
            .as("after run %d, alerts of %s without those of %s", run, promised, delivered)
            .isLessThan(end);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      }
    }

    /** Whoever was begun and cut off can be erased whole, and be enrolled again. */
    private void checkCutEnrolment(Stores stores, FaceLock faceLock) {
      if (begun.isEmpty() || enrolled.containsKey(begun)) {
        return;
      }
      SubjectId subject = SubjectId.of(begun);
      faceLock.enrolment().erase(subject);
      for (FactorType factor : List.of(FactorType.PIN, FactorType.TOTP)) {
        assertThat(stores.credentials().find(subject, factor)).as("half of %s", begun).isEmpty();
      }
      faceLock.enrolment().register(subject);
      assertThat(faceLock.enrolment().erase(subject)).isTrue();
    }

    private void checkPerson(Stores stores, FaceLock faceLock, MutableClock clock, String name) {
      SubjectId subject = SubjectId.of(name);
      Optional<Subject> found = stores.subjects().find(subject);
      if (erased.contains(name)) {
        assertThat(found).as("erased %s", name).isEmpty();
        return;
      }
      if (erasing.contains(name)) {
        // Gone, or shut out until the erasure is repeated, or not begun.
        found
            .filter(Subject::suspended)
            .ifPresent(half -> assertThat(faceLock.enrolment().erase(subject)).isTrue());
        return;
      }
      assertThat(found).as("enrolled %s", name).isPresent();
      assertThat(
              faceLock
                  .audit()
                  .orElseThrow()
                  .search(AuditQuery.all().withSubject(subject).withTypes(Set.of("GRANTED"))))
          .as("logins of %s that were told are in the trail", name)
          .hasSizeGreaterThanOrEqualTo(sent.getOrDefault(name, Set.of()).size());
      byte[] secret = enrolled.get(name);
      Instant now = clock.instant();
      for (Instant at : sent.getOrDefault(name, Set.of())) {
        clock.set(at);
        assertThat(CrashingNode.login(faceLock, subject, CrashingNode.code(secret, at)))
            .as("the code of %s at %s, again", name, at)
            .isFalse();
      }
      clock.set(now);
      assertThat(CrashingNode.login(faceLock, subject, CrashingNode.code(secret, now)))
          .as("%s logs in after the crash", name)
          .isTrue();
    }
  }

  /** The process that is killed. */
  public static void main(String[] arguments) {
    try (OpenedDatabase opened = OpenedDatabase.at(arguments[0])) {
      CrashingNode.work(opened.stores(), Integer.parseInt(arguments[1]));
    }
  }
}
