package io.github.facelock.core.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.face.IlluminationColour;
import io.github.facelock.api.face.LivenessAction;
import io.github.facelock.api.face.LivenessChallenge;
import io.github.facelock.api.face.LivenessNeed;
import io.github.facelock.api.policy.LivenessMode;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.core.fixtures.StoppedClock;
import io.github.facelock.core.store.memory.MemoryAttemptStore;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.FactorStart;
import io.github.facelock.spi.FactorState;
import io.github.facelock.spi.store.AttemptStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChallengeIssuerTest {

  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

  private final AttemptStore store = new MemoryAttemptStore(new StoppedClock(NOW));
  private final ChallengeIssuer issuer = issuer(ChallengeRules.ofDefaults());

  private ChallengeIssuer issuer(ChallengeRules rules) {
    return new ChallengeIssuer(rules, store, new SecureRandom());
  }

  private static FactorContext login(String claimed, boolean known, LivenessNeed... needs) {
    return new FactorContext(
        "tx",
        Optional.of(SubjectId.of(claimed)),
        known ? Optional.of(SubjectId.of(claimed)) : Optional.empty(),
        RequestContext.local().withLivenessNeeds(Set.of(needs)),
        Policy.named("p").step(FactorType.PASSWORD).step(FactorType.FACE).build(),
        NOW);
  }

  private static LivenessChallenge challenge(FactorStart start) {
    return LivenessChallenge.in(start.parameters()).orElseThrow();
  }

  private LivenessChallenge draw(FactorContext login) {
    return challenge(issuer.issue(login, FactorState.empty()));
  }

  @Test
  void noSubjectGetsTheSameOrderTwiceInARow() {
    ChallengeIssuer fewOrders =
        issuer(
            ChallengeRules.ofDefaults()
                .withActions(EnumSet.of(LivenessAction.TURN_LEFT, LivenessAction.TURN_RIGHT)));
    List<LivenessAction> last = List.of();
    for (int i = 0; i < 300; i++) {
      // Every draw is a new login, on a node that shares nothing but the store.
      List<LivenessAction> next =
          challenge(fewOrders.issue(login("anna", true), FactorState.empty())).deliberateActions();
      assertThat(next).isNotEqualTo(last);
      last = next;
    }
  }

  @Test
  void anUnknownSubjectIsRememberedLikeAKnownOne() {
    List<LivenessAction> last = List.of();
    for (int i = 0; i < 300; i++) {
      List<LivenessAction> next = draw(login("nobody", false)).deliberateActions();
      assertThat(next).isNotEqualTo(last);
      last = next;
    }
  }

  @Test
  void allOrdersAreDrawnAboutEquallyOften() {
    int draws = 20_000;
    Map<List<LivenessAction>, Integer> counts = new HashMap<>();
    for (int i = 0; i < draws; i++) {
      counts.merge(draw(login("anna", true)).deliberateActions(), 1, Integer::sum);
    }
    int orders = new ChallengeSpace(ChallengeRules.ofDefaults(), Set.of(), false).size();

    // Ordered pairs and triples of five actions without repetition in a row: 20 + 80, each with a
    // turn or a nod, as an approach cannot follow itself.
    assertThat(orders).isEqualTo(100);
    assertThat(counts).hasSize(orders);
    double expected = (double) draws / orders;
    double chiSquared =
        counts.values().stream().mapToDouble(n -> (n - expected) * (n - expected) / expected).sum();
    // 99 degrees of freedom: a fair draw exceeds 161 in one of 10 000 runs.
    assertThat(chiSquared).isLessThan(161);
  }

  @Test
  void everyChallengeHasItsOwnName() {
    Set<String> nonces = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      nonces.add(draw(login("anna", true)).nonce());
    }
    assertThat(nonces).hasSize(1000);
  }

  @Test
  void whatAPersonCannotDoIsNotAsked() {
    for (int i = 0; i < 200; i++) {
      assertThat(draw(login("anna", true, LivenessNeed.NO_TURNING)).actions())
          .doesNotContain(LivenessAction.TURN_LEFT, LivenessAction.TURN_RIGHT);
    }
  }

  @Test
  void needsAreRememberedForTheQuestionsThatFollow() {
    FactorStart first =
        issuer.issue(login("anna", true, LivenessNeed.NO_TURNING), FactorState.empty());
    for (int i = 0; i < 100; i++) {
      FactorStart next = issuer.issue(login("anna", true), first.state());
      assertThat(challenge(next).actions())
          .doesNotContain(LivenessAction.TURN_LEFT, LivenessAction.TURN_RIGHT);
    }
  }

  @Test
  void whoCanDoTooLittleIsNotAskedForWhatIsEasyToGuess() {
    FactorStart start =
        issuer.issue(
            login("anna", true, LivenessNeed.NO_TURNING, LivenessNeed.NO_NODDING),
            FactorState.empty());

    assertThat(start.parameters()).containsExactly(Map.entry("liveness", "unavailable"));
    assertThat(ChallengeState.decode(start.state()).orElseThrow().challenge()).isEmpty();
  }

  @Test
  void noStatedNeedLeavesFewOrders() {
    for (int mask = 0; mask < 1 << LivenessNeed.values().length; mask++) {
      Set<LivenessNeed> needs = EnumSet.noneOf(LivenessNeed.class);
      int rest = mask;
      for (LivenessNeed need : LivenessNeed.values()) {
        if ((rest & 1) != 0) {
          needs.add(need);
        }
        rest >>= 1;
      }
      FactorStart start =
          issuer.issue(
              login("anna", true, needs.toArray(new LivenessNeed[0])), FactorState.empty());
      Set<LivenessAction> excluded = EnumSet.noneOf(LivenessAction.class);
      needs.forEach(need -> excluded.addAll(need.excluded()));
      int orders = new ChallengeSpace(ChallengeRules.ofDefaults(), excluded, false).size();
      assertThat(LivenessChallenge.in(start.parameters()).isPresent())
          .isEqualTo(orders >= ChallengeSpace.LEAST_ORDERS);
    }
  }

  @Test
  void coloursAreDrawnWhereTheyAreAskedForAndThePersonMaySeeThem() {
    ChallengeIssuer coloured = issuer(ChallengeRules.ofDefaults().withColours(5));
    Set<List<IlluminationColour>> drawn = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      List<IlluminationColour> colours =
          challenge(coloured.issue(login("anna", true), FactorState.empty())).colours();
      assertThat(colours).hasSize(5);
      drawn.add(colours);
    }
    // 3 · 2⁴ sequences without repetition in a row.
    assertThat(drawn).hasSize(48);
    assertThat(
            challenge(
                    coloured.issue(
                        login("anna", true, LivenessNeed.NO_COLOURS), FactorState.empty()))
                .colours())
        .isEmpty();
  }

  @Test
  void aStrictChallengeHasATurnUnlessThePersonCannotTurn() {
    Set<List<LivenessAction>> drawn = new HashSet<>();
    for (int i = 0; i < 3_000; i++) {
      List<LivenessAction> order = draw(strict()).deliberateActions();
      assertThat(order).containsAnyOf(LivenessAction.TURN_LEFT, LivenessAction.TURN_RIGHT);
      drawn.add(order);
    }
    // The 100 orders without the 6 pairs and 12 triples of look up, look down and come closer.
    assertThat(drawn).hasSize(82);

    assertThat(draw(strict(LivenessNeed.NO_TURNING)).actions())
        .isNotEmpty()
        .doesNotContain(LivenessAction.TURN_LEFT, LivenessAction.TURN_RIGHT);
  }

  private static FactorContext strict(LivenessNeed... needs) {
    FactorContext usual = login("anna", true, needs);
    return new FactorContext(
        usual.transaction(),
        usual.claimed(),
        usual.subject(),
        usual.request(),
        Policy.named("p")
            .step(FactorType.PASSWORD)
            .step(FactorType.FACE)
            .liveness(LivenessMode.ACTIVE_STRICT)
            .build(),
        usual.now());
  }

  @Test
  void softActionsAreAddedWithoutMakingTheOrderLonger() {
    ChallengeIssuer soft =
        issuer(ChallengeRules.ofDefaults().withActions(EnumSet.allOf(LivenessAction.class)));
    boolean seen = false;
    for (int i = 0; i < 500; i++) {
      LivenessChallenge drawn = challenge(soft.issue(login("anna", true), FactorState.empty()));
      assertThat(drawn.actions()).hasSizeBetween(2, 3);
      assertThat(drawn.deliberateActions()).hasSizeBetween(2, 3);
      seen |= drawn.actions().contains(LivenessAction.BLINK);
    }
    assertThat(seen).isTrue();
  }

  @Test
  void theStateComesBackAsItWas() {
    FactorStart start =
        issuer(ChallengeRules.ofDefaults().withColours(4))
            .issue(login("anna", true, LivenessNeed.NO_APPROACHING), FactorState.empty());

    ChallengeState state = ChallengeState.decode(start.state()).orElseThrow();

    assertThat(state.challenge()).contains(challenge(start));
    assertThat(state.issuedAt()).isEqualTo(NOW);
    assertThat(state.needs()).containsExactly(LivenessNeed.NO_APPROACHING);
    assertThat(ChallengeState.decode(FactorState.empty())).isEmpty();
    assertThat(ChallengeState.decode(FactorState.of(new byte[] {1, 2, 3}))).isEmpty();
    assertThat(
            ChallengeState.decode(
                FactorState.of("issued=soon".getBytes(java.nio.charset.StandardCharsets.UTF_8))))
        .isEmpty();
  }

  @Test
  void rulesThatMakeNoChallengeAreRefused() {
    ChallengeRules usual = ChallengeRules.ofDefaults();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> usual.withActions(Set.of(LivenessAction.BLINK, LivenessAction.TURN_LEFT)));
    assertThatIllegalArgumentException().isThrownBy(() -> usual.withColours(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> usual.withColours(25));
    assertThatIllegalArgumentException().isThrownBy(() -> rules(1, 3, 500, 30));
    assertThatIllegalArgumentException().isThrownBy(() -> rules(2, 5, 500, 30));
    assertThatIllegalArgumentException().isThrownBy(() -> rules(3, 2, 500, 30));
    assertThatIllegalArgumentException().isThrownBy(() -> rules(2, 3, 100, 30));
    assertThatIllegalArgumentException().isThrownBy(() -> rules(2, 3, 500, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> rules(2, 3, 500, 121));
  }

  private static ChallengeRules rules(int least, int most, int colourMs, int seconds) {
    return new ChallengeRules(
        ChallengeRules.ofDefaults().actions(),
        least,
        most,
        0,
        Duration.ofMillis(colourMs),
        Duration.ofSeconds(seconds));
  }
}
