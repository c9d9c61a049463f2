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

/** The page on which somebody saves their face: by the camera, or by a picture without script. */
@Controller
@RequestMapping("${facelock.web.base-path:/facelock}/me/face")
public final class MyFacesPages {

  private static final Optional<FactorType> FACE = Optional.of(FactorType.FACE);

  private final MeParts parts;
  private final MeServices services;
  private final MePage page;
  private final FaceUploads uploads;

  /**
   * Takes its parts.
   *
   * @param parts what it stands on
   */
  public MyFacesPages(MeParts parts) {
    this.parts = parts;
    this.services = MeServices.of(parts);
    this.page = new MePage(parts, services);
    this.uploads = new FaceUploads(parts, services.faces());
  }

  @ExceptionHandler
  ResponseEntity<String> problem(ProblemException problem, HttpServletRequest request) {
    return page.elsewhere(problem, request);
  }

  @GetMapping
  ResponseEntity<String> face(
      @Nullable Authentication login, HttpServletRequest request, HttpServletResponse response) {
    return page.stepUpFirst(login, request, response, FACE)
        .orElseGet(
            () ->
                page.show(
                    request, "me-face", model(services.visits().of(login, request), request)));
  }

  private Map<String, Object> model(Person person, HttpServletRequest request) {
    String base = request.getContextPath() + parts.properties().basePath();
    Map<String, Object> model = new HashMap<>();
    model.put("faces", page.faces(person, request));
    model.put("submit", base + "/api/me/faces");
    model.put("next", base + "/me?done=face");
    model.put("upload", base + "/me/face");
    model.put("canUpload", true);
    model.put("skip", "");
    model.put("scripts", List.of("facelock-capture.js", "enrol.js"));
    return model;
  }

  @PostMapping
  ResponseEntity<String> upload(@Nullable Authentication login, HttpServletRequest request) {
    Person person = services.visits().changing(login, request, FACE);
    try {
      uploads.receiveForm(person.subject(), person.context(), request);
    } catch (ProblemException problem) {
      return page.again(request, problem, "me-face", model(person, request));
    }
    return page.to(request, "/me?done=face");
  }

  @PostMapping("/{id}/remove")
  ResponseEntity<String> remove(
      @Nullable Authentication login, HttpServletRequest request, @PathVariable String id) {
    Person person = services.visits().changing(login, request, FACE);
    services.faces().remove(person.subject(), id);
    return page.to(request, "/me?done=face-removed");
  }
}
