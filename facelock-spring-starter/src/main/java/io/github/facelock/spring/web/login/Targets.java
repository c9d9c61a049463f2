package io.github.facelock.spring.web.login;

import io.github.facelock.spring.autoconfigure.FaceLockWebProperties;
import io.github.facelock.spring.security.FaceLockSignIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.Optional;

/**
 * Where a login leads: to the page that it was asked for, else to the configured one. Only ever to
 * a path of this application: of a saved address the host is not looked at.
 */
final class Targets {

  private final FaceLockWebProperties properties;

  Targets(FaceLockWebProperties properties) {
    this.properties = properties;
  }

  String after(HttpServletRequest request, HttpServletResponse response) {
    String context = request.getContextPath();
    return FaceLockSignIn.of(request)
        .savedTarget(request, response)
        .flatMap(Targets::path)
        .filter(path -> context.isEmpty() || path.startsWith(context + "/"))
        .filter(path -> !path.startsWith(context + properties.basePath() + "/api/"))
        .filter(path -> !path.startsWith(context + properties.basePath() + "/login"))
        .orElse(context + properties.defaultTarget());
  }

  static Optional<String> path(String address) {
    try {
      URI uri = URI.create(address);
      String path = uri.getRawPath();
      // Two slashes, or a slash and what browsers take for one, begin another host's name.
      if (path == null || !path.startsWith("/") || path.startsWith("//") || path.contains("\\")) {
        return Optional.empty();
      }
      String whole = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
      // The mark by which Spring Security finds the saved request, which is taken out here.
      return Optional.of(whole.replaceFirst("[?&]continue$", ""));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
