package io.github.facelock.spring.web;

import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;

/** Hands a script the token that state-changing requests carry in a header. */
@FaceLockApi
public final class CsrfController {

  /**
   * The token.
   *
   * @param headerName the header that carries it
   * @param token its value
   */
  public record Token(String headerName, String token) {}

  @GetMapping("${facelock.web.base-path:/facelock}/api/csrf")
  ResponseEntity<Token> csrf(CsrfToken token) {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(new Token(token.getHeaderName(), token.getToken()));
  }
}
