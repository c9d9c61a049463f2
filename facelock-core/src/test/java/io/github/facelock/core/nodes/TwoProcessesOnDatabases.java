package io.github.facelock.core.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What two processes on one database must hold, besides. */
abstract class TwoProcessesOnDatabases extends TwoProcesses {

  private static final int ROUNDS = 3;
  private static final Duration PROMISED = Duration.ofSeconds(1);

  private String address = "";

  /** Makes an empty database. */
  abstract String newDatabase();

  @Override
  final String[] share() {
    address = newDatabase();
    return new String[] {"database", address};
  }

  @Override
  final Node open() {
    return Node.onDatabase(address, true);
  }

  @Test
  void anEnrolmentOnOneIsFoundByTheOtherWithinASecondAndAnErasureToo() throws Exception {
    List<Duration> found = new ArrayList<>();
    List<Duration> lost = new ArrayList<>();
    for (int person = 1; person <= ROUNDS; person++) {
      here().enrolFace(person);
      found.add(until("finds " + person));

      here().faceLock().enrolment().erase(Node.named(person));
      lost.add(until("loses " + person));
    }

    // The one in the middle: a machine with other work may hold up a round, not the rule.
    assertThat(middle(found)).as("found after %s", found).isLessThan(PROMISED);
    assertThat(middle(lost)).as("lost after %s", lost).isLessThan(PROMISED);
  }

  private Duration until(String command) throws Exception {
    long begun = System.nanoTime();
    assertThat(there().ask(command).get()).as(command).isEqualTo(1);
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private static Duration middle(List<Duration> durations) {
    return durations.stream().sorted().toList().get(durations.size() / 2);
  }
}
