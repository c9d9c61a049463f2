package io.github.facelock.spring.web.me;

import io.github.facelock.api.FactorType;
import io.github.facelock.spring.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;

/** What the pages of one's own account have in common. Thread-safe. */
final class MePage {

  private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9-]{0,47}");

  private final MeParts parts;
  private final MeServices services;
  private final RequestCache saved = new HttpSessionRequestCache();

  MePage(MeParts parts, MeServices services) {
    this.parts = parts;
    this.services = services;
  }

  Locale locale(HttpServletRequest request) {
    return parts.contexts().locale(request);
  }

  String text(HttpServletRequest request, String key, Object... arguments) {
    return parts.texts().text(key, locale(request), arguments);
  }

  /**
   * Asks for a fresh factor before somebody fills in a form; afterwards the page is shown.
   *
   * @return where to go first; empty if the person may stay
   */
  Optional<ResponseEntity<String>> stepUpFirst(
      @Nullable Authentication login,
      HttpServletRequest request,
      HttpServletResponse response,
      Optional<FactorType> changed) {
    try {
      services.visits().requireFresh(services.visits().of(login, request), changed);
      return Optional.empty();
    } catch (ProblemException problem) {
      if (problem.status() != HttpStatus.FORBIDDEN) {
        throw problem;
      }
      saved.saveRequest(request, response);
      return Optional.of(toStepUp(problem, request));
    }
  }

  private ResponseEntity<String> toStepUp(ProblemException problem, HttpServletRequest request) {
    return to(
        request,
        "/login/step-up?policy="
            + URLEncoder.encode(
                String.valueOf(problem.member("policy").orElse("")), StandardCharsets.UTF_8));
  }

  /** A redirect below the base path, after which the browser asks with GET. */
  ResponseEntity<String> to(HttpServletRequest request, String path) {
    return ResponseEntity.status(HttpStatus.SEE_OTHER)
        .cacheControl(CacheControl.noStore())
        .location(URI.create(request.getContextPath() + parts.properties().basePath() + path))
        .build();
  }

  /** The page with what was done or what went wrong, named by the address. */
  ResponseEntity<String> show(HttpServletRequest request, String name, Map<String, ?> model) {
    Map<String, Object> all = new HashMap<>(model);
    all.put("done", known("me-done-", request.getParameter("done"), request).orElse(""));
    all.putIfAbsent(
        "error", known("problem-", request.getParameter("problem"), request).orElse(""));
    return parts.pages().page(request, name, all);
  }

  /** Only texts that there are: an address must not put words into a page. */
  private Optional<String> known(String kind, @Nullable String code, HttpServletRequest request) {
    return code == null || !CODE.matcher(code).matches()
        ? Optional.empty()
        : parts.texts().find(kind + code, locale(request));
  }

  /** The page again with what went wrong. */
  ResponseEntity<String> again(
      HttpServletRequest request, ProblemException problem, String name, Map<String, ?> model) {
    Map<String, Object> all = new HashMap<>(model);
    all.put("error", sentence(problem, request));
    all.put("done", "");
    return parts.pages().page(request, problem.status(), name, all);
  }

  private String sentence(ProblemException problem, HttpServletRequest request) {
    return problem
        .member("guidance")
        .filter(MyFaces.Advice.class::isInstance)
        .map(advice -> ((MyFaces.Advice) advice).text())
        .or(() -> parts.texts().find("problem-" + problem.code(), locale(request)))
        .orElseGet(() -> text(request, "problem-other"));
  }

  /** Where a problem leads that no form of the page shows. */
  ResponseEntity<String> elsewhere(ProblemException problem, HttpServletRequest request) {
    if (problem.status() == HttpStatus.UNAUTHORIZED) {
      return to(request, "/login");
    }
    if (problem.code().equals("step-up-required")) {
      return toStepUp(problem, request);
    }
    return parts
        .pages()
        .page(request, problem.status(), "me-problem", Map.of("error", sentence(problem, request)));
  }

  String time(Instant at, HttpServletRequest request) {
    return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
        .withLocale(locale(request))
        .withZone(parts.clock().getZone())
        .format(at);
  }

  List<Map<String, Object>> faces(Person person, HttpServletRequest request) {
    return services.account().faces(person).stream()
        .<Map<String, Object>>map(
            face ->
                Map.of(
                    "id", face.id(),
                    "kind", text(request, "me-face-" + face.kind()),
                    "since", time(face.createdAt(), request),
                    "consent", face.consent()))
        .toList();
  }

  List<Map<String, Object>> apps(Person person, HttpServletRequest request) {
    return services.account().apps(person).stream()
        .<Map<String, Object>>map(
            app ->
                Map.of(
                    "id", app.id(),
                    "label", app.label(),
                    "confirmed", app.confirmed(),
                    "since", time(app.addedAt(), request)))
        .toList();
  }

  List<Map<String, Object>> devices(Person person, HttpServletRequest request) {
    return services.account().devices(person).stream()
        .<Map<String, Object>>map(
            device ->
                Map.of(
                    "id", device.id(),
                    "label", device.label(),
                    "source", device.lastSource(),
                    "used", time(device.lastUsedAt(), request),
                    "until", time(device.expiresAt(), request)))
        .toList();
  }
}
