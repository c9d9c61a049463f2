package io.github.facelock.spring.web.admin;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.Actor;
import io.github.facelock.api.admin.Administration;
import io.github.facelock.api.admin.Role;
import io.github.facelock.api.admin.SubjectQuery;
import io.github.facelock.api.admin.SubjectSummary;
import io.github.facelock.spring.web.FaceLockApi;
import io.github.facelock.spring.web.admin.SubjectViews.Created;
import io.github.facelock.spring.web.admin.SubjectViews.NewSubject;
import io.github.facelock.spring.web.admin.SubjectViews.Page;
import io.github.facelock.spring.web.admin.SubjectViews.SubjectView;
import io.github.facelock.spring.web.admin.SubjectViews.Unlock;
import io.github.facelock.spring.web.admin.SubjectViews.Unlocked;
import io.github.facelock.spring.web.admin.SubjectViews.WholeSubject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Subjects: who they are and what they may do. */
@FaceLockApi
@RequestMapping("${facelock.web.base-path:/facelock}/api/admin/subjects")
final class SubjectController {

  private static final int USUAL_PAGE = 50;
  private static final int LARGEST_PAGE = 200;

  private final Desk desk;
  private final Administration administration;
  private final SubjectViews views;

  SubjectController(Desk desk, SubjectViews views) {
    this.desk = desk;
    this.administration = desk.administration();
    this.views = views;
  }

  @GetMapping
  ResponseEntity<Page> list(
      @RequestParam("query") Optional<String> text,
      @RequestParam("role") Optional<String> role,
      @RequestParam("after") Optional<String> after,
      @RequestParam("limit") Optional<Integer> asked,
      HttpServletRequest request) {
    int limit = Desk.limit(asked, USUAL_PAGE, LARGEST_PAGE);
    SubjectQuery query;
    try {
      query = SubjectQuery.all().withLimit(limit).withText(text.orElse(""));
      if (after.isPresent()) {
        query = query.after(SubjectId.of(after.get()));
      }
    } catch (IllegalArgumentException e) {
      throw Desk.malformed("query");
    }
    if (role.isPresent()) {
      query = query.withRole(role(role.get()));
    }
    List<SubjectSummary> page = Desk.done(administration.list(desk.actor(request), query));
    return json(HttpStatus.OK, SubjectViews.page(page, limit));
  }

  @PostMapping
  ResponseEntity<Created> create(@RequestBody NewSubject body, HttpServletRequest request) {
    SubjectId subject = body.id();
    Set<Role> roles = body.roleSet();
    SubjectSummary made = Desk.done(administration.create(desk.actor(request), subject, roles));
    return json(HttpStatus.CREATED, new Created(SubjectViews.view(made)));
  }

  @GetMapping("/{ref}")
  ResponseEntity<WholeSubject> find(@PathVariable("ref") String ref, HttpServletRequest request) {
    return json(
        HttpStatus.OK,
        views.whole(Desk.done(administration.find(desk.actor(request), SubjectRef.parse(ref)))));
  }

  @DeleteMapping("/{ref}")
  ResponseEntity<Void> erase(@PathVariable("ref") String ref, HttpServletRequest request) {
    Desk.done(administration.erase(desk.actor(request), SubjectRef.parse(ref)));
    return ResponseEntity.noContent().cacheControl(CacheControl.noStore()).build();
  }

  @PostMapping("/{ref}/suspend")
  ResponseEntity<SubjectView> suspend(@PathVariable("ref") String ref, HttpServletRequest request) {
    return view(Desk.done(administration.suspend(desk.actor(request), SubjectRef.parse(ref))));
  }

  @PostMapping("/{ref}/reactivate")
  ResponseEntity<SubjectView> reactivate(
      @PathVariable("ref") String ref, HttpServletRequest request) {
    return view(Desk.done(administration.reactivate(desk.actor(request), SubjectRef.parse(ref))));
  }

  @PostMapping("/{ref}/unlock")
  ResponseEntity<Unlocked> unlock(
      @PathVariable("ref") String ref,
      @RequestBody(required = false) Optional<Unlock> body,
      HttpServletRequest request) {
    Actor actor = desk.actor(request);
    SubjectId subject = SubjectRef.parse(ref);
    Optional<FactorType> factor = body.flatMap(Unlock::factorType);
    Set<FactorType> unlocked =
        factor.isPresent()
            ? Set.of(Desk.done(administration.unlock(actor, subject, factor.get())))
            : Desk.done(administration.unlock(actor, subject));
    return json(
        HttpStatus.OK, new Unlocked(unlocked.stream().map(FactorType::id).sorted().toList()));
  }

  @PutMapping("/{ref}/roles/{role}")
  ResponseEntity<SubjectView> grant(
      @PathVariable("ref") String ref,
      @PathVariable("role") String role,
      HttpServletRequest request) {
    return view(
        Desk.done(
            administration.grant(desk.actor(request), SubjectRef.parse(ref), pathRole(role))));
  }

  @DeleteMapping("/{ref}/roles/{role}")
  ResponseEntity<SubjectView> revoke(
      @PathVariable("ref") String ref,
      @PathVariable("role") String role,
      HttpServletRequest request) {
    return view(
        Desk.done(
            administration.revoke(desk.actor(request), SubjectRef.parse(ref), pathRole(role))));
  }

  /** A file: the browser must not show what it does not know. */
  @GetMapping("/{ref}/export")
  ResponseEntity<String> export(
      @PathVariable("ref") String ref,
      @RequestParam("templates") Optional<Boolean> templates,
      HttpServletRequest request) {
    SubjectId subject = SubjectRef.parse(ref);
    String export =
        Desk.done(administration.export(desk.actor(request), subject, templates.orElse(false)));
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .contentType(MediaType.APPLICATION_JSON)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename("subject.json").build().toString())
        .body(export);
  }

  private static Role role(String name) {
    try {
      return Role.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw Desk.malformed("role");
    }
  }

  private static Role pathRole(String name) {
    try {
      return Role.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw Desk.notFound();
    }
  }

  private static ResponseEntity<SubjectView> view(SubjectSummary summary) {
    return json(HttpStatus.OK, SubjectViews.view(summary));
  }

  static <T> ResponseEntity<T> json(HttpStatus status, T body) {
    return ResponseEntity.status(status).cacheControl(CacheControl.noStore()).body(body);
  }
}
