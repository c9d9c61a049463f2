package io.github.facelock.spring.web.admin;

import io.github.facelock.api.admin.Actor;
import io.github.facelock.api.admin.Role;
import io.github.facelock.api.enrolment.Consent;
import io.github.facelock.spring.web.FaceLockApi;
import io.github.facelock.spring.web.admin.ImportJobs.JobView;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Brings many people over from another system. For administrators only. */
@FaceLockApi
@RequestMapping("${facelock.web.base-path:/facelock}/api/admin/import")
final class ImportController {

  private final Desk desk;
  private final ImportJobs jobs;

  ImportController(Desk desk, ImportJobs jobs) {
    this.desk = desk;
    this.jobs = jobs;
  }

  record Jobs(List<JobView> jobs) {}

  /** A table of users, or an archive of photographs and perhaps a table. */
  @PostMapping(consumes = {"text/csv", "application/zip", "application/x-zip-compressed"})
  ResponseEntity<JobView> begin(@RequestParam("consent") String consent, HttpServletRequest request)
      throws IOException {
    Actor actor = desk.permit(request, "import", Optional.empty(), "", Role.ADMIN);
    Consent given;
    try {
      given = Consent.to(consent);
    } catch (IllegalArgumentException e) {
      throw Desk.malformed("consent");
    }
    boolean table =
        MediaType.parseMediaType(String.valueOf(request.getContentType()))
            .isCompatibleWith(MediaType.parseMediaType("text/csv"));
    return SubjectController.json(
        HttpStatus.ACCEPTED, jobs.begin(request, table, given, actor.subject()));
  }

  @GetMapping
  ResponseEntity<Jobs> list(HttpServletRequest request) {
    desk.permit(request, "imports", Optional.empty(), "", Role.ADMIN);
    return SubjectController.json(HttpStatus.OK, new Jobs(jobs.list()));
  }

  /** Asked for every second: the roles are looked at, but only the begin is in the trail. */
  @GetMapping("/{job}")
  ResponseEntity<JobView> progress(@PathVariable("job") String job, HttpServletRequest request) {
    Actor actor = desk.actor(request);
    if (!desk.administration().rolesOf(actor.subject()).contains(Role.ADMIN)) {
      throw Desk.forbidden();
    }
    return SubjectController.json(HttpStatus.OK, jobs.find(job).orElseThrow(Desk::notFound));
  }
}
