package io.github.facelock.spring.security;

import io.github.facelock.api.FactorType;
import io.github.facelock.spring.autoconfigure.FaceLockWebProperties;
import io.github.facelock.spring.web.ProblemException;
import io.github.facelock.spring.web.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;

/**
 * Where somebody goes who must log in, or show a further factor: a browser to the page, a script to
 * a problem document that names the policy.
 */
final class FaceLockEntryPoint implements AuthenticationEntryPoint {

  private final FaceLockSecurity security;
  private final FaceLockPaths paths;
  private final FaceLockWebProperties properties;
  private final ProblemWriter problems;
  private final Optional<FactorType> missing;

  FaceLockEntryPoint(
      FaceLockSecurity security,
      FaceLockPaths paths,
      FaceLockWebProperties properties,
      ProblemWriter problems,
      Optional<FactorType> missing) {
    this.security = security;
    this.paths = paths;
    this.properties = properties;
    this.problems = problems;
    this.missing = missing;
  }

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
      throws IOException {
    boolean known = FaceLockSignIn.of(request).current().isPresent();
    String policy = security.stepUpPolicy(missing);
    if (paths.api().matches(request)) {
      problems.write(
          known && missing.isPresent()
              ? new ProblemException(HttpStatus.FORBIDDEN, "step-up-required")
                  .with("policy", policy)
              : new ProblemException(HttpStatus.UNAUTHORIZED, "login-required"),
          request,
          response);
      return;
    }
    String base = request.getContextPath() + properties.basePath();
    response.sendRedirect(
        known && missing.isPresent()
            ? base + "/login/step-up?policy=" + URLEncoder.encode(policy, StandardCharsets.UTF_8)
            : base + "/login");
  }
}
