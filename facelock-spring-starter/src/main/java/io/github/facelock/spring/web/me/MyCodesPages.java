package io.github.facelock.spring.web.me;

import io.github.facelock.api.FactorType;
import io.github.facelock.spring.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The pages of apps, addresses and recovery codes. A page that shows a secret is the answer to the
 * POST that made it: it is shown once, and a step back shows an empty form.
 */
@Controller
@RequestMapping("${facelock.web.base-path:/facelock}/me")
public final class MyCodesPages {

  private static final Optional<FactorType> TOTP = Optional.of(FactorType.TOTP);
  private static final Optional<FactorType> RECOVERY = Optional.of(FactorType.RECOVERY_CODE);

  private final MeParts parts;
  private final MeServices services;
  private final MePage page;

  /**
   * Takes its parts.
   *
   * @param parts what it stands on
   */
  public MyCodesPages(MeParts parts) {
    this.parts = parts;
    this.services = MeServices.of(parts);
    this.page = new MePage(parts, services);
  }

  @ExceptionHandler
  ResponseEntity<String> problem(ProblemException problem, HttpServletRequest request) {
    return page.elsewhere(problem, request);
  }

  @GetMapping("/totp")
  ResponseEntity<String> totp(
      @Nullable Authentication login, HttpServletRequest request, HttpServletResponse response) {
    return page.stepUpFirst(login, request, response, TOTP)
        .orElseGet(() -> page.show(request, "me-totp", begin(request)));
  }

  private Map<String, Object> begin(HttpServletRequest request) {
    return Map.of("action", base(request) + "/me/totp", "skip", "");
  }

  private String base(HttpServletRequest request) {
    return request.getContextPath() + parts.properties().basePath();
  }

  @PostMapping("/totp")
  ResponseEntity<String> beginTotp(
      @Nullable Authentication login,
      HttpServletRequest request,
      @RequestParam(defaultValue = "") String label) {
    Person person = services.visits().changing(login, request, TOTP);
    MyCodes.NewApp app;
    try {
      app = services.codes().beginTotp(person.subject(), label);
    } catch (ProblemException problem) {
      return page.again(request, problem, "me-totp", begin(request));
    }
    return page.show(
        request,
        "me-totp-new",
        Map.of(
            "id", app.id(),
            "qr", app.qr(),
            "uri", app.uri(),
            "secret", inGroups(app.secret()),
            "action", base(request) + "/me/totp/confirm"));
  }

  static String inGroups(String secret) {
    return secret.replaceAll("(.{4})(?=.)", "$1 ");
  }

  @PostMapping("/totp/confirm")
  ResponseEntity<String> confirmTotp(
      @Nullable Authentication login,
      HttpServletRequest request,
      @RequestParam(defaultValue = "") String id,
      @RequestParam(defaultValue = "") String code) {
    Person person = services.visits().changing(login, request, TOTP);
    try {
      services.codes().confirmTotp(person.subject(), id, code);
    } catch (ProblemException problem) {
      return page.again(
          request,
          problem,
          "me-totp-new",
          Map.of("id", id, "action", base(request) + "/me/totp/confirm"));
    }
    return page.to(request, "/me?done=totp");
  }

  @PostMapping("/totp/{id}/remove")
  ResponseEntity<String> removeTotp(
      @Nullable Authentication login, HttpServletRequest request, @PathVariable String id) {
    Person person = services.visits().changing(login, request, TOTP);
    services.codes().removeDevice(person.subject(), id);
    return page.to(request, "/me?done=totp-removed");
  }

  @GetMapping("/recovery-codes")
  ResponseEntity<String> recoveryCodes(
      @Nullable Authentication login, HttpServletRequest request, HttpServletResponse response) {
    return page.stepUpFirst(login, request, response, RECOVERY)
        .orElseGet(() -> page.show(request, "me-recovery-codes", Map.of("codes", List.of())));
  }

  @PostMapping("/recovery-codes")
  ResponseEntity<String> newRecoveryCodes(
      @Nullable Authentication login, HttpServletRequest request) {
    Person person = services.visits().changing(login, request, RECOVERY);
    return page.show(
        request,
        "me-recovery-codes",
        Map.of("codes", services.codes().regenerateRecoveryCodes(person.subject())));
  }

  @GetMapping("/email")
  ResponseEntity<String> email(
      @Nullable Authentication login, HttpServletRequest request, HttpServletResponse response) {
    return address(login, request, response, FactorType.EMAIL_CODE);
  }

  @GetMapping("/phone")
  ResponseEntity<String> phone(
      @Nullable Authentication login, HttpServletRequest request, HttpServletResponse response) {
    return address(login, request, response, FactorType.SMS_CODE);
  }

  private ResponseEntity<String> address(
      @Nullable Authentication login,
      HttpServletRequest request,
      HttpServletResponse response,
      FactorType factor) {
    return page.stepUpFirst(login, request, response, Optional.of(factor))
        .orElseGet(
            () ->
                page.show(
                    request,
                    "me-address",
                    addressModel(services.visits().of(login, request), factor, request)));
  }

  private Map<String, Object> addressModel(
      Person person, FactorType factor, HttpServletRequest request) {
    boolean mail = factor.equals(FactorType.EMAIL_CODE);
    Map<String, Object> model = new HashMap<>();
    model.put("path", mail ? "email" : "phone");
    model.put("mail", mail);
    model.put("title", page.text(request, mail ? "me-email-title" : "me-phone-title"));
    model.put("label", page.text(request, mail ? "me-email-label" : "me-phone-label"));
    model.put(
        "enrolled",
        parts.faceLock().enrolment().enrolledFactors(person.subject()).contains(factor));
    model.put(
        "pending",
        services
            .codes()
            .pending(factor, request.getSession())
            .map(MyCodes.Pending::address)
            .orElse(""));
    return model;
  }

  private static FactorType factor(String path) {
    return switch (path) {
      case "email" -> FactorType.EMAIL_CODE;
      case "phone" -> FactorType.SMS_CODE;
      default -> throw Identifiers.unknown();
    };
  }

  @PostMapping("/{kind:email|phone}")
  ResponseEntity<String> beginAddress(
      @Nullable Authentication login,
      HttpServletRequest request,
      @PathVariable String kind,
      @RequestParam(defaultValue = "") String address) {
    FactorType factor = factor(kind);
    Person person = services.visits().changing(login, request, Optional.of(factor));
    try {
      services.codes().beginAddress(person, factor, address, request.getSession());
    } catch (ProblemException problem) {
      return page.again(request, problem, "me-address", addressModel(person, factor, request));
    }
    return page.to(request, "/me/" + kind);
  }

  @PostMapping("/{kind:email|phone}/confirm")
  ResponseEntity<String> confirmAddress(
      @Nullable Authentication login,
      HttpServletRequest request,
      @PathVariable String kind,
      @RequestParam(defaultValue = "") String code) {
    FactorType factor = factor(kind);
    Person person = services.visits().changing(login, request, Optional.of(factor));
    try {
      services.codes().confirmAddress(person.subject(), factor, code, request.getSession());
    } catch (ProblemException problem) {
      return page.again(request, problem, "me-address", addressModel(person, factor, request));
    }
    return page.to(request, "/me?done=" + kind);
  }

  @PostMapping("/{kind:email|phone}/remove")
  ResponseEntity<String> removeAddress(
      @Nullable Authentication login, HttpServletRequest request, @PathVariable String kind) {
    FactorType factor = factor(kind);
    Person person = services.visits().changing(login, request, Optional.of(factor));
    services.codes().removeAddress(person.subject(), factor);
    return page.to(request, "/me?done=" + kind + "-removed");
  }
}
