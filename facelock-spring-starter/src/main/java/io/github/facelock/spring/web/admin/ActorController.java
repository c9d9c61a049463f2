package io.github.facelock.spring.web.admin;

import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.Role;
import io.github.facelock.spring.web.FaceLockApi;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** Who administers, so that pages show what is permitted. Every request is checked all the same. */
@FaceLockApi
@RequestMapping("${facelock.web.base-path:/facelock}/api/admin/actor")
final class ActorController {

  private final Desk desk;

  ActorController(Desk desk) {
    this.desk = desk;
  }

  record ActorView(String id, String ref, List<String> roles) {}

  @GetMapping
  ResponseEntity<ActorView> actor(HttpServletRequest request) {
    SubjectId subject = desk.actor(request).subject();
    Set<Role> roles = desk.administration().rolesOf(subject);
    if (!roles.contains(Role.ADMIN) && !roles.contains(Role.OPERATOR)) {
      throw Desk.forbidden();
    }
    return SubjectController.json(
        HttpStatus.OK,
        new ActorView(
            subject.value(),
            SubjectRef.of(subject),
            roles.stream().sorted().map(Enum::name).toList()));
  }
}
