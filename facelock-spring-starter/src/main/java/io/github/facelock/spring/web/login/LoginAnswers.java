package io.github.facelock.spring.web.login;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.facelock.api.DenialReason;
import io.github.facelock.api.Outcome;
import io.github.facelock.api.face.Guidance;
import io.github.facelock.core.face.GuidanceTexts;
import io.github.facelock.spring.web.ProblemException;
import io.github.facelock.spring.web.page.Texts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Makes the answers that scripts read. Immutable and thread-safe. */
final class LoginAnswers {

  private final Texts texts;
  private final GuidanceTexts guidance = new GuidanceTexts();
  private final boolean exposeProof;
  private final Clock clock;

  LoginAnswers(Texts texts, boolean exposeProof, Clock clock) {
    this.texts = texts;
    this.exposeProof = exposeProof;
    this.clock = clock;
  }

  /** A challenge or a grant. */
  sealed interface View permits ChallengeView, GrantedView {}

  /** What is asked next. */
  record ChallengeView(String status, String transaction, Instant expiresAt, StepView step)
      implements View {
    @Override
    public String toString() {
      return "ChallengeView[redacted]";
    }
  }

  /** A step. */
  record StepView(int number, List<PromptView> prompts, FeedbackView feedback) {}

  /** A factor that the step accepts. */
  record PromptView(String factor, String label, boolean started, Map<String, String> parameters) {}

  /** What became of the answer before. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record FeedbackView(
      String kind,
      @Nullable GuidanceView guidance,
      @Nullable String factor,
      @Nullable Instant until) {}

  /** What to do better. */
  record GuidanceView(String code, String text) {}

  /** The login is complete. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record GrantedView(
      String status,
      String subject,
      List<PassedView> factors,
      String level,
      @Nullable String proof,
      String redirect)
      implements View {
    @Override
    public String toString() {
      return "GrantedView[subject=" + subject + "]";
    }
  }

  /** A factor that was shown. */
  record PassedView(String factor, Instant at) {}

  View view(LoginFlow.Answer answer, Locale locale) {
    return answer
        .outcome()
        .<View>fold(
            granted -> granted(granted, answer.login()),
            challenge ->
                new ChallengeView(
                    "challenge",
                    challenge.handle().value(),
                    challenge.expiresAt(),
                    step(AskedStep.of(challenge.next()), locale)),
            denied -> {
              throw denied(denied, answer.login());
            },
            locked -> {
              throw locked(locked);
            });
  }

  private GrantedView granted(Outcome.Granted granted, OpenLogin login) {
    return new GrantedView(
        "granted",
        granted.subject().value(),
        granted.passed().stream()
            .map(passed -> new PassedView(passed.factor().id(), passed.at()))
            .toList(),
        granted.level().name(),
        exposeProof ? granted.proof() : null,
        login.ending().flatMap(end -> Optional.ofNullable(end.target())).orElse("/"));
  }

  private static ProblemException denied(Outcome.Denied denied, OpenLogin login) {
    String reason =
        login.ending().map(OpenLogin.End::reason).orElse(LoginFlow.reason(denied.reason()));
    if (reason.equals("too-many-sessions")) {
      return new ProblemException(HttpStatus.UNAUTHORIZED, "denied").with("reason", reason);
    }
    if (denied.reason() == DenialReason.UNAVAILABLE) {
      return new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, "unavailable")
          .with("reason", reason)
          .retryAfter(Duration.ofSeconds(10));
    }
    return new ProblemException(HttpStatus.UNAUTHORIZED, "denied").with("reason", reason);
  }

  private ProblemException locked(Outcome.Locked locked) {
    ProblemException problem = new ProblemException(HttpStatus.TOO_MANY_REQUESTS, "locked");
    if (Instant.MAX.equals(locked.until())) {
      return problem;
    }
    Duration wait = Duration.between(clock.instant(), locked.until());
    return problem
        .with("until", locked.until())
        .retryAfter(wait.isNegative() ? Duration.ZERO : wait);
  }

  StepView step(AskedStep step, Locale locale) {
    return new StepView(
        step.number(),
        step.prompts().stream()
            .map(
                prompt ->
                    new PromptView(
                        prompt.factor(),
                        label(prompt.factor(), locale),
                        prompt.started(),
                        prompt.parameters()))
            .toList(),
        new FeedbackView(
            step.feedback(),
            step.guidance() == null ? null : guidance(step.guidance(), locale),
            step.locked(),
            step.until()));
  }

  /** What a factor is called; an extension's own text, else its id. */
  String label(String factor, Locale locale) {
    return texts.find("factor-" + factor, locale).orElse(factor);
  }

  GuidanceView guidance(String code, Locale locale) {
    for (Guidance known : Guidance.values()) {
      if (known.code().equals(code)) {
        return guidance(known, locale);
      }
    }
    return new GuidanceView(code, "");
  }

  GuidanceView guidance(Guidance known, Locale locale) {
    return new GuidanceView(known.code(), guidance.text(known, locale));
  }
}
