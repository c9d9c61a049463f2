package io.github.facelock.spring.web.login;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Response;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.spring.autoconfigure.FaceLockWebProperties;
import io.github.facelock.spring.security.FaceLockSecurity;
import io.github.facelock.spring.web.FaceLockApi;
import io.github.facelock.spring.web.ProblemException;
import io.github.facelock.spring.web.RequestContexts;
import io.github.facelock.spring.web.Upload;
import io.github.facelock.spring.web.Uploads;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The login for scripts and applications. */
@FaceLockApi
@RequestMapping("${facelock.web.base-path:/facelock}/api")
public final class LoginController {

  private static final int LONGEST_REQUEST = 16 * 1024;

  private final LoginFlow flow;
  private final LoginAnswers answers;
  private final FaceLockSecurity security;
  private final RequestContexts contexts;
  private final FaceLockWebProperties properties;
  private final Uploads uploads;
  private final JsonMapper json;
  private final Clock clock;
  private final Advice advice;

  LoginController(LoginParts parts) {
    this.flow = parts.flow();
    this.answers = parts.answers();
    this.security = parts.security();
    this.contexts = parts.contexts();
    this.properties = parts.properties();
    this.uploads = parts.uploads();
    this.json = parts.json();
    this.clock = parts.clock();
    this.advice = parts.advice();
  }

  @PostMapping(path = "/login", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<LoginAnswers.View> begin(
      @RequestBody LoginRequests.Begin wanted,
      HttpServletRequest request,
      HttpServletResponse response) {
    SubjectId subject =
        LoginTexts.subject(wanted.username()).orElseThrow(LoginController::malformed);
    Optional<String> policy = Optional.ofNullable(wanted.policy());
    if (policy.isPresent()
        && !(properties.policies().contains(policy.get()) && security.knows(policy.get()))) {
      throw new ProblemException(HttpStatus.BAD_REQUEST, "unknown-policy");
    }
    return answer(
        flow.begin(subject, policy, LoginTexts.device(wanted.device()), false, request, response),
        request);
  }

  @PostMapping(path = "/step-up", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<LoginAnswers.View> stepUp(
      @RequestBody LoginRequests.StepUp wanted,
      HttpServletRequest request,
      HttpServletResponse response) {
    String policy =
        Optional.ofNullable(wanted.policy())
            .orElseGet(() -> security.stepUpPolicy(Optional.empty()));
    return answer(flow.stepUp(policy, false, request, response), request);
  }

  @PostMapping(path = "/login/advance", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<LoginAnswers.View> advance(
      @RequestBody LoginRequests.Answer given,
      HttpServletRequest request,
      HttpServletResponse response) {
    FactorType factor = factor(given.factor());
    Response answer;
    if (Boolean.TRUE.equals(given.choice())) {
      answer = new Response.Choice(factor);
    } else if (given.secret() != null && given.secret().length() <= Secret.MAX_LENGTH) {
      answer = new Response.Text(factor, Secret.of(given.secret()));
    } else {
      throw malformed();
    }
    return answer(flow.advance(need(given.transaction()), answer, request, response), request);
  }

  @PostMapping(path = "/login/advance", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  ResponseEntity<LoginAnswers.View> frames(
      HttpServletRequest request, HttpServletResponse response) {
    if (!flow.logins().anyOpen(request, clock.instant())) {
      // Before a byte of the upload is read.
      throw new ProblemException(HttpStatus.UNAUTHORIZED, "denied").with("reason", "expired");
    }
    try (Upload upload = uploads.receive(request)) {
      LoginRequests.Answer given =
          read(upload.first("request").orElseThrow(LoginController::malformed));
      List<Long> times = Optional.ofNullable(given.times()).orElse(List.of());
      Response answer = new Response.Frames(factor(given.factor()), uploads.capture(upload, times));
      return answer(flow.advance(need(given.transaction()), answer, request, response), request);
    }
  }

  @PostMapping(path = "/login/repeat", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<LoginAnswers.View> repeat(
      @RequestBody LoginRequests.Repeat wanted,
      HttpServletRequest request,
      HttpServletResponse response) {
    RequestContext context =
        LoginTexts.withNeeds(
            contexts.of(request), Optional.ofNullable(wanted.needs()).orElse(List.of()));
    return answer(flow.repeat(need(wanted.transaction()), context, request, response), request);
  }

  @PostMapping(path = "/login/cancel", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Void> cancel(
      @RequestBody LoginRequests.Cancel wanted, HttpServletRequest request) {
    flow.cancel(need(wanted.transaction()), request);
    return ResponseEntity.noContent().cacheControl(CacheControl.noStore()).build();
  }

  @PostMapping(path = "/guidance", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  ResponseEntity<Map<String, LoginAnswers.GuidanceView>> guidance(HttpServletRequest request) {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(Map.of("guidance", advice.give(request)));
  }

  private ResponseEntity<LoginAnswers.View> answer(
      LoginFlow.Answer answer, HttpServletRequest request) {
    Locale locale = contexts.locale(request);
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(answers.view(answer, locale));
  }

  private LoginRequests.Answer read(byte[] part) {
    if (part.length > LONGEST_REQUEST) {
      throw new ProblemException(HttpStatus.CONTENT_TOO_LARGE, "too-large");
    }
    try {
      return json.readValue(part, LoginRequests.Answer.class);
    } catch (JacksonException e) {
      throw malformed();
    }
  }

  private FactorType factor(@Nullable String id) {
    return security.authorities().factors().stream()
        .filter(factor -> factor.id().equals(id))
        .findFirst()
        .orElseThrow(LoginController::malformed);
  }

  private static String need(@Nullable String text) {
    if (text == null || text.length() > 128) {
      throw malformed();
    }
    return text;
  }

  private static ProblemException malformed() {
    return new ProblemException(HttpStatus.BAD_REQUEST, "malformed");
  }
}
