package io.github.facelock.spring.web.login;

import io.github.facelock.api.Feedback;
import io.github.facelock.api.Prompt;
import io.github.facelock.api.Step;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A step as a session keeps it, without words: these are looked up in the language of each request.
 *
 * @param number from 1
 * @param prompts what is accepted
 * @param feedback {@code none}, {@code not-verified}, {@code not-acquired} or {@code factor-locked}
 * @param guidance the code of what to do better
 * @param locked the factor that is locked
 * @param until when it is no longer
 */
record AskedStep(
    int number,
    List<Asked> prompts,
    String feedback,
    @Nullable String guidance,
    @Nullable String locked,
    @Nullable Instant until)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /**
   * A prompt.
   *
   * @param factor its id
   * @param started whether it can be answered
   * @param parameters what helps to ask
   */
  record Asked(String factor, boolean started, Map<String, String> parameters)
      implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  static AskedStep of(Step step) {
    List<Asked> prompts = List.copyOf(step.prompts().stream().map(AskedStep::asked).toList());
    Feedback feedback = step.feedback();
    if (feedback instanceof Feedback.NotVerified) {
      return new AskedStep(step.number(), prompts, "not-verified", null, null, null);
    }
    if (feedback instanceof Feedback.NotAcquired unclear) {
      return new AskedStep(
          step.number(), prompts, "not-acquired", unclear.guidance().code(), null, null);
    }
    if (feedback instanceof Feedback.FactorLocked locked) {
      return new AskedStep(
          step.number(),
          prompts,
          "factor-locked",
          null,
          locked.factor().id(),
          Instant.MAX.equals(locked.until()) ? null : locked.until());
    }
    return new AskedStep(step.number(), prompts, "none", null, null, null);
  }

  private static Asked asked(Prompt prompt) {
    return new Asked(prompt.factor().id(), prompt.started(), new TreeMap<>(prompt.parameters()));
  }

  Optional<Asked> prompt(@Nullable String factor) {
    return prompts.stream().filter(prompt -> prompt.factor().equals(factor)).findFirst();
  }
}
