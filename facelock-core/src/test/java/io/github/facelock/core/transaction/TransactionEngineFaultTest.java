package io.github.facelock.core.transaction;

import static io.github.facelock.core.transaction.Fixture.ALICE;
import static io.github.facelock.core.transaction.Fixture.DOOR;
import static io.github.facelock.core.transaction.Fixture.FACE;
import static io.github.facelock.core.transaction.Fixture.PIN;
import static io.github.facelock.core.transaction.Fixture.answer;
import static io.github.facelock.core.transaction.Fixture.handle;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.DenialReason;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Outcome;
import io.github.facelock.api.Response;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.core.transaction.Faults.Place;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.Attempt;
import io.github.facelock.spi.AttemptLimiter;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.Factor;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.FactorStart;
import io.github.facelock.spi.FactorState;
import io.github.facelock.spi.Verification;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What fails denies, gives attempts back that were not judged, and heals with its cause. */
class TransactionEngineFaultTest {

  private static final Outcome UNAVAILABLE = new Outcome.Denied(DenialReason.UNAVAILABLE);

  private final Fixture fixture = new Fixture();
  private final TransactionEngine engine =
      fixture.engine(Policy.named("office").step(PIN).step(FACE).triesPerStep(2).build());

  private Outcome failing(Place place, Outcome last, String text) {
    fixture.faults.arm(place, Integer.MAX_VALUE, true);
    Outcome outcome = answer(engine, last, text.startsWith("face ") ? FACE : PIN, word(text));
    assertThat(fixture.faults.disarm()).as("%s failed", place).isPositive();
    return outcome;
  }

  private static String word(String text) {
    return text.substring(text.indexOf(' ') + 1);
  }

  private List<AuditEvent.Type> auditTypes() {
    return fixture.audit.events().stream().map(AuditEvent::type).toList();
  }

  @ParameterizedTest
  @EnumSource(
      value = Place.class,
      names = {"SUBJECTS", "PUT", "TAKE", "CHARGE", "SUCCEEDED", "VERIFY", "PROOF", "AUDIT"})
  void aFaultAtTheLastStepNeverGrantsAndTheNextLoginWorks(Place place) {
    Outcome last = answer(engine, engine.begin(ALICE, DOOR), PIN, "right");
    // The last step keeps no state, so its put cannot fail; a wrong answer's can.
    Outcome outcome = failing(place, last, place == Place.PUT ? "face wrong" : "face right");
    assertThat(outcome).isEqualTo(UNAVAILABLE);
    assertThat(answer(engine, last, FACE, "right"))
        .as("the handle is spent")
        .isEqualTo(new Outcome.Denied(DenialReason.EXPIRED));

    Outcome again = answer(engine, engine.begin(ALICE, DOOR), PIN, "right");
    assertThat(answer(engine, again, FACE, "right")).isInstanceOf(Outcome.Granted.class);
  }

  /** As a native library that does not link, or a full memory, does. */
  @ParameterizedTest
  @EnumSource(
      value = Place.class,
      names = {"SUBJECTS", "TAKE", "CHARGE", "SUCCEEDED", "VERIFY", "PROOF", "AUDIT"})
  void anErrorOfThePlatformDeniesAndIsAuditedOnce(Place place) {
    Outcome last = answer(engine, engine.begin(ALICE, DOOR), PIN, "right");
    int before = fixture.audit.events().size();
    fixture.faults.armWithError(place, 1);

    assertThat(answer(engine, last, FACE, "right")).isEqualTo(UNAVAILABLE);
    assertThat(fixture.faults.disarm()).isEqualTo(1);
    assertThat(fixture.audit.events()).hasSize(before + 1);
    assertThat(fixture.audit.events().get(before).type()).isEqualTo(AuditEvent.Type.DENIED);
  }

  @ParameterizedTest
  @EnumSource(
      value = Place.class,
      names = {"SUBJECTS", "PUT", "START", "AUDIT"})
  void aFaultAtTheBeginningDenies(Place place) {
    for (boolean ours : List.of(true, false)) {
      fixture.faults.arm(place, 1, ours);
      assertThat(engine.begin(ALICE, DOOR)).isEqualTo(UNAVAILABLE);
      assertThat(fixture.faults.disarm()).isEqualTo(1);
      AuditEvent event = fixture.lastEvent();
      assertThat(event.type()).isEqualTo(AuditEvent.Type.DENIED);
      assertThat(event.subject()).contains(ALICE);
      assertThat(event.details())
          .containsEntry("cause", "fault")
          .containsEntry("reason", "UNAVAILABLE")
          .containsEntry("policy", "office")
          .containsEntry(
              "fault",
              ours
                  ? "io.github.facelock.api.FaceLockException$Store"
                  : "java.lang.NumberFormatException");
      assertThat(event.details().toString()).doesNotContain("hunter2");
    }
    assertThat(auditTypes()).containsExactly(AuditEvent.Type.DENIED, AuditEvent.Type.DENIED);
    assertThat(fixture.alerts).isEmpty();
  }

  @Test
  void anAttemptThatWasNotJudgedIsGivenBack() {
    assertThat(failing(Place.VERIFY, engine.begin(ALICE, DOOR), "pin right"))
        .isEqualTo(UNAVAILABLE);
    assertThat(fixture.limiter.permitted).hasSize(1);
    assertThat(fixture.limiter.failures()).isZero();
    assertThat(answer(engine, engine.begin(ALICE, DOOR), PIN, "null")).isEqualTo(UNAVAILABLE);
    assertThat(fixture.limiter.failures()).isZero();
    assertThat(fixture.limiter.refunded).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(
      value = Place.class,
      names = {"PUT", "AUDIT", "RENEW"})
  void anAttemptThatWasJudgedWrongIsNotGivenBack(Place place) {
    assertThat(failing(place, engine.begin(ALICE, DOOR), "pin wrong")).isEqualTo(UNAVAILABLE);
    assertThat(fixture.limiter.failures()).as("no guess for nothing").isEqualTo(1);
  }

  @Test
  void aFaultWhileRefundingDeniesAndIsNotTriedAgain() {
    assertThat(failing(Place.REFUND, engine.begin(ALICE, DOOR), "pin unclear"))
        .isEqualTo(UNAVAILABLE);
    assertThat(fixture.limiter.refunded).isEmpty();
  }

  @Test
  void aFaultWhileRefundingAfterAnotherFaultChangesNothing() {
    Fixture other = new Fixture();
    TransactionEngine twice =
        other
            .parts(Policy.named("p").step(PIN).build())
            .limiter(
                new AttemptLimiter() {
                  @Override
                  public Charge charge(Attempt attempt) {
                    return new Charge.Permitted(attempt);
                  }

                  @Override
                  public void refund(Charge.Permitted permitted) {
                    throw new IllegalStateException("away");
                  }

                  @Override
                  public void succeeded(Charge.Permitted permitted) {}

                  @Override
                  public void unlock(SubjectId subject, FactorType factor) {}
                })
            .build();
    Outcome outcome = twice.begin(ALICE, DOOR);
    other.faults.arm(Place.VERIFY, 1, true);
    assertThat(answer(twice, outcome, PIN, "right")).isEqualTo(UNAVAILABLE);
    assertThat(other.audit.events()).hasSize(2);
  }

  @Test
  void repeatAndChoiceFailLikeEverythingElse() {
    TransactionEngine two =
        fixture.engine(Policy.named("p").step(PIN, Fixture.MAIL).step(FACE).build());
    fixture.faults.arm(Place.RESTART, 1, false);
    assertThat(two.repeat(handle(two.begin(ALICE, DOOR)), DOOR)).isEqualTo(UNAVAILABLE);
    Outcome outcome = two.begin(ALICE, DOOR);
    fixture.faults.arm(Place.START, 1, true);
    assertThat(Fixture.choose(two, outcome, Fixture.MAIL)).isEqualTo(UNAVAILABLE);
    outcome = two.begin(ALICE, DOOR);
    fixture.faults.arm(Place.START, 1, true);
    assertThat(answer(two, outcome, PIN, "right"))
        .as("the next step cannot be opened")
        .isEqualTo(UNAVAILABLE);
    assertThat(fixture.limiter.succeeded).hasSize(1);
  }

  @Test
  void withoutAnAuditTrailNobodyIsGrantedOrChallenged() {
    Outcome outcome = answer(engine, engine.begin(ALICE, DOOR), PIN, "right");
    fixture.faults.arm(Place.AUDIT, Integer.MAX_VALUE, true);
    assertThat(answer(engine, outcome, FACE, "right")).isEqualTo(UNAVAILABLE);
    assertThat(engine.begin(ALICE, DOOR)).isEqualTo(UNAVAILABLE);
    assertThat(fixture.faults.disarm()).as("tried for the outcome, then the denial").isEqualTo(4);
    assertThat(auditTypes())
        .containsExactly(AuditEvent.Type.CHALLENGED, AuditEvent.Type.CHALLENGED);
  }

  @Test
  void whatWasFoundIsAlertedThoughItCannotBeAudited() {
    assertThat(failing(Place.AUDIT, engine.begin(ALICE, DOOR), "pin attack"))
        .isEqualTo(UNAVAILABLE);
    assertThat(fixture.alerts)
        .extracting(Alert::cause)
        .containsExactly(Alert.Cause.ATTACK_SUSPECTED);
  }

  @Test
  void aFailingAlertChangesNoVerdict() {
    Outcome outcome = answer(engine, engine.begin(ALICE, DOOR), PIN, "wrong");
    fixture.faults.arm(Place.ALERT, 1, false);
    assertThat(answer(engine, outcome, PIN, "attack"))
        .isEqualTo(new Outcome.Denied(DenialReason.NOT_VERIFIED));
    assertThat(fixture.faults.disarm()).isEqualTo(1);
    assertThat(fixture.alerts)
        .as("the second of two alerts")
        .extracting(Alert::cause)
        .containsExactly(Alert.Cause.NOT_VERIFIED);
  }

  @ParameterizedTest
  @EnumSource(
      value = Place.class,
      mode = Mode.INCLUDE,
      names = {"TAKE", "AUDIT"})
  void cancellingNeverThrowsForAFault(Place place) {
    Outcome outcome = engine.begin(ALICE, DOOR);
    fixture.faults.arm(place, 1, false);
    engine.cancel(handle(outcome));
    assertThat(fixture.faults.disarm()).isEqualTo(1);
    assertThat(auditTypes()).containsExactly(AuditEvent.Type.CHALLENGED);
  }

  @Test
  void theLogTellsTheCureOfOurFaultsAndNoMessageOfOthers() {
    assertThat(Journal.describe(new FaceLockException.Store("The store is away; start it")))
        .isEqualTo("io.github.facelock.api.FaceLockException$Store: The store is away; start it");
    NumberFormatException foreign = new NumberFormatException("For input string: \"hunter2\"");
    assertThat(Journal.describe(foreign))
        .startsWith("java.lang.NumberFormatException at " + getClass().getName())
        .doesNotContain("hunter2");
    foreign.setStackTrace(new StackTraceElement[0]);
    assertThat(Journal.describe(foreign)).endsWith("at an unknown place");
  }

  @Test
  void alteredStatesDeny() {
    for (int at = 0; at < 120; at += 7) {
      int position = at;
      TransactionEngine tampered =
          fixture
              .parts(Policy.named("p").step(PIN).build())
              .transactions(
                  new TamperedStore(
                      state -> {
                        byte[] altered = state.clone();
                        altered[position % altered.length] ^= 1;
                        return altered;
                      }))
              .build();
      assertThat(answer(tampered, tampered.begin(ALICE, DOOR), PIN, "right"))
          .isEqualTo(UNAVAILABLE);
    }
    assertThat(fixture.judged()).isZero();
  }

  @Test
  void aStateMovedToAnotherHandleDenies() {
    TamperedStore store = new TamperedStore(state -> state);
    TransactionEngine swapped =
        fixture.parts(Policy.named("p").step(PIN).build()).transactions(store).build();
    Outcome first = swapped.begin(ALICE, DOOR);
    Outcome second = swapped.begin(Fixture.BOB, DOOR);
    List<String> keys = new ArrayList<>(store.states.keySet());
    byte[] one = store.states.get(keys.get(0));
    store.states.put(keys.get(0), store.states.get(keys.get(1)));
    store.states.put(keys.get(1), one);
    assertThat(answer(swapped, first, PIN, "right")).isEqualTo(UNAVAILABLE);
    assertThat(answer(swapped, second, PIN, "right")).isEqualTo(UNAVAILABLE);
    assertThat(fixture.judged()).isZero();
  }

  @Test
  void theStoreSeesNothingOfTheLogin() {
    TamperedStore store = new TamperedStore(state -> state);
    TransactionEngine sealing =
        fixture.parts(Policy.named("p").step(PIN).build()).transactions(store).build();
    sealing.begin(ALICE, DOOR);
    byte[] state = store.states.values().iterator().next();
    String seen = new String(state, StandardCharsets.ISO_8859_1);
    assertThat(seen).doesNotContain("alice", "front-door", "question", "pin");
    assertThat(store.states.keySet()).allMatch(key -> key.matches("[A-Za-z0-9_-]{43}"));
  }

  @Test
  void aStepThatRemembersTooMuchDenies() {
    Fixture other = new Fixture();
    TransactionEngine talkative =
        other.parts(Policy.named("p").step(Fixture.CARD).build(), List.of(new Talkative())).build();
    assertThat(talkative.begin(ALICE, DOOR)).isEqualTo(UNAVAILABLE);
    assertThat(other.lastEvent().details())
        .containsEntry("fault", "io.github.facelock.api.FaceLockException");
  }

  /** Shows more than a login may hold. */
  private static final class Talkative implements Factor {
    @Override
    public FactorType type() {
      return Fixture.CARD;
    }

    @Override
    public FactorStart start(FactorContext context) {
      return FactorStart.stateless(Map.of("a", "x".repeat(40_000), "b", "y".repeat(40_000)));
    }

    @Override
    public Verification verify(FactorContext context, FactorState state, Response response) {
      throw new AssertionError("never asked");
    }
  }
}
