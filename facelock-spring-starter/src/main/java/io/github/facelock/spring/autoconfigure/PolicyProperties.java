package io.github.facelock.spring.autoconfigure;

import io.github.facelock.api.policy.LivenessMode;
import io.github.facelock.api.policy.SeveralFaces;
import io.github.facelock.api.policy.StepCondition;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A policy of the application's own.
 *
 * @param steps What is asked for, in this order.
 * @param liveness How a person is told from a picture. Defaults to facelock.liveness, then active.
 * @param falseMatchRateOneIn How seldom a stranger's face may pass, one in so many.
 * @param severalFaces What happens when several faces are seen.
 * @param triesPerStep How often a step may be answered wrongly.
 * @param acquisitionsPerStep How often a face may be shown that cannot be judged.
 * @param lifetime How long a login may take.
 * @param totpSkew How many steps of 30 seconds the clock of an authenticator app may be off.
 * @param faceOnly Whether a face alone may be enough, which is no multi-factor authentication.
 */
public record PolicyProperties(
    @DefaultValue @NotEmpty List<@Valid Step> steps,
    @Nullable LivenessMode liveness,
    @Nullable @Min(1) Long falseMatchRateOneIn,
    @Nullable SeveralFaces severalFaces,
    @Nullable @Min(1) Integer triesPerStep,
    @Nullable @Min(1) Integer acquisitionsPerStep,
    @Nullable Duration lifetime,
    @Nullable @Min(0) @Max(10) Integer totpSkew,
    @DefaultValue("false") boolean faceOnly) {

  /** Copies the list. */
  public PolicyProperties {
    steps = List.copyOf(steps);
  }

  /**
   * One step.
   *
   * @param anyOf Factors of which one is enough, in the order in which they are offered: password,
   *     pin, face, totp, hotp, email-code, sms-code, recovery-code.
   * @param when When the step is asked for.
   * @param validFor How long an earlier login's factor still counts for this step of a step-up.
   */
  public record Step(
      @DefaultValue @NotEmpty List<String> anyOf,
      @DefaultValue("always") StepCondition when,
      @Nullable Duration validFor) {

    /** Copies the list. */
    public Step {
      anyOf = List.copyOf(anyOf);
    }
  }
}
