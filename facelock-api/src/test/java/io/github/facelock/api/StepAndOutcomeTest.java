package io.github.facelock.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepAndOutcomeTest {

  private static final Instant AT = Instant.parse("2030-01-01T00:00:00Z");
  private static final Step STEP =
      new Step(
          1,
          List.of(
              new Prompt(FactorType.TOTP, true, Map.of("digits", "6")),
              new Prompt(FactorType.EMAIL_CODE, false, Map.of())),
          new Feedback.None());

  private static String name(Outcome outcome) {
    return outcome.fold(g -> "granted", c -> "challenge", d -> "denied", l -> "locked");
  }

  @Test
  void eachOutcomeIsFoldedByItsOwnFunction() {
    assertThat(
            name(
                new Outcome.Granted(
                    SubjectId.of("a"), List.of(FactorType.PIN), AT, AssuranceLevel.AAL1, "jwt")))
        .isEqualTo("granted");
    assertThat(name(new Outcome.Challenge(TransactionHandle.parse("a".repeat(43)), STEP, AT)))
        .isEqualTo("challenge");
    assertThat(name(new Outcome.Denied(DenialReason.NOT_VERIFIED))).isEqualTo("denied");
    assertThat(name(new Outcome.Locked(AT))).isEqualTo("locked");
  }

  @Test
  void aStepFindsItsPrompts() {
    assertThat(STEP.prompt(FactorType.EMAIL_CODE)).contains(STEP.prompts().get(1));
    assertThat(STEP.prompt(FactorType.FACE)).isEmpty();
  }

  @Test
  void aStepHasANumberAndAPrompt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Step(0, STEP.prompts(), new Feedback.None()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Step(1, List.of(), new Feedback.None()));
  }

  @Test
  void listsAreCopied() {
    List<FactorType> mine = new ArrayList<>(List.of(FactorType.PIN));
    Outcome.Granted granted =
        new Outcome.Granted(SubjectId.of("a"), mine, AT, AssuranceLevel.AAL1, "jwt");
    mine.clear();

    assertThat(granted.satisfied()).containsExactly(FactorType.PIN).isUnmodifiable();
    assertThat(STEP.prompts()).isUnmodifiable();
  }
}
