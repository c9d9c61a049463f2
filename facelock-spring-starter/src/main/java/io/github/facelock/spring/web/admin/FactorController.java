package io.github.facelock.spring.web.admin;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.Actor;
import io.github.facelock.api.admin.Role;
import io.github.facelock.api.enrolment.Consent;
import io.github.facelock.api.enrolment.Enrolment;
import io.github.facelock.api.enrolment.FaceEnrolment;
import io.github.facelock.api.enrolment.PasswordVerdict;
import io.github.facelock.api.face.Capture;
import io.github.facelock.spring.web.FaceLockApi;
import io.github.facelock.spring.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What administrators give people to log in with. For administrators only. */
@FaceLockApi
@RequestMapping("${facelock.web.base-path:/facelock}/api/admin/subjects/{ref}")
final class FactorController {

  private final Desk desk;
  private final Enrolment enrolment;
  private final FaceLockAdminProperties bounds;

  FactorController(Desk desk, Enrolment enrolment, FaceLockAdminProperties bounds) {
    this.desk = desk;
    this.enrolment = enrolment;
    this.bounds = bounds;
  }

  record References(List<String> references) {}

  /** A password; never printed. */
  record NewPassword(@Nullable String password) {
    @Override
    public String toString() {
      return "NewPassword[redacted]";
    }
  }

  /** A mail address or telephone number; never printed. */
  record NewAddress(@Nullable String address) {
    @Override
    public String toString() {
      return "NewAddress[redacted]";
    }
  }

  @PostMapping(
      path = "/faces",
      consumes = {MediaType.IMAGE_JPEG_VALUE, MediaType.IMAGE_PNG_VALUE})
  ResponseEntity<References> addFace(
      @PathVariable("ref") String ref,
      @RequestParam("consent") String consent,
      HttpServletRequest request)
      throws IOException {
    SubjectId subject = permit(request, ref, "add-face");
    Consent given;
    try {
      given = Consent.to(consent);
    } catch (IllegalArgumentException e) {
      throw Desk.malformed("consent");
    }
    byte[] picture = RequestFile.read(request, Math.toIntExact(bounds.maxPicture().toBytes()));
    FaceEnrolment result = enrolment.enrolFaceFromUpload(subject, Capture.ofImage(picture), given);
    if (result instanceof FaceEnrolment.NotAcquired unclear) {
      throw notAcquired(unclear.guidance().code());
    }
    if (result instanceof FaceEnrolment.Refused refused) {
      throw refused.reason() == FaceEnrolment.Reason.UNKNOWN_SUBJECT
          ? new ProblemException(HttpStatus.NOT_FOUND, "unknown-subject")
          : new ProblemException(HttpStatus.CONFLICT, "face-refused")
              .with("reason", Desk.code(refused.reason()));
    }
    return SubjectController.json(
        HttpStatus.CREATED,
        new References(
            ((FaceEnrolment.Enrolled) result)
                .references().stream().map(CredentialId::value).toList()));
  }

  static ProblemException notAcquired(String guidance) {
    return new ProblemException(HttpStatus.UNPROCESSABLE_CONTENT, "not-acquired")
        .with("guidance", guidance);
  }

  @DeleteMapping("/faces/{face}")
  ResponseEntity<Void> removeFace(
      @PathVariable("ref") String ref,
      @PathVariable("face") String face,
      HttpServletRequest request) {
    SubjectId subject = permit(request, ref, "remove-face");
    // Only a face of this very subject: other credentials are not removed here.
    boolean theirs =
        enrolment.faceReferences(subject).stream()
            .anyMatch(reference -> reference.id().value().equals(face));
    if (!theirs || !enrolment.remove(subject, new CredentialId(face))) {
      throw Desk.notFound();
    }
    return noContent();
  }

  @PutMapping("/password")
  ResponseEntity<Void> setPassword(
      @PathVariable("ref") String ref, @RequestBody NewPassword body, HttpServletRequest request) {
    SubjectId subject = permit(request, ref, "set-password");
    PasswordVerdict verdict;
    try (Secret password = secret(body.password(), "password")) {
      verdict = enrolment.setPassword(subject, password);
    }
    if (verdict == PasswordVerdict.UNKNOWN_SUBJECT) {
      throw new ProblemException(HttpStatus.NOT_FOUND, "unknown-subject");
    }
    if (verdict != PasswordVerdict.ACCEPTED) {
      throw new ProblemException(HttpStatus.UNPROCESSABLE_CONTENT, "password-refused")
          .with("verdict", Desk.code(verdict));
    }
    return noContent();
  }

  @PutMapping("/email")
  ResponseEntity<Void> setEmail(
      @PathVariable("ref") String ref, @RequestBody NewAddress body, HttpServletRequest request) {
    SubjectId subject = permit(request, ref, "set-email");
    return set(() -> enrolment.setEmail(subject, secret(body.address(), "address")));
  }

  @PutMapping("/phone")
  ResponseEntity<Void> setPhone(
      @PathVariable("ref") String ref, @RequestBody NewAddress body, HttpServletRequest request) {
    SubjectId subject = permit(request, ref, "set-phone");
    return set(() -> enrolment.setPhone(subject, secret(body.address(), "address")));
  }

  /** The enrolment refuses a malformed address, and a subject that is suspended. */
  private ResponseEntity<Void> set(Runnable change) {
    try {
      change.run();
    } catch (IllegalArgumentException e) {
      throw new ProblemException(HttpStatus.UNPROCESSABLE_CONTENT, "address-refused");
    }
    return noContent();
  }

  private SubjectId permit(HttpServletRequest request, String ref, String action) {
    SubjectId subject = SubjectRef.parse(ref);
    Actor actor = desk.permit(request, action, Optional.of(subject), "", Role.ADMIN);
    // As the administration sees it, so that a name that nobody has is not found.
    Desk.done(desk.administration().find(actor, subject));
    return subject;
  }

  private static Secret secret(@Nullable String text, String member) {
    if (text == null || text.isEmpty() || text.length() > Secret.MAX_LENGTH) {
      throw Desk.malformed(member);
    }
    return Secret.of(text);
  }

  private static ResponseEntity<Void> noContent() {
    return ResponseEntity.noContent().cacheControl(CacheControl.noStore()).build();
  }
}
