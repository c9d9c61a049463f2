package io.github.facelock.spring.web.admin;

import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.Actor;
import io.github.facelock.api.admin.Administration;
import io.github.facelock.api.admin.Decision;
import io.github.facelock.api.admin.Refusal;
import io.github.facelock.api.admin.Role;
import io.github.facelock.spring.web.ProblemException;
import io.github.facelock.spring.web.RequestContexts;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpStatus;

/** Who asks, and whether that is allowed: what all controllers of this package share. */
final class Desk {

  private final Administration administration;
  private final RequestContexts contexts;

  Desk(Administration administration, RequestContexts contexts) {
    this.administration = administration;
    this.contexts = contexts;
  }

  Administration administration() {
    return administration;
  }

  /** The person who is logged in; never anybody whom the request names. */
  Actor actor(HttpServletRequest request) {
    Principal principal = request.getUserPrincipal();
    if (principal == null) {
      throw forbidden();
    }
    try {
      return Actor.of(SubjectId.of(principal.getName()), contexts.of(request));
    } catch (IllegalArgumentException e) {
      // Somebody whom another login of the application knows: no subject of FaceLock.
      throw forbidden();
    }
  }

  /** Lets somebody of a role go on; the request is in the trail then, refused or not. */
  Actor permit(
      HttpServletRequest request,
      String action,
      Optional<SubjectId> target,
      String about,
      Role least) {
    Actor actor = actor(request);
    done(administration.permit(actor, action, target, about, least));
    return actor;
  }

  /** What a permitted request gave. */
  static <T> T done(Decision<T> decision) {
    if (decision instanceof Decision.Refused<T> refused) {
      throw refusal(refused.reason());
    }
    return ((Decision.Done<T>) decision).result();
  }

  private static ProblemException refusal(Refusal reason) {
    return switch (reason) {
      case NOT_PERMITTED -> forbidden();
      case UNKNOWN_SUBJECT -> new ProblemException(HttpStatus.NOT_FOUND, "unknown-subject");
      case NAME_TAKEN, LAST_ADMIN, ADMIN_EXISTS ->
          new ProblemException(HttpStatus.CONFLICT, code(reason));
    };
  }

  static ProblemException forbidden() {
    return new ProblemException(HttpStatus.FORBIDDEN, "forbidden");
  }

  static ProblemException notFound() {
    return new ProblemException(HttpStatus.NOT_FOUND, "not-found");
  }

  static ProblemException malformed(String member) {
    return new ProblemException(HttpStatus.BAD_REQUEST, "malformed").with("member", member);
  }

  /** A constant's name as it goes over the wire. */
  static String code(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A page's size, as asked for, within bounds. */
  static int limit(Optional<Integer> asked, int usual, int most) {
    int limit = asked.orElse(usual);
    if (limit < 1 || limit > most) {
      throw malformed("limit");
    }
    return limit;
  }
}
