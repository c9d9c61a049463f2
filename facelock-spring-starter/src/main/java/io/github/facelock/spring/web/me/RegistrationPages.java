package io.github.facelock.spring.web.me;

import io.github.facelock.api.FactorType;
import io.github.facelock.spring.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The pages of registration, one after the other: account, face, app, end. */
@Controller
@ConditionalOnProperty(name = "facelock.web.registration", havingValue = "true")
@RequestMapping("${facelock.web.base-path:/facelock}/register")
public final class RegistrationPages {

  private final MeParts parts;
  private final MeServices services;
  private final MePage page;
  private final Registrations registrations;

  /**
   * Takes its parts.
   *
   * @param parts what it stands on
   */
  public RegistrationPages(MeParts parts) {
    this.parts = parts;
    this.services = MeServices.of(parts);
    this.page = new MePage(parts, services);
    this.registrations = new Registrations(parts, services);
  }

  @ExceptionHandler
  ResponseEntity<String> problem(ProblemException problem, HttpServletRequest request) {
    return problem.code().equals("registration-over")
        ? page.to(request, "/register?problem=registration-over")
        : page.elsewhere(problem, request);
  }

  private String base(HttpServletRequest request) {
    return request.getContextPath() + parts.properties().basePath();
  }

  @GetMapping
  ResponseEntity<String> register(@Nullable Authentication login, HttpServletRequest request) {
    if (parts.security().subject(login).isPresent()) {
      return page.to(request, "/me");
    }
    return page.show(request, "register", Map.of("username", ""));
  }

  @PostMapping
  ResponseEntity<String> begin(
      HttpServletRequest request,
      @RequestParam(defaultValue = "") String username,
      @RequestParam(defaultValue = "") String password) {
    try {
      registrations.begin(request, username, password);
    } catch (ProblemException problem) {
      return page.again(request, problem, "register", Map.of("username", username));
    }
    return page.to(request, services.faces().offered() ? "/register/face" : afterFace());
  }

  private String afterFace() {
    return services.codes().offers(FactorType.TOTP) ? "/register/totp" : "/register/done";
  }

  /** A page of somebody who is registering now. */
  private ResponseEntity<String> within(
      HttpServletRequest request, Function<HttpServletRequest, ResponseEntity<String>> shown) {
    return registrations.current(request).isPresent()
        ? shown.apply(request)
        : page.to(request, "/register?problem=registration-over");
  }

  @GetMapping("/face")
  ResponseEntity<String> face(HttpServletRequest request) {
    return within(request, r -> page.show(r, "me-face", faceModel(r)));
  }

  private Map<String, Object> faceModel(HttpServletRequest request) {
    String base = base(request);
    Map<String, Object> model = new HashMap<>();
    model.put("submit", base + "/api/register/faces");
    model.put("next", base + afterFace());
    model.put("upload", base + "/register/face");
    model.put("canUpload", true);
    model.put("skip", base + afterFace());
    model.put("scripts", List.of("facelock-capture.js", "enrol.js"));
    return model;
  }

  @PostMapping("/face")
  ResponseEntity<String> upload(HttpServletRequest request) {
    try {
      registrations.enrolForm(request);
    } catch (ProblemException problem) {
      if (problem.code().equals("registration-over")) {
        throw problem;
      }
      return page.again(request, problem, "me-face", faceModel(request));
    }
    return page.to(request, afterFace());
  }

  @GetMapping("/totp")
  ResponseEntity<String> totp(HttpServletRequest request) {
    return within(request, r -> page.show(r, "me-totp", totpModel(r)));
  }

  private Map<String, Object> totpModel(HttpServletRequest request) {
    return Map.of(
        "action", base(request) + "/register/totp", "skip", base(request) + "/register/done");
  }

  @PostMapping("/totp")
  ResponseEntity<String> beginTotp(
      HttpServletRequest request, @RequestParam(defaultValue = "") String label) {
    MyCodes.NewApp app;
    try {
      app = registrations.beginTotp(request, label);
    } catch (ProblemException problem) {
      if (problem.code().equals("registration-over")) {
        throw problem;
      }
      return page.again(request, problem, "me-totp", totpModel(request));
    }
    return page.show(
        request,
        "me-totp-new",
        Map.of(
            "id", app.id(),
            "qr", app.qr(),
            "uri", app.uri(),
            "secret", MyCodesPages.inGroups(app.secret()),
            "action", base(request) + "/register/totp/confirm"));
  }

  @PostMapping("/totp/confirm")
  ResponseEntity<String> confirmTotp(
      HttpServletRequest request,
      @RequestParam(defaultValue = "") String id,
      @RequestParam(defaultValue = "") String code) {
    try {
      registrations.confirmTotp(request, id, code);
    } catch (ProblemException problem) {
      if (problem.code().equals("registration-over")) {
        throw problem;
      }
      return page.again(
          request,
          problem,
          "me-totp-new",
          Map.of("id", id, "action", base(request) + "/register/totp/confirm"));
    }
    return page.to(request, "/register/done");
  }

  /** A page with a button: a link that is followed changes nothing. */
  @GetMapping("/done")
  ResponseEntity<String> done(HttpServletRequest request) {
    return within(request, r -> page.show(r, "register-done", Map.of()));
  }

  @PostMapping("/done")
  ResponseEntity<String> end(HttpServletRequest request) {
    registrations.require(request);
    registrations.end(request.getSession());
    return page.to(request, "/login");
  }
}
