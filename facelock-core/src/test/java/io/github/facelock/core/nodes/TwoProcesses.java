package io.github.facelock.core.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.Outcome;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Response;
import io.github.facelock.api.SubjectId;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What two processes must hold together, whatever they share: this one and another. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TwoProcesses {

  private static final int CALLS_OF_EACH = 50;
  private static final RequestContext REQUEST = RequestContext.from("192.0.2.250");

  private Node here;
  private OtherProcess there;

  /** Starts what is shared, and tells the arguments of the other node. */
  abstract String[] share();

  /** Makes the node of this process. */
  abstract Node open();

  @BeforeAll
  final void startBoth() throws Exception {
    there = OtherProcess.start(share());
    here = open();
    there.awaitReady();
  }

  @AfterAll
  final void stopBoth() {
    if (there != null) {
      there.close();
    }
    if (here != null) {
      here.close();
    }
  }

  final Node here() {
    return here;
  }

  final OtherProcess there() {
    return there;
  }

  /** Passes the PIN, and tells the handle of the step that asks for the code. */
  final String askForCode(SubjectId subject) {
    Outcome pin = here.faceLock().authenticator().begin(subject, REQUEST);
    Outcome code =
        here.faceLock()
            .authenticator()
            .advance(((Outcome.Challenge) pin).handle(), Response.pin(Node.PIN), REQUEST);
    return ((Outcome.Challenge) code).handle().value();
  }

  @Test
  void oneOfAHundredSubmissionsOfOneCodeIsGranted() throws Exception {
    for (int round = 0; round < 3; round++) {
      String handle = askForCode(Node.ANN);
      String sent = here.mailbox().awaitCode(Node.ADDRESS);

      CompletableFuture<Integer> other =
          there.ask("submit " + handle + " " + sent + " " + CALLS_OF_EACH);
      int granted = here.submit(handle, sent, CALLS_OF_EACH);

      assertThat(granted + other.get()).as("round %d", round).isEqualTo(1);
    }
  }

  @Test
  void theLimitOfAttemptsHoldsExactlyOverBoth() throws Exception {
    CompletableFuture<Integer> other = there.ask("guess " + CALLS_OF_EACH);
    int judged = here.guess(CALLS_OF_EACH);

    assertThat(judged + other.get()).isEqualTo(5);
  }
}
