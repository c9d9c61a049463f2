package io.github.facelock.spring.web.me;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.facelock.api.FactorType;
import io.github.facelock.spring.web.FaceLockApi;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;

/** One's own account, password, PIN and trusted devices as JSON. */
@FaceLockApi
@RequestMapping("${facelock.web.base-path:/facelock}/api/me")
public final class MeController {

  /**
   * A change of password or PIN.
   *
   * @param current the present one, if there is one
   * @param replacement the new one
   */
  record SecretChange(@Nullable String current, @JsonProperty("new") @Nullable String replacement) {
    @Override
    public String toString() {
      return "SecretChange[redacted]";
    }
  }

  private final MeParts parts;
  private final MeServices services;

  /**
   * Takes its parts.
   *
   * @param parts what it stands on
   */
  public MeController(MeParts parts) {
    this.parts = parts;
    this.services = MeServices.of(parts);
  }

  static <T> ResponseEntity<T> answer(T body) {
    return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
  }

  static ResponseEntity<Void> done() {
    return ResponseEntity.noContent().cacheControl(CacheControl.noStore()).build();
  }

  @GetMapping
  ResponseEntity<MyAccount.Me> me(@Nullable Authentication login, HttpServletRequest request) {
    return answer(services.account().me(services.visits().of(login, request)));
  }

  @GetMapping("/factors")
  ResponseEntity<MyAccount.Factors> factors(
      @Nullable Authentication login, HttpServletRequest request) {
    return answer(services.account().factors(services.visits().of(login, request)));
  }

  @PutMapping("/password")
  ResponseEntity<Map<String, String>> password(
      @Nullable Authentication login,
      HttpServletRequest request,
      @RequestBody SecretChange change) {
    return change(login, request, FactorType.PASSWORD, change);
  }

  @PutMapping("/pin")
  ResponseEntity<Map<String, String>> pin(
      @Nullable Authentication login,
      HttpServletRequest request,
      @RequestBody SecretChange change) {
    return change(login, request, FactorType.PIN, change);
  }

  private ResponseEntity<Map<String, String>> change(
      @Nullable Authentication login,
      HttpServletRequest request,
      FactorType factor,
      SecretChange change) {
    Person person = services.visits().changing(login, request, Optional.of(factor));
    String replacement = change.replacement() == null ? "" : change.replacement();
    services.passwords().change(person, factor, Optional.ofNullable(change.current()), replacement);
    return answer(Map.of("verdict", "accepted"));
  }

  @GetMapping("/devices")
  ResponseEntity<List<MyAccount.Device>> devices(
      @Nullable Authentication login, HttpServletRequest request) {
    return answer(services.account().devices(services.visits().of(login, request)));
  }

  @DeleteMapping("/devices/{id}")
  ResponseEntity<Void> revoke(
      @Nullable Authentication login, HttpServletRequest request, @PathVariable String id) {
    services.account().revoke(services.visits().changing(login, request, Optional.empty()), id);
    return done();
  }

  @DeleteMapping("/devices")
  ResponseEntity<Void> revokeAll(@Nullable Authentication login, HttpServletRequest request) {
    services.account().revokeAll(services.visits().changing(login, request, Optional.empty()));
    return done();
  }

  /** Fresh like a change: a whole account's data in one file is worth as much. */
  @GetMapping("/export")
  ResponseEntity<byte[]> export(@Nullable Authentication login, HttpServletRequest request) {
    return exported(
        services.account().export(services.visits().changing(login, request, Optional.empty())));
  }

  static ResponseEntity<byte[]> exported(String json) {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .contentType(MediaType.APPLICATION_JSON)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename("facelock-export.json").build().toString())
        .body(json.getBytes(StandardCharsets.UTF_8));
  }

  @DeleteMapping
  ResponseEntity<Void> erase(
      @Nullable Authentication login, HttpServletRequest request, HttpServletResponse response) {
    services.leave(parts, login, request, response);
    return done();
  }
}
