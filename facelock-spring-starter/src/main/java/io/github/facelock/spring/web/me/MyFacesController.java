package io.github.facelock.spring.web.me;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.face.LivenessNeed;
import io.github.facelock.spring.web.FaceLockApi;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;

/** One's own face as JSON; frames and pictures come as {@code multipart/form-data}. */
@FaceLockApi
@RequestMapping("${facelock.web.base-path:/facelock}/api/me/faces")
public final class MyFacesController {

  private static final Optional<FactorType> FACE = Optional.of(FactorType.FACE);

  /**
   * What the person cannot do.
   *
   * @param needs codes of {@link LivenessNeed}; others are ignored
   */
  record Needs(@Nullable List<String> needs) {
    static RequestContext in(@Nullable Needs stated, RequestContext context) {
      if (stated == null || stated.needs() == null) {
        return context;
      }
      String words =
          stated.needs().stream().limit(16).map(String::valueOf).collect(Collectors.joining(","));
      return context.withLivenessNeeds(LivenessNeed.in(Map.of(LivenessNeed.ATTRIBUTE, words)));
    }
  }

  /**
   * A drawn challenge.
   *
   * @param parameters as those of a face prompt
   */
  record Drawn(Map<String, String> parameters) {}

  /**
   * What became a reference.
   *
   * @param references names of the new references
   */
  record Enrolled(List<String> references) {}

  private final MeServices services;
  private final FaceUploads uploads;

  /**
   * Takes its parts.
   *
   * @param parts what it stands on
   */
  public MyFacesController(MeParts parts) {
    this.services = MeServices.of(parts);
    this.uploads = new FaceUploads(parts, services.faces());
  }

  @GetMapping
  ResponseEntity<List<MyAccount.Face>> faces(
      @Nullable Authentication login, HttpServletRequest request) {
    return MeController.answer(services.account().faces(services.visits().of(login, request)));
  }

  @PostMapping("/challenge")
  ResponseEntity<Drawn> challenge(
      @Nullable Authentication login,
      HttpServletRequest request,
      @RequestBody(required = false) @Nullable Needs needs) {
    Person person = services.visits().changing(login, request, FACE);
    return MeController.answer(
        new Drawn(
            services
                .faces()
                .draw(person.subject(), Needs.in(needs, person.context()), request.getSession())));
  }

  @PostMapping
  ResponseEntity<Enrolled> enrol(@Nullable Authentication login, HttpServletRequest request) {
    Person person = services.visits().changing(login, request, FACE);
    return ResponseEntity.status(HttpStatus.CREATED)
        .cacheControl(CacheControl.noStore())
        .body(new Enrolled(uploads.receive(person.subject(), person.context(), request)));
  }

  @DeleteMapping("/{id}")
  ResponseEntity<Void> remove(
      @Nullable Authentication login, HttpServletRequest request, @PathVariable String id) {
    Person person = services.visits().changing(login, request, FACE);
    services.faces().remove(person.subject(), id);
    return MeController.done();
  }
}
