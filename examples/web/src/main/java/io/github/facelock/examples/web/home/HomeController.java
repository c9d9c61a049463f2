package io.github.facelock.examples.web.home;

import io.github.facelock.spring.web.page.Pages;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The first page, and what is behind the login. */
@Controller
class HomeController {

  private static final String PREFIX = "FACTOR_";

  private final Pages pages;
  private final boolean development;
  private final boolean registration;

  HomeController(Pages pages, Environment environment) {
    this.pages = pages;
    this.development = environment.getProperty("facelock.development", Boolean.class, false);
    this.registration = environment.getProperty("facelock.web.registration", Boolean.class, false);
  }

  @GetMapping("/")
  ResponseEntity<String> home(HttpServletRequest request, @Nullable Authentication user) {
    Map<String, Object> model = new HashMap<>();
    model.put("development", development);
    model.put("registration", registration);
    if (user == null) {
      return pages.page(request, "home", model);
    }
    model.put("name", user.getName());
    model.put("factors", factors(user));
    model.put("administrator", has(user, "ROLE_ADMIN") || has(user, "ROLE_OPERATOR"));
    return pages.page(request, "dashboard", model);
  }

  private static List<Map<String, String>> factors(Authentication user) {
    Instant now = Instant.now();
    return user.getAuthorities().stream()
        .filter(FactorGrantedAuthority.class::isInstance)
        .map(FactorGrantedAuthority.class::cast)
        .map(
            factor ->
                Map.of(
                    "factor",
                    factor.getAuthority().substring(PREFIX.length()).replace('_', ' '),
                    "at",
                    factor.getIssuedAt().toString(),
                    "ago",
                    Long.toString(Duration.between(factor.getIssuedAt(), now).toSeconds())))
        .toList();
  }

  private static boolean has(Authentication user, String authority) {
    return user.getAuthorities().stream().anyMatch(a -> authority.equals(a.getAuthority()));
  }
}
