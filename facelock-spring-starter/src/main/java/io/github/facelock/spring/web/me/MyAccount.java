package io.github.facelock.spring.web.me;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.admin.Actor;
import io.github.facelock.api.admin.SubjectSummary;
import io.github.facelock.api.device.TrustedDevice;
import io.github.facelock.api.enrolment.Enrolment;
import io.github.facelock.spring.web.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** One's own account as a whole: what there is, to take along, and to erase. */
final class MyAccount {

  /**
   * The account.
   *
   * @param subject its name
   * @param roles what the person may do
   * @param createdAt since when it is known
   * @param factors what is enrolled
   * @param offered what can be enrolled
   * @param fresh whether a factor was shown lately enough for changes
   */
  record Me(
      String subject,
      List<String> roles,
      @Nullable Instant createdAt,
      List<String> factors,
      List<String> offered,
      boolean fresh) {}

  /**
   * A reference of a face.
   *
   * @param id names it
   * @param kind how it came to be
   * @param model made the template
   * @param consent what the person agreed to
   * @param createdAt when
   * @param expiresAt when it is no longer compared, if ever
   */
  record Face(
      String id,
      String kind,
      String model,
      String consent,
      Instant createdAt,
      @Nullable Instant expiresAt) {}

  /**
   * An app or a token.
   *
   * @param id names it
   * @param factor {@code totp} or {@code hotp}
   * @param label what its owner calls it
   * @param confirmed whether its codes are accepted
   * @param addedAt when
   */
  record App(String id, String factor, String label, boolean confirmed, Instant addedAt) {}

  /**
   * A trusted device.
   *
   * @param id names it
   * @param label what its owner calls it
   * @param createdAt since when it is trusted
   * @param lastUsedAt when a login was last granted from it
   * @param lastSource where that came from
   * @param expiresAt until when it is trusted
   */
  record Device(
      String id,
      String label,
      Instant createdAt,
      Instant lastUsedAt,
      String lastSource,
      Instant expiresAt) {}

  /**
   * All factors.
   *
   * @param password whether there is one
   * @param pin whether there is one
   * @param email whether codes can be mailed
   * @param phone whether codes can be sent to a telephone
   * @param recoveryCodesLeft how many still work
   * @param faces references
   * @param apps apps and tokens
   * @param devices trusted devices
   */
  record Factors(
      boolean password,
      boolean pin,
      boolean email,
      boolean phone,
      int recoveryCodesLeft,
      List<Face> faces,
      List<App> apps,
      List<Device> devices) {}

  private final MeParts parts;
  private final Visits visits;

  MyAccount(MeParts parts, Visits visits) {
    this.parts = parts;
    this.visits = visits;
  }

  Me me(Person person) {
    Optional<SubjectSummary> summary =
        parts
            .faceLock()
            .administration()
            .find(Actor.of(person.subject(), person.context()), person.subject())
            .value();
    return new Me(
        person.subject().value(),
        summary.stream().flatMap(s -> s.roles().stream()).map(Enum::name).sorted().toList(),
        summary.map(SubjectSummary::createdAt).orElse(null),
        ids(parts.faceLock().enrolment().enrolledFactors(person.subject())),
        ids(parts.offered()),
        visits.isFresh(person, Optional.empty()));
  }

  private static List<String> ids(Set<FactorType> factors) {
    return factors.stream().map(FactorType::id).sorted().toList();
  }

  Factors factors(Person person) {
    Enrolment enrolment = parts.faceLock().enrolment();
    Set<FactorType> enrolled = enrolment.enrolledFactors(person.subject());
    return new Factors(
        enrolled.contains(FactorType.PASSWORD),
        enrolled.contains(FactorType.PIN),
        enrolled.contains(FactorType.EMAIL_CODE),
        enrolled.contains(FactorType.SMS_CODE),
        enrolment.recoveryCodesLeft(person.subject()),
        faces(person),
        apps(person),
        devices(person));
  }

  List<Face> faces(Person person) {
    return parts.faceLock().enrolment().faceReferences(person.subject()).stream()
        .map(
            face ->
                new Face(
                    face.id().value(),
                    face.kind().name().toLowerCase(Locale.ROOT),
                    face.model().value(),
                    face.consent().document(),
                    face.createdAt(),
                    face.expiresAt().orElse(null)))
        .toList();
  }

  List<App> apps(Person person) {
    return parts.faceLock().enrolment().devices(person.subject()).stream()
        .map(
            app ->
                new App(
                    app.credential().value(),
                    app.factor().id(),
                    app.label(),
                    app.confirmed(),
                    app.addedAt()))
        .toList();
  }

  List<Device> devices(Person person) {
    return parts.faceLock().trustedDevices().list(person.subject()).stream()
        .map(MyAccount::shown)
        .toList();
  }

  private static Device shown(TrustedDevice device) {
    return new Device(
        device.id().value(),
        device.label(),
        device.createdAt(),
        device.lastUsedAt(),
        device.lastSource(),
        device.expiresAt());
  }

  void revoke(Person person, String device) {
    CredentialId id = Identifiers.of(device);
    if (!parts.faceLock().trustedDevices().revoke(person.subject(), id)) {
      throw Identifiers.unknown();
    }
  }

  int revokeAll(Person person) {
    return parts.faceLock().trustedDevices().revokeAll(person.subject());
  }

  /** One JSON object; without templates, which are of use to nobody but another FaceLock. */
  String export(Person person) {
    return parts
        .faceLock()
        .administration()
        .export(Actor.of(person.subject(), person.context()), person.subject(), false)
        .value()
        .orElseThrow(() -> new ProblemException(HttpStatus.FORBIDDEN, "forbidden"));
  }

  void erase(Person person) {
    try {
      if (!parts.faceLock().enrolment().erase(person.subject())) {
        throw Identifiers.unknown();
      }
    } catch (IllegalStateException lastAdministrator) {
      throw new ProblemException(HttpStatus.CONFLICT, "last-administrator");
    }
  }
}
