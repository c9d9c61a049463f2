package io.github.facelock.core.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.core.FaceLock;
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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process is killed in the middle of its work, again and again, at moments that a seed draws;
 * after each time all that it promised holds.
 */
class CrashTest {

  private static final int MOST_STEPS = 40;
  private static final long LONGEST_MILLIS = 20;

  @Test
  void onPostgreSql() throws Exception {
    new Story(PostgreSqlServer.shared().newDatabase(), 1).survives(30);
  }

  @Test
  void onMariaDb() throws Exception {
    new Story(MariaDbServer.shared().newDatabase(), 2).survives(10);
  }

  @Test
  void onAFile(@TempDir Path folder) throws Exception {
    new Story("file:" + folder.resolve("facelock"), 3).survives(10);
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
    private final Set<String> delivered = new LinkedHashSet<>();
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
      assertThat(enrolled).as("there was something to lose").hasSizeGreaterThan(kills);
      assertThat(spent).isGreaterThan(kills);
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
        try (FaceLock faceLock = CrashingNode.open(stores, clock, run + 1)) {
          for (String name : newOnes) {
            checkPerson(stores, faceLock, clock, name);
          }
        }
        // No alert that was promised is gone unless somebody has it.
        for (String id : promised) {
          assertThat(delivered.contains(id) || stores.outbox().find(id).isPresent())
              .as("alert %s after run %d", id, run)
              .isTrue();
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
