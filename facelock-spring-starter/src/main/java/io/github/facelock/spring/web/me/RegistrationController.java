package io.github.facelock.spring.web.me;

import io.github.facelock.api.FactorType;
import io.github.facelock.spring.web.FaceLockApi;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;

/** Registration as JSON, where {@code facelock.web.registration} is on. */
@FaceLockApi
@ConditionalOnProperty(name = "facelock.web.registration", havingValue = "true")
@RequestMapping("${facelock.web.base-path:/facelock}/api/register")
public final class RegistrationController {

  /**
   * A new account.
   *
   * @param username its name, at most 64 characters
   * @param password its password
   */
  record Account(@Nullable String username, @Nullable String password) {
    @Override
    public String toString() {
      return "Account[redacted]";
    }
  }

  private final MeServices services;
  private final Registrations registrations;
  private final MeParts parts;

  /**
   * Takes its parts.
   *
   * @param parts what it stands on
   */
  public RegistrationController(MeParts parts) {
    this.parts = parts;
    this.services = MeServices.of(parts);
    this.registrations = new Registrations(parts, services);
  }

  private static <T> ResponseEntity<T> created(T body) {
    return ResponseEntity.status(HttpStatus.CREATED)
        .cacheControl(CacheControl.noStore())
        .body(body);
  }

  @PostMapping
  ResponseEntity<Map<String, Boolean>> register(
      HttpServletRequest request, @RequestBody Account account) {
    registrations.begin(
        request,
        Optional.ofNullable(account.username()).orElse(""),
        Optional.ofNullable(account.password()).orElse(""));
    return created(
        Map.of(
            "face", services.faces().offered(),
            "totp", services.codes().offers(FactorType.TOTP)));
  }

  @PostMapping("/faces/challenge")
  ResponseEntity<MyFacesController.Drawn> challenge(
      HttpServletRequest request,
      @RequestBody(required = false) MyFacesController.@Nullable Needs needs) {
    return MeController.answer(
        new MyFacesController.Drawn(
            services
                .faces()
                .draw(
                    registrations.requireFaceless(request).owner(),
                    MyFacesController.Needs.in(needs, parts.contexts().of(request)),
                    request.getSession())));
  }

  @PostMapping("/faces")
  ResponseEntity<Map<String, Integer>> enrol(HttpServletRequest request) {
    List<String> references = registrations.enrol(request);
    return created(Map.of("references", references.size()));
  }

  @PostMapping("/totp")
  ResponseEntity<MyCodes.NewApp> beginTotp(
      HttpServletRequest request,
      @RequestBody(required = false) MyCodesController.@Nullable AppRequest app) {
    String label = app == null || app.label() == null ? "" : app.label();
    return created(registrations.beginTotp(request, label));
  }

  @PostMapping("/totp/{id}/confirm")
  ResponseEntity<Map<String, Boolean>> confirmTotp(
      HttpServletRequest request,
      @PathVariable String id,
      @RequestBody MyCodesController.CodeRequest typed) {
    registrations.confirmTotp(request, id, Optional.ofNullable(typed.code()).orElse(""));
    return MeController.answer(Map.of("confirmed", true));
  }

  @PostMapping("/finish")
  ResponseEntity<Void> finish(HttpServletRequest request) {
    registrations.require(request);
    registrations.end(request.getSession());
    return MeController.done();
  }
}
