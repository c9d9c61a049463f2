package io.github.facelock.spring.web.admin;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FactorKind;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.Role;
import io.github.facelock.api.admin.SubjectSummary;
import io.github.facelock.api.device.TrustedDevices;
import io.github.facelock.api.enrolment.Enrolment;
import io.github.facelock.api.enrolment.FaceReference;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Subjects as JSON. What a client may set is what these records name, and nothing else. */
final class SubjectViews {

  private final Enrolment enrolment;
  private final TrustedDevices devices;

  SubjectViews(Enrolment enrolment, TrustedDevices devices) {
    this.enrolment = enrolment;
    this.devices = devices;
  }

  /**
   * A subject.
   *
   * @param ref its name as a segment of a path
   */
  record SubjectView(
      String id, String ref, List<String> roles, boolean suspended, Instant createdAt) {}

  /**
   * A page of subjects.
   *
   * @param next what to ask for {@code after}; missing after the last page
   */
  record Page(List<SubjectView> subjects, Optional<String> next) {}

  record Created(SubjectView subject) {}

  record FaceView(
      String id,
      String kind,
      String model,
      String consent,
      Instant createdAt,
      Optional<Instant> expiresAt) {}

  record WholeSubject(
      SubjectView subject, List<String> factors, List<FaceView> faces, int trustedDevices) {}

  record Unlocked(List<String> factors) {}

  /** A new subject. */
  record NewSubject(@Nullable String subject, @Nullable List<@Nullable String> roles) {

    SubjectId id() {
      try {
        return SubjectId.of(subject == null ? "" : subject);
      } catch (IllegalArgumentException e) {
        throw Desk.malformed("subject");
      }
    }

    Set<Role> roleSet() {
      if (roles == null) {
        return Set.of(Role.USER);
      }
      Set<Role> set = EnumSet.noneOf(Role.class);
      for (String role : roles) {
        try {
          set.add(Role.valueOf(String.valueOf(role).toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
          throw Desk.malformed("roles");
        }
      }
      return set;
    }
  }

  /** Which factor; all if none. */
  record Unlock(@Nullable String factor) {

    Optional<FactorType> factorType() {
      if (factor == null) {
        return Optional.empty();
      }
      return Optional.of(SubjectViews.factor(factor));
    }
  }

  /** A factor by its id; equal to any other factor of this id. */
  static FactorType factor(String id) {
    for (FactorType known :
        List.of(
            FactorType.PASSWORD,
            FactorType.PIN,
            FactorType.FACE,
            FactorType.TOTP,
            FactorType.HOTP,
            FactorType.EMAIL_CODE,
            FactorType.SMS_CODE,
            FactorType.RECOVERY_CODE)) {
      if (known.id().equals(id)) {
        return known;
      }
    }
    try {
      return FactorType.of(id, FactorKind.POSSESSION, "otp");
    } catch (IllegalArgumentException e) {
      throw Desk.malformed("factor");
    }
  }

  static SubjectView view(SubjectSummary summary) {
    return new SubjectView(
        summary.id().value(),
        SubjectRef.of(summary.id()),
        summary.roles().stream().sorted().map(Enum::name).toList(),
        summary.suspended(),
        summary.createdAt());
  }

  static Page page(List<SubjectSummary> page, int limit) {
    return new Page(
        page.stream().map(SubjectViews::view).toList(),
        page.size() < limit
            ? Optional.empty()
            : Optional.of(page.get(page.size() - 1).id().value()));
  }

  WholeSubject whole(SubjectSummary summary) {
    return new WholeSubject(
        view(summary),
        enrolment.enrolledFactors(summary.id()).stream().map(FactorType::id).sorted().toList(),
        enrolment.faceReferences(summary.id()).stream().map(SubjectViews::face).toList(),
        devices.list(summary.id()).size());
  }

  private static FaceView face(FaceReference reference) {
    CredentialId id = reference.id();
    return new FaceView(
        id.value(),
        Desk.code(reference.kind()),
        reference.model().value(),
        reference.consent().document(),
        reference.createdAt(),
        reference.expiresAt());
  }
}
