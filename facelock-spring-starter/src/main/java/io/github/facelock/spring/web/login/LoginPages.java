package io.github.facelock.spring.web.login;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.Response;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.spring.autoconfigure.FaceLockWebProperties;
import io.github.facelock.spring.security.FaceLockSecurity;
import io.github.facelock.spring.security.FaceLockSignIn;
import io.github.facelock.spring.web.ProblemException;
import io.github.facelock.spring.web.RequestContexts;
import io.github.facelock.spring.web.page.Pages;
import io.github.facelock.spring.web.page.Texts;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The login for people. Every form is sent, judged, and answered with the address of the next page,
 * so that loading a page again sends nothing and the back button harms nobody. Works without
 * script, except for the camera.
 */
@Controller
@RequestMapping("${facelock.web.base-path:/facelock}")
public final class LoginPages {

  private final LoginFlow flow;
  private final StepPage steps;
  private final FaceLockSecurity security;
  private final RequestContexts contexts;
  private final FaceLockWebProperties properties;
  private final Pages pages;
  private final Texts texts;
  private final Clock clock;

  LoginPages(LoginParts parts) {
    this.flow = parts.flow();
    this.steps = new StepPage(parts.answers(), parts.texts(), parts.json(), parts.clock());
    this.security = parts.security();
    this.contexts = parts.contexts();
    this.properties = parts.properties();
    this.pages = parts.pages();
    this.texts = parts.texts();
    this.clock = parts.clock();
  }

  @GetMapping("/login")
  ResponseEntity<String> login(
      @RequestParam(name = "out", required = false) @Nullable String out,
      HttpServletRequest request) {
    return loginPage(HttpStatus.OK, out == null ? "" : "login-out", "", "", request);
  }

  private ResponseEntity<String> loginPage(
      HttpStatus status, String notice, String error, String username, HttpServletRequest request) {
    Locale locale = contexts.locale(request);
    Map<String, Object> model = new HashMap<>();
    model.put("notice", notice.isEmpty() ? "" : texts.text(notice, locale));
    model.put("error", error.isEmpty() ? "" : texts.text(error, locale));
    model.put("username", username);
    model.put("trust", security.knowsTrustedDevices());
    return pages.page(request, status, "login", model);
  }

  @PostMapping("/login")
  ResponseEntity<String> begin(
      @RequestParam(name = "username", defaultValue = "") String username,
      @RequestParam(name = "trust", required = false) @Nullable String trust,
      HttpServletRequest request,
      HttpServletResponse response) {
    Optional<SubjectId> subject = LoginTexts.subject(username);
    if (subject.isEmpty()) {
      return loginPage(HttpStatus.BAD_REQUEST, "", "login-bad-name", "", request);
    }
    String device =
        trust == null ? null : LoginTexts.device(Browsers.name(request.getHeader("User-Agent")));
    return next(
        flow.begin(subject.get(), Optional.empty(), device, true, request, response), request);
  }

  @GetMapping("/login/step")
  ResponseEntity<String> step(
      @RequestParam(name = "t", required = false) @Nullable String tab,
      @RequestParam(name = "f", required = false) @Nullable String factor,
      HttpServletRequest request) {
    Optional<OpenLogin> login = flow.logins().byId(request, tab);
    if (login.isEmpty()) {
      return to("/login", request);
    }
    Optional<OpenLogin.End> end = login.get().ending();
    if (end.isPresent()) {
      String target = end.get().target();
      return target == null ? to("/login/denied?t=" + login.get().id(), request) : see(target);
    }
    if (!login.get().isOpen(clock.instant()) || login.get().handle() == null) {
      return to("/login/denied", request);
    }
    return pages.page(
        request,
        "login-step",
        steps.model(login.get(), factor, contexts.locale(request), base(request)));
  }

  @PostMapping("/login/step")
  ResponseEntity<String> answer(
      @RequestParam(name = "t", required = false) @Nullable String tab,
      @RequestParam(name = "transaction", defaultValue = "") String transaction,
      @RequestParam(name = "factor", defaultValue = "") String factor,
      @RequestParam(name = "secret", defaultValue = "") String secret,
      HttpServletRequest request,
      HttpServletResponse response) {
    Optional<FactorType> answered = factor(factor);
    if (answered.isEmpty() || secret.length() > Secret.MAX_LENGTH) {
      return to("/login", request);
    }
    // Codes are read out of mails and apps with blanks in between.
    String typed =
        answered.get().equals(FactorType.PASSWORD) ? secret : secret.replaceAll("[\\s-]", "");
    return next(
        flow.advance(
            transaction, new Response.Text(answered.get(), Secret.of(typed)), request, response),
        tab,
        request);
  }

  @PostMapping("/login/choose")
  ResponseEntity<String> choose(
      @RequestParam(name = "t", required = false) @Nullable String tab,
      @RequestParam(name = "transaction", defaultValue = "") String transaction,
      @RequestParam(name = "factor", defaultValue = "") String factor,
      HttpServletRequest request,
      HttpServletResponse response) {
    Optional<FactorType> chosen = factor(factor);
    if (chosen.isEmpty()) {
      return to("/login", request);
    }
    return next(
        flow.advance(transaction, new Response.Choice(chosen.get()), request, response),
        tab,
        request);
  }

  @PostMapping("/login/repeat")
  ResponseEntity<String> repeat(
      @RequestParam(name = "t", required = false) @Nullable String tab,
      @RequestParam(name = "transaction", defaultValue = "") String transaction,
      @RequestParam(name = "needs", required = false) @Nullable List<String> needs,
      HttpServletRequest request,
      HttpServletResponse response) {
    return next(
        flow.repeat(
            transaction,
            LoginTexts.withNeeds(
                contexts.of(request), Optional.ofNullable(needs).orElse(List.of())),
            request,
            response),
        tab,
        request);
  }

  @PostMapping("/login/cancel")
  ResponseEntity<String> cancel(
      @RequestParam(name = "transaction", defaultValue = "") String transaction,
      HttpServletRequest request) {
    flow.cancel(transaction, request);
    return to("/login", request);
  }

  @GetMapping("/login/denied")
  ResponseEntity<String> denied(
      @RequestParam(name = "t", required = false) @Nullable String tab,
      HttpServletRequest request) {
    OpenLogin.End end =
        flow.logins()
            .byId(request, tab)
            .flatMap(OpenLogin::ending)
            .orElseGet(() -> new OpenLogin.End("expired", null, null));
    return pages.page(request, "login-denied", steps.denied(end, contexts.locale(request)));
  }

  @GetMapping("/login/step-up")
  ResponseEntity<String> stepUp(
      @RequestParam(name = "policy", defaultValue = "") String policy, HttpServletRequest request) {
    if (FaceLockSignIn.of(request).current().isEmpty()) {
      return to("/login", request);
    }
    // A page first, with a button: what sends a code is never the following of a link.
    return pages.page(
        request, "login-step-up", Map.of("policy", security.knows(policy) ? policy : ""));
  }

  @PostMapping("/login/step-up")
  ResponseEntity<String> beginStepUp(
      @RequestParam(name = "policy", defaultValue = "") String policy,
      HttpServletRequest request,
      HttpServletResponse response) {
    String wanted = security.knows(policy) ? policy : security.stepUpPolicy(Optional.empty());
    return next(flow.stepUp(wanted, true, request, response), request);
  }

  @GetMapping("/logout")
  ResponseEntity<String> logout(HttpServletRequest request) {
    return pages.page(request, "logout", Map.of());
  }

  @ExceptionHandler
  ResponseEntity<String> problem(ProblemException problem, HttpServletRequest request) {
    if (problem.status() == HttpStatus.UNAUTHORIZED) {
      return to("/login", request);
    }
    Locale locale = contexts.locale(request);
    String text =
        texts
            .find("problem-" + problem.code(), locale)
            .orElseGet(() -> texts.text("problem-other", locale));
    return pages.page(
        request,
        problem.status(),
        "login-denied",
        Map.of("heading", texts.text("denied-heading", locale), "reason", text));
  }

  private ResponseEntity<String> next(LoginFlow.Answer answer, HttpServletRequest request) {
    return next(answer, null, request);
  }

  private ResponseEntity<String> next(
      LoginFlow.Answer answer, @Nullable String tab, HttpServletRequest request) {
    OpenLogin login = answer.login();
    if (login.id().isEmpty()) {
      // A page that was overtaken: by the back button, or by a second click long after the first.
      return flow.logins().byId(request, tab).isPresent()
          ? to("/login/step?t=" + encoded(tab), request)
          : to("/login/denied", request);
    }
    return to("/login/step?t=" + encoded(login.id()), request);
  }

  private static String encoded(@Nullable String text) {
    return URLEncoder.encode(Optional.ofNullable(text).orElse(""), StandardCharsets.UTF_8);
  }

  private Optional<FactorType> factor(String id) {
    return security.authorities().factors().stream()
        .filter(factor -> factor.id().equals(id))
        .findFirst();
  }

  private String base(HttpServletRequest request) {
    return request.getContextPath() + properties.basePath();
  }

  private ResponseEntity<String> to(String path, HttpServletRequest request) {
    return see(base(request) + path);
  }

  private static ResponseEntity<String> see(String address) {
    return ResponseEntity.status(HttpStatus.SEE_OTHER)
        .location(URI.create(address))
        .cacheControl(CacheControl.noStore())
        .build();
  }
}
