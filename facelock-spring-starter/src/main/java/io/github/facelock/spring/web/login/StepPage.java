package io.github.facelock.spring.web.login;

import io.github.facelock.spring.web.page.Texts;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What the page of a step shows. Immutable and thread-safe. */
final class StepPage {

  private final LoginAnswers answers;
  private final Texts texts;
  private final JsonMapper json;
  private final Clock clock;

  StepPage(LoginAnswers answers, Texts texts, JsonMapper json, Clock clock) {
    this.answers = answers;
    this.texts = texts;
    this.json = json;
    this.clock = clock;
  }

  Map<String, Object> model(OpenLogin login, @Nullable String looksAt, Locale locale, String base) {
    AskedStep step = Objects.requireNonNull(login.step(), "an open login asks for something");
    Optional<AskedStep.Asked> shown = shown(step, looksAt, login.chosen());
    Map<String, Object> model = new HashMap<>();
    String error = error(step, locale);
    model.put("error", error);
    model.put("number", step.number());
    model.put("username", login.username());
    model.put("tab", login.id());
    model.put("transaction", Objects.requireNonNull(login.handle(), "a page's login"));
    model.put("others", others(step, shown, login, locale));
    model.put("next", base + "/login/step?t=" + encoded(login.id()));
    String heading =
        shown
            .map(asked -> texts.find("ask-" + asked.factor(), locale).orElse(asked.factor()))
            .orElseGet(() -> texts.text("ask-choice", locale));
    model.put("heading", heading);
    model.put("title", error.isEmpty() ? heading : texts.text("title-error", locale, heading));
    model.put("another", step.prompts().size() > 1 ? model.get("next") + "#others" : "");
    shown.ifPresent(asked -> model.putAll(asking(asked, locale)));
    return model;
  }

  /** What the person looks at, else what was chosen, else the first that can be answered. */
  private static Optional<AskedStep.Asked> shown(
      AskedStep step, @Nullable String looksAt, @Nullable String chosen) {
    return step.prompt(looksAt)
        .filter(AskedStep.Asked::started)
        .or(() -> step.prompt(chosen).filter(AskedStep.Asked::started))
        .or(() -> step.prompts().stream().filter(AskedStep.Asked::started).findFirst());
  }

  private Map<String, Object> asking(AskedStep.Asked asked, Locale locale) {
    Map<String, Object> model = new HashMap<>();
    String factor = asked.factor();
    model.put("factor", factor);
    model.put("label", answers.label(factor, locale));
    model.put("hint", texts.find("hint-" + factor, locale).orElse(""));
    switch (factor) {
      case "face" -> {
        model.put("face", true);
        model.put("challenge", json.writeValueAsString(asked.parameters()));
        model.put("scripts", List.of("step.js"));
      }
      case "password" -> model.put("password", true);
      case "pin" -> model.put("pin", true);
      case "recovery-code" -> model.put("text", true);
      case "totp", "hotp", "email-code", "sms-code" -> {
        model.put("code", true);
        model.put("digits", asked.parameters().getOrDefault("digits", ""));
        if (factor.endsWith("-code")) {
          model.put("again", texts.text("again-code", locale));
        }
      }
      default -> model.put("text", true);
    }
    return model;
  }

  private List<Map<String, Object>> others(
      AskedStep step, Optional<AskedStep.Asked> shown, OpenLogin login, Locale locale) {
    List<Map<String, Object>> others = new ArrayList<>();
    for (AskedStep.Asked asked : step.prompts()) {
      if (shown.filter(asked::equals).isPresent()) {
        continue;
      }
      others.add(
          Map.of(
              "factor",
              asked.factor(),
              "label",
              texts
                  .find("choose-" + asked.factor(), locale)
                  .orElseGet(() -> answers.label(asked.factor(), locale)),
              "started",
              asked.started(),
              "query",
              "t=" + encoded(login.id()) + "&f=" + encoded(asked.factor())));
    }
    return others;
  }

  private String error(AskedStep step, Locale locale) {
    return switch (step.feedback()) {
      case "not-verified" -> texts.text("feedback-not-verified", locale);
      case "not-acquired" ->
          answers.guidance(Objects.requireNonNullElse(step.guidance(), ""), locale).text();
      case "factor-locked" ->
          texts.text(
              "feedback-factor-locked",
              locale,
              answers.label(Objects.requireNonNullElse(step.locked(), ""), locale),
              wait(step.until(), locale));
      default -> "";
    };
  }

  Map<String, Object> denied(OpenLogin.End end, Locale locale) {
    String reason =
        end.reason().equals("locked")
            ? texts.text("denied-locked", locale, wait(end.until(), locale))
            : texts
                .find("denied-" + end.reason(), locale)
                .orElseGet(() -> texts.text("problem-other", locale));
    return Map.of("heading", texts.text("denied-heading", locale), "reason", reason);
  }

  /** "Try again in …", or that an administrator must help. */
  private String wait(@Nullable Instant until, Locale locale) {
    if (until == null) {
      return texts.text("wait-administrator", locale);
    }
    Duration left = Duration.between(clock.instant(), until);
    long seconds = Math.max(1, left.toSeconds() + 1);
    return seconds < 100
        ? texts.text("wait-seconds", locale, seconds)
        : texts.text("wait-minutes", locale, (seconds + 59) / 60);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
