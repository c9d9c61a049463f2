package io.github.facelock.api.policy;

import static io.github.facelock.api.FactorType.EMAIL_CODE;
import static io.github.facelock.api.FactorType.FACE;
import static io.github.facelock.api.FactorType.PASSWORD;
import static io.github.facelock.api.FactorType.PIN;
import static io.github.facelock.api.FactorType.TOTP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.facelock.api.AssuranceLevel;
import io.github.facelock.api.FactorKind;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.face.FalseMatchRate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PolicyTest {

  private static final FactorType IRIS = FactorType.of("iris", FactorKind.INHERENCE, "iris");

  @Test
  void aFaceAloneIsRefusedUnlessAllowed() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Policy.named("p").step(FACE).build())
        .withMessageContaining("allowFaceOnly");
    assertThat(Policy.named("p").step(FACE).allowFaceOnly().build().steps()).hasSize(1);
  }

  @Test
  void aFaceOrAPasswordAloneIsRefused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Policy.named("p").step(FACE, PASSWORD).build());
    assertThatIllegalStateException()
        .isThrownBy(() -> Policy.named("p").step(PASSWORD, FACE).build());
  }

  @Test
  void severalBiometricsAloneAreRefused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Policy.named("p").step(FACE).step(IRIS, TOTP).build());
  }

  @Test
  void aFaceWithSomethingKnownOrHeldIsTaken() {
    assertThat(Policy.named("p").step(FACE, PASSWORD).step(TOTP).build().steps()).hasSize(2);
    assertThat(Policy.named("p").step(PASSWORD).build().steps()).hasSize(1);
  }

  @Test
  void noPolicyThatABiometricCouldPassIsEverBuilt() {
    FactorType[] all = {FACE, IRIS, PASSWORD, PIN, TOTP, EMAIL_CODE};
    long seed = 5;
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 5000; round++) {
      List<FactorType> left = new ArrayList<>(Arrays.asList(all));
      Policy.Builder builder = Policy.named("p");
      boolean biometricsSuffice = true;
      int steps = random.nextInt(1, 4);
      for (int s = 0; s < steps; s++) {
        List<FactorType> anyOf = new ArrayList<>();
        for (int f = random.nextInt(1, 3); f > 0 && !left.isEmpty(); f--) {
          anyOf.add(left.remove(random.nextInt(left.size())));
        }
        if (anyOf.isEmpty()) {
          continue;
        }
        PolicyStep step = PolicyStep.of(anyOf.toArray(new FactorType[0]));
        int condition = s == 0 ? 0 : random.nextInt(4);
        step =
            condition == 1 ? step.whenRisk() : condition == 2 ? step.unlessTrustedDevice() : step;
        builder.step(step);
        // What may be left out protects nobody.
        if (step.condition() == StepCondition.ALWAYS) {
          biometricsSuffice &= anyOf.contains(FACE) || anyOf.contains(IRIS);
        }
      }
      boolean built;
      try {
        built = !builder.build().steps().isEmpty();
      } catch (IllegalStateException refused) {
        built = false;
      }
      assertThat(built).as("seed %d round %d", seed, round).isEqualTo(!biometricsSuffice);
    }
  }

  @Test
  void theFirstStepHasNoCondition() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Policy.named("p").step(PolicyStep.of(PIN).whenRisk()).step(TOTP).build())
        .withMessageContaining("Begin with a step that is always asked for");
    assertThatIllegalStateException()
        .isThrownBy(() -> Policy.named("p").step(PolicyStep.of(PIN).unlessTrustedDevice()).build());
  }

  @Test
  void aConditionCannotReduceAPolicyToAFace() {
    for (PolicyStep leftOut :
        List.of(PolicyStep.of(TOTP).whenRisk(), PolicyStep.of(TOTP).unlessTrustedDevice())) {
      assertThatIllegalStateException()
          .isThrownBy(() -> Policy.named("p").step(FACE).step(leftOut).build())
          .withMessageContaining("face alone");
      assertThat(Policy.named("p").step(FACE).step(PIN).step(leftOut).build().steps()).hasSize(3);
    }
  }

  @Test
  void aStepKeepsItsConditionAndItsValidity() {
    PolicyStep step = PolicyStep.of(TOTP, EMAIL_CODE).validFor(Duration.ofMinutes(5)).whenRisk();

    assertThat(step.condition()).isEqualTo(StepCondition.WHEN_RISK);
    assertThat(step.validFor()).contains(Duration.ofMinutes(5));
    assertThat(step.unlessTrustedDevice().validFor()).contains(Duration.ofMinutes(5));
    assertThat(PolicyStep.of(PIN).condition()).isEqualTo(StepCondition.ALWAYS);
    assertThat(PolicyStep.of(PIN).validFor()).isEmpty();
    for (Duration wrong :
        List.of(Duration.ZERO, Duration.ofMillis(999), Duration.ofDays(1).plusNanos(1))) {
      assertThatIllegalArgumentException().isThrownBy(() -> PolicyStep.of(PIN).validFor(wrong));
    }
  }

  @Test
  void aFactorAppearsOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Policy.named("p").step(PASSWORD, PASSWORD));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Policy.named("p").step(PASSWORD).step(TOTP, PASSWORD));
    assertThatIllegalArgumentException().isThrownBy(() -> Policy.named("p").step());
    assertThatIllegalArgumentException().isThrownBy(() -> new PolicyStep(List.of(PIN, PIN)));
  }

  @Test
  void thereAreOneToTenSteps() {
    assertThatIllegalStateException().isThrownBy(() -> Policy.named("p").build());
    Policy.Builder builder = Policy.named("p");
    for (int i = 0; i < 10; i++) {
      builder.step(FactorType.of("held-" + i, FactorKind.POSSESSION, "hwk"));
    }
    assertThat(builder.build().steps()).hasSize(10);
    builder.step(PIN);
    assertThatIllegalStateException().isThrownBy(builder::build);
  }

  @Test
  void aBuiltPolicyDoesNotChangeWithItsBuilder() {
    Policy.Builder builder = Policy.named("p").step(PASSWORD);
    Policy policy = builder.build();
    builder.step(TOTP).triesPerStep(9);

    assertThat(policy.steps()).hasSize(1).isUnmodifiable();
    assertThat(policy.triesPerStep()).isEqualTo(3);
  }

  @Test
  void numbersAreBounded() {
    Policy.Builder builder = Policy.named("p");
    assertThatIllegalArgumentException().isThrownBy(() -> builder.triesPerStep(0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.triesPerStep(11));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.acquisitionsPerStep(0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.acquisitionsPerStep(101));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.totpSkew(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.totpSkew(3));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.falseMatchRateOneIn(9));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.lifetime(Duration.ofMillis(9999)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.lifetime(Duration.ofHours(1).plusNanos(1)));
    for (String name : new String[] {"", " ", ".p", "a b", "a\n", "x".repeat(65)}) {
      assertThatIllegalArgumentException().isThrownBy(() -> Policy.named(name));
    }
  }

  @Test
  void everySettingArrives() {
    Policy policy =
        Policy.named("strict")
            .step(PIN)
            .falseMatchRateOneIn(50_000)
            .severalFaces(SeveralFaces.LARGEST)
            .triesPerStep(1)
            .acquisitionsPerStep(2)
            .totpSkew(2)
            .lifetime(Duration.ofSeconds(10))
            .build();

    assertThat(policy.name()).isEqualTo("strict");
    assertThat(policy.falseMatchRate()).isEqualTo(FalseMatchRate.oneIn(50_000));
    assertThat(policy.severalFaces()).isEqualTo(SeveralFaces.LARGEST);
    assertThat(policy.triesPerStep()).isEqualTo(1);
    assertThat(policy.acquisitionsPerStep()).isEqualTo(2);
    assertThat(policy.totpSkew()).isEqualTo(2);
    assertThat(policy.lifetime()).isEqualTo(Duration.ofSeconds(10));
    assertThat(policy).hasToString("Policy[strict [[pin]]]");
  }

  @Test
  void twoKindsAreNeededForTheSecondLevel() {
    assertThat(Policy.levelOf(List.of())).isEqualTo(AssuranceLevel.AAL1);
    assertThat(Policy.levelOf(List.of(TOTP, EMAIL_CODE))).isEqualTo(AssuranceLevel.AAL1);
    assertThat(Policy.levelOf(List.of(PASSWORD, PIN))).isEqualTo(AssuranceLevel.AAL1);
    assertThat(Policy.levelOf(List.of(PASSWORD, FACE))).isEqualTo(AssuranceLevel.AAL2);
  }

  @Test
  void thePresetsAreWhatTheirWordsSay() {
    assertThat(Policies.web().steps())
        .extracting(PolicyStep::anyOf)
        .containsExactly(List.of(PASSWORD), List.of(FACE), List.of(TOTP, EMAIL_CODE));
    assertThat(Policies.web().falseMatchRate()).isEqualTo(FalseMatchRate.oneIn(10_000));
    assertThat(Policies.web().severalFaces()).isEqualTo(SeveralFaces.REJECT);
    assertThat(Policies.door().steps())
        .extracting(PolicyStep::anyOf)
        .containsExactly(List.of(PIN), List.of(FACE));
    assertThat(Policies.doorByFace().steps())
        .extracting(PolicyStep::anyOf)
        .containsExactly(List.of(FACE), List.of(TOTP));
    Policy strict = Policies.highAssurance();
    assertThat(strict.falseMatchRate()).isEqualTo(FalseMatchRate.oneIn(100_000));
    assertThat(strict.totpSkew()).isZero();
    assertThat(strict.steps())
        .extracting(PolicyStep::anyOf)
        .containsExactly(List.of(PASSWORD), List.of(FACE), List.of(TOTP));
    for (Policy preset : List.of(Policies.web(), Policies.door(), Policies.doorByFace(), strict)) {
      List<FactorType> first = preset.steps().stream().map(step -> step.anyOf().get(0)).toList();
      assertThat(Policy.levelOf(first)).as("%s", preset).isEqualTo(AssuranceLevel.AAL2);
    }
  }
}
