package io.github.facelock.spring.web.me;

import io.github.facelock.api.FactorType;
import io.github.facelock.spring.web.FaceLockApi;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;

/** Apps, addresses and recovery codes of one's own as JSON. */
@FaceLockApi
@RequestMapping("${facelock.web.base-path:/facelock}/api/me")
public final class MyCodesController {

  private static final Optional<FactorType> TOTP = Optional.of(FactorType.TOTP);

  /**
   * A new app.
   *
   * @param label what its owner calls it
   */
  record AppRequest(@Nullable String label) {}

  /**
   * A code.
   *
   * @param code as it was typed
   */
  record CodeRequest(@Nullable String code) {
    @Override
    public String toString() {
      return "CodeRequest[redacted]";
    }
  }

  /**
   * An address for codes.
   *
   * @param address a mail address or a telephone number in international form
   */
  record AddressRequest(@Nullable String address) {
    @Override
    public String toString() {
      return "AddressRequest[redacted]";
    }
  }

  /**
   * New recovery codes, shown once.
   *
   * @param codes each works once
   */
  record RecoveryCodes(List<String> codes) {
    @Override
    public String toString() {
      return "RecoveryCodes[" + codes.size() + "]";
    }
  }

  private final MeServices services;

  /**
   * Takes its parts.
   *
   * @param parts what it stands on
   */
  public MyCodesController(MeParts parts) {
    this.services = MeServices.of(parts);
  }

  private Person changing(
      @Nullable Authentication login, HttpServletRequest request, FactorType factor) {
    return services.visits().changing(login, request, Optional.of(factor));
  }

  private static <T> ResponseEntity<T> created(T body) {
    return ResponseEntity.status(HttpStatus.CREATED)
        .cacheControl(CacheControl.noStore())
        .body(body);
  }

  @PostMapping("/totp")
  ResponseEntity<MyCodes.NewApp> beginTotp(
      @Nullable Authentication login,
      HttpServletRequest request,
      @RequestBody(required = false) @Nullable AppRequest app) {
    Person person = services.visits().changing(login, request, TOTP);
    return created(services.codes().beginTotp(person.subject(), app == null ? null : app.label()));
  }

  @PostMapping("/totp/{id}/confirm")
  ResponseEntity<Map<String, Boolean>> confirmTotp(
      @Nullable Authentication login,
      HttpServletRequest request,
      @PathVariable String id,
      @RequestBody CodeRequest typed) {
    Person person = services.visits().changing(login, request, TOTP);
    services.codes().confirmTotp(person.subject(), id, typed.code());
    return MeController.answer(Map.of("confirmed", true));
  }

  @DeleteMapping("/totp/{id}")
  ResponseEntity<Void> removeTotp(
      @Nullable Authentication login, HttpServletRequest request, @PathVariable String id) {
    Person person = services.visits().changing(login, request, TOTP);
    services.codes().removeDevice(person.subject(), id);
    return MeController.done();
  }

  @PostMapping("/email")
  ResponseEntity<Map<String, Boolean>> email(
      @Nullable Authentication login,
      HttpServletRequest request,
      @RequestBody AddressRequest typed) {
    return begin(login, request, FactorType.EMAIL_CODE, typed);
  }

  @PostMapping("/email/confirm")
  ResponseEntity<Map<String, Boolean>> confirmEmail(
      @Nullable Authentication login, HttpServletRequest request, @RequestBody CodeRequest typed) {
    return confirm(login, request, FactorType.EMAIL_CODE, typed);
  }

  @DeleteMapping("/email")
  ResponseEntity<Void> removeEmail(@Nullable Authentication login, HttpServletRequest request) {
    return remove(login, request, FactorType.EMAIL_CODE);
  }

  @PostMapping("/phone")
  ResponseEntity<Map<String, Boolean>> phone(
      @Nullable Authentication login,
      HttpServletRequest request,
      @RequestBody AddressRequest typed) {
    return begin(login, request, FactorType.SMS_CODE, typed);
  }

  @PostMapping("/phone/confirm")
  ResponseEntity<Map<String, Boolean>> confirmPhone(
      @Nullable Authentication login, HttpServletRequest request, @RequestBody CodeRequest typed) {
    return confirm(login, request, FactorType.SMS_CODE, typed);
  }

  @DeleteMapping("/phone")
  ResponseEntity<Void> removePhone(@Nullable Authentication login, HttpServletRequest request) {
    return remove(login, request, FactorType.SMS_CODE);
  }

  private ResponseEntity<Map<String, Boolean>> begin(
      @Nullable Authentication login,
      HttpServletRequest request,
      FactorType factor,
      AddressRequest typed) {
    Person person = changing(login, request, factor);
    services.codes().beginAddress(person, factor, typed.address(), request.getSession());
    return ResponseEntity.accepted()
        .cacheControl(CacheControl.noStore())
        .body(Map.of("sent", true));
  }

  private ResponseEntity<Map<String, Boolean>> confirm(
      @Nullable Authentication login,
      HttpServletRequest request,
      FactorType factor,
      CodeRequest typed) {
    Person person = changing(login, request, factor);
    services.codes().confirmAddress(person.subject(), factor, typed.code(), request.getSession());
    return MeController.answer(Map.of("confirmed", true));
  }

  private ResponseEntity<Void> remove(
      @Nullable Authentication login, HttpServletRequest request, FactorType factor) {
    services.codes().removeAddress(changing(login, request, factor).subject(), factor);
    return MeController.done();
  }

  @PostMapping("/recovery-codes")
  ResponseEntity<RecoveryCodes> recoveryCodes(
      @Nullable Authentication login, HttpServletRequest request) {
    Person person = changing(login, request, FactorType.RECOVERY_CODE);
    return created(new RecoveryCodes(services.codes().regenerateRecoveryCodes(person.subject())));
  }
}
