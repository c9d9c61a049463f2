package io.github.facelock.api.face;

import static io.github.facelock.api.face.LivenessAction.BLINK;
import static io.github.facelock.api.face.LivenessAction.COME_CLOSER;
import static io.github.facelock.api.face.LivenessAction.HOLD_STILL;
import static io.github.facelock.api.face.LivenessAction.LOOK_UP;
import static io.github.facelock.api.face.LivenessAction.TURN_LEFT;
import static io.github.facelock.api.face.LivenessAction.TURN_RIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.facelock.api.RequestContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LivenessChallengeTest {

  private static LivenessChallenge asking(LivenessAction... actions) {
    return new LivenessChallenge(
        "n-1", List.of(actions), List.of(), Duration.ofMillis(500), Duration.ofSeconds(30));
  }

  private static LivenessChallenge showing(IlluminationColour... colours) {
    return new LivenessChallenge(
        "n-1",
        List.of(TURN_LEFT, HOLD_STILL),
        List.of(colours),
        Duration.ofMillis(500),
        Duration.ofSeconds(30));
  }

  @Test
  void aClientReadsWhatTheServerWrote() {
    LivenessChallenge plain = asking(TURN_LEFT, LOOK_UP, COME_CLOSER, BLINK);
    LivenessChallenge coloured =
        showing(IlluminationColour.RED, IlluminationColour.BLUE, IlluminationColour.RED);

    assertThat(LivenessChallenge.in(plain.parameters())).contains(plain);
    assertThat(LivenessChallenge.in(coloured.parameters())).contains(coloured);
    assertThat(plain.parameters())
        .containsEntry("actions", "turn-left,look-up,come-closer,blink")
        .containsEntry("answer-within-ms", "30000")
        .containsEntry("clip-ms", "2000-12000")
        .containsEntry("frames-per-second", "5-15")
        .doesNotContainKey("colours");
    assertThat(coloured.parameters()).containsEntry("colours", "red,blue,red");
  }

  @Test
  void aPromptWithoutChallengeHasNone() {
    assertThat(LivenessChallenge.in(Map.of("frames", "5"))).isEmpty();
    assertThat(LivenessChallenge.in(Map.of("liveness", "unavailable"))).isEmpty();
  }

  @Test
  void damagedParametersAreRefused() {
    for (String name : List.of("challenge", "actions", "colour-ms", "answer-within-ms")) {
      Map<String, String> damaged = new HashMap<>(asking(TURN_LEFT, LOOK_UP).parameters());
      damaged.remove(name);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> LivenessChallenge.in(damaged))
          .withMessageContaining(name);
    }
    Map<String, String> unknown = new HashMap<>(asking(TURN_LEFT, LOOK_UP).parameters());
    unknown.put("actions", "turn-left,somersault");
    assertThatIllegalArgumentException().isThrownBy(() -> LivenessChallenge.in(unknown));
    unknown.put("actions", "turn-left,look-up");
    unknown.put("colours", "octarine");
    assertThatIllegalArgumentException().isThrownBy(() -> LivenessChallenge.in(unknown));
  }

  @Test
  void aChallengeHasTwoToFourActionsAndNoneTwiceInARow() {
    assertThat(asking(TURN_LEFT, TURN_RIGHT, TURN_LEFT, TURN_RIGHT).actions()).hasSize(4);
    assertThatIllegalArgumentException().isThrownBy(() -> asking(TURN_LEFT));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> asking(TURN_LEFT, TURN_RIGHT, TURN_LEFT, TURN_RIGHT, TURN_LEFT));
    assertThatIllegalArgumentException().isThrownBy(() -> asking(TURN_LEFT, TURN_LEFT));
    // Holding still between them tells no one turn from two.
    assertThatIllegalArgumentException().isThrownBy(() -> asking(TURN_LEFT, HOLD_STILL, TURN_LEFT));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> showing(IlluminationColour.RED, IlluminationColour.RED));
  }

  @Test
  void timesHaveBounds() {
    assertThatIllegalArgumentException().isThrownBy(() -> lasting("n", 100, 30_000));
    assertThatIllegalArgumentException().isThrownBy(() -> lasting("n", 500, 2_000));
    assertThatIllegalArgumentException().isThrownBy(() -> lasting("n", 500, 121_000));
    assertThatIllegalArgumentException().isThrownBy(() -> lasting("no blanks", 500, 30_000));
  }

  private static LivenessChallenge lasting(String nonce, long colour, long answer) {
    return new LivenessChallenge(
        nonce,
        List.of(TURN_LEFT, LOOK_UP),
        List.of(),
        Duration.ofMillis(colour),
        Duration.ofMillis(answer));
  }

  @Test
  void onlyWhatNobodyDoesUnaskedCountsForTheOrder() {
    assertThat(asking(HOLD_STILL, TURN_LEFT, BLINK, LOOK_UP).deliberateActions())
        .containsExactly(TURN_LEFT, LOOK_UP);
  }

  @Test
  void aRequestStatesWhatThePersonCannotDo() {
    RequestContext request =
        RequestContext.local()
            .withLivenessNeeds(Set.of(LivenessNeed.NO_TURNING, LivenessNeed.NO_COLOURS));

    assertThat(LivenessNeed.in(request.attributes()))
        .containsExactlyInAnyOrder(LivenessNeed.NO_TURNING, LivenessNeed.NO_COLOURS);
    assertThat(LivenessNeed.NO_TURNING.excluded()).containsExactlyInAnyOrder(TURN_LEFT, TURN_RIGHT);
    assertThat(LivenessNeed.in(Map.of())).isEmpty();
    assertThat(LivenessNeed.in(Map.of("liveness-needs", "no-turning, no-such-thing,,")))
        .containsExactly(LivenessNeed.NO_TURNING);
  }
}
