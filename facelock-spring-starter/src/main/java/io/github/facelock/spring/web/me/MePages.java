package io.github.facelock.spring.web.me;

import io.github.facelock.api.FactorType;
import io.github.facelock.spring.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
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

/** The pages of one's own account: the overview, trusted devices, secrets, data, and leaving. */
@Controller
@RequestMapping("${facelock.web.base-path:/facelock}/me")
public final class MePages {

  private final MeParts parts;
  private final MeServices services;
  private final MePage page;

  /**
   * Takes its parts.
   *
   * @param parts what it stands on
   */
  public MePages(MeParts parts) {
    this.parts = parts;
    this.services = MeServices.of(parts);
    this.page = new MePage(parts, services);
  }

  @ExceptionHandler
  ResponseEntity<String> problem(ProblemException problem, HttpServletRequest request) {
    return page.elsewhere(problem, request);
  }

  @GetMapping
  ResponseEntity<String> overview(@Nullable Authentication login, HttpServletRequest request) {
    Person person = services.visits().of(login, request);
    MyAccount.Factors factors = services.account().factors(person);
    Map<String, Object> model = new HashMap<>();
    model.put("subject", person.subject().value());
    model.put("offersFace", services.faces().offered());
    model.put("faces", page.faces(person, request));
    model.put("offersTotp", services.codes().offers(FactorType.TOTP));
    model.put("apps", page.apps(person, request));
    model.put("offersEmail", services.codes().offers(FactorType.EMAIL_CODE));
    model.put("email", factors.email());
    model.put("offersPhone", services.codes().offers(FactorType.SMS_CODE));
    model.put("phone", factors.phone());
    model.put("offersRecovery", services.codes().offers(FactorType.RECOVERY_CODE));
    model.put(
        "recoveryLeft",
        page.text(request, "me-recovery-left", Integer.toString(factors.recoveryCodesLeft())));
    model.put("offersPassword", services.codes().offers(FactorType.PASSWORD));
    model.put("password", factors.password());
    model.put("offersPin", services.codes().offers(FactorType.PIN));
    model.put("pin", factors.pin());
    model.put(
        "deviceCount",
        page.text(request, "me-device-count", Integer.toString(factors.devices().size())));
    return page.show(request, "me", model);
  }

  @GetMapping("/devices")
  ResponseEntity<String> devices(@Nullable Authentication login, HttpServletRequest request) {
    Person person = services.visits().of(login, request);
    return page.show(request, "me-devices", Map.of("devices", page.devices(person, request)));
  }

  @PostMapping("/devices/{id}/remove")
  ResponseEntity<String> revoke(
      @Nullable Authentication login, HttpServletRequest request, @PathVariable String id) {
    services.account().revoke(services.visits().changing(login, request, Optional.empty()), id);
    return page.to(request, "/me/devices?done=device");
  }

  @PostMapping("/devices/remove-all")
  ResponseEntity<String> revokeAll(@Nullable Authentication login, HttpServletRequest request) {
    services.account().revokeAll(services.visits().changing(login, request, Optional.empty()));
    return page.to(request, "/me/devices?done=device");
  }

  @GetMapping("/password")
  ResponseEntity<String> password(
      @Nullable Authentication login, HttpServletRequest request, HttpServletResponse response) {
    return secret(login, request, response, FactorType.PASSWORD);
  }

  @GetMapping("/pin")
  ResponseEntity<String> pin(
      @Nullable Authentication login, HttpServletRequest request, HttpServletResponse response) {
    return secret(login, request, response, FactorType.PIN);
  }

  private ResponseEntity<String> secret(
      @Nullable Authentication login,
      HttpServletRequest request,
      HttpServletResponse response,
      FactorType factor) {
    return page.stepUpFirst(login, request, response, Optional.of(factor))
        .orElseGet(
            () ->
                page.show(
                    request,
                    "me-secret",
                    secretModel(services.visits().of(login, request), factor, request)));
  }

  private Map<String, Object> secretModel(
      Person person, FactorType factor, HttpServletRequest request) {
    boolean pin = factor.equals(FactorType.PIN);
    Map<String, Object> model = new HashMap<>();
    model.put("title", page.text(request, pin ? "me-pin-title" : "me-password-title"));
    model.put("hint", page.text(request, pin ? "me-pin-hint" : "me-password-hint"));
    model.put("path", factor.id());
    model.put("isPin", pin);
    model.put("username", person.subject().value());
    model.put(
        "present", parts.faceLock().enrolment().enrolledFactors(person.subject()).contains(factor));
    return model;
  }

  @PostMapping("/password")
  ResponseEntity<String> changePassword(
      @Nullable Authentication login,
      HttpServletRequest request,
      @RequestParam(defaultValue = "") String current,
      @RequestParam(name = "new", defaultValue = "") String replacement) {
    return change(login, request, FactorType.PASSWORD, current, replacement);
  }

  @PostMapping("/pin")
  ResponseEntity<String> changePin(
      @Nullable Authentication login,
      HttpServletRequest request,
      @RequestParam(defaultValue = "") String current,
      @RequestParam(name = "new", defaultValue = "") String replacement) {
    return change(login, request, FactorType.PIN, current, replacement);
  }

  private ResponseEntity<String> change(
      @Nullable Authentication login,
      HttpServletRequest request,
      FactorType factor,
      String current,
      String replacement) {
    Person person = services.visits().changing(login, request, Optional.of(factor));
    try {
      services.passwords().change(person, factor, Optional.of(current), replacement);
    } catch (ProblemException problem) {
      return page.again(request, problem, "me-secret", secretModel(person, factor, request));
    }
    return page.to(request, "/me?done=" + factor.id());
  }

  @GetMapping("/account")
  ResponseEntity<String> account(
      @Nullable Authentication login, HttpServletRequest request, HttpServletResponse response) {
    return page.stepUpFirst(login, request, response, Optional.empty())
        .orElseGet(() -> page.show(request, "me-account", Map.of()));
  }

  @PostMapping("/account/export")
  ResponseEntity<byte[]> export(@Nullable Authentication login, HttpServletRequest request) {
    return MeController.exported(
        services.account().export(services.visits().changing(login, request, Optional.empty())));
  }

  @PostMapping("/account/erase")
  ResponseEntity<String> erase(
      @Nullable Authentication login,
      HttpServletRequest request,
      HttpServletResponse response,
      @RequestParam(defaultValue = "") String sure) {
    if (!sure.equals("yes")) {
      return page.to(request, "/me/account?problem=not-sure");
    }
    try {
      services.leave(parts, login, request, response);
    } catch (ProblemException problem) {
      if (problem.code().equals("last-administrator")) {
        return page.again(request, problem, "me-account", Map.of());
      }
      throw problem;
    }
    return page.to(request, "/login");
  }
}
