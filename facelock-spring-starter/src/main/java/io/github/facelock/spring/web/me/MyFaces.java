package io.github.facelock.spring.web.me;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.Consent;
import io.github.facelock.api.enrolment.Enrolment;
import io.github.facelock.api.enrolment.FaceEnrolment;
import io.github.facelock.api.enrolment.FaceReference;
import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.Guidance;
import io.github.facelock.api.face.LivenessChallenge;
import io.github.facelock.core.face.GuidanceTexts;
import io.github.facelock.spring.web.ProblemException;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.http.HttpStatus;
import org.springframework.web.util.WebUtils;

/**
 * One's own face: enrolled before the camera, where a challenge is answered, or from pictures. A
 * challenge lies in the session in which it was drawn, for the person for whom it was drawn, and
 * works once.
 */
final class MyFaces {

  private static final String ASKED = MyFaces.class.getName() + ".asked";

  /**
   * What a session was asked.
   *
   * @param subject for whom
   * @param parameters the challenge's
   * @param at when, by the server's clock
   */
  private record Asked(String subject, TreeMap<String, String> parameters, Instant at)
      implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Advice, as clients read it.
   *
   * @param code stable
   * @param text in the person's language
   */
  record Advice(String code, String text) {}

  private final MeParts parts;
  private final GuidanceTexts guidance = new GuidanceTexts();

  MyFaces(MeParts parts) {
    this.parts = parts;
  }

  boolean offered() {
    return parts.faceLock().captureGuide().isPresent();
  }

  private Enrolment enrolment() {
    if (!offered()) {
      throw new ProblemException(HttpStatus.NOT_FOUND, "not-offered");
    }
    return parts.faceLock().enrolment();
  }

  /** Asks; {@code liveness=none} where nothing is asked, {@code unavailable} if nothing is left. */
  Map<String, String> draw(SubjectId subject, RequestContext context, HttpSession session) {
    Optional<LivenessChallenge> drawn;
    try {
      drawn = enrolment().drawChallenge(subject, context);
    } catch (IllegalArgumentException nothingLeft) {
      return Map.of(LivenessChallenge.MODE, "unavailable");
    }
    Map<String, String> parameters =
        drawn
            .map(LivenessChallenge::parameters)
            .orElse(Map.of(LivenessChallenge.MODE, "none", "frames", "5"));
    session.setAttribute(
        ASKED, new Asked(subject.value(), new TreeMap<>(parameters), parts.clock().instant()));
    return parameters;
  }

  /** Takes frames of the camera as a reference. */
  List<String> enrol(
      SubjectId subject, RequestContext context, HttpSession session, Capture frames) {
    Enrolment enrolment = enrolment();
    Optional<Asked> asked = take(session).filter(a -> a.subject().equals(subject.value()));
    if (asked.isEmpty()) {
      throw unclear(Guidance.REPEAT_CHALLENGE, context.locale());
    }
    Consent consent = consent(context.locale());
    Optional<LivenessChallenge> challenge = LivenessChallenge.in(asked.get().parameters());
    Duration waited = Duration.between(asked.get().at(), parts.clock().instant());
    return references(
        challenge.isPresent()
            ? enrolment.enrolFace(subject, frames, consent, challenge.get(), waited)
            : enrolment.enrolFace(subject, frames, consent),
        context.locale());
  }

  /** Takes pictures as references. */
  List<String> upload(SubjectId subject, RequestContext context, List<byte[]> pictures) {
    Enrolment enrolment = enrolment();
    if (pictures.isEmpty() || pictures.size() > 10) {
      throw new ProblemException(HttpStatus.BAD_REQUEST, "malformed");
    }
    return references(
        enrolment.enrolFaceFromUpload(
            subject, Capture.ofImages(pictures), consent(context.locale())),
        context.locale());
  }

  /** The text that the page shows; its name changes with its content. */
  private Consent consent(Locale locale) {
    return Consent.to(parts.texts().text("me-consent-document", locale));
  }

  /** Of two answers to one challenge, one is judged. */
  private static Optional<Asked> take(HttpSession session) {
    synchronized (WebUtils.getSessionMutex(session)) {
      Object asked = session.getAttribute(ASKED);
      session.removeAttribute(ASKED);
      return asked instanceof Asked found ? Optional.of(found) : Optional.empty();
    }
  }

  private List<String> references(FaceEnrolment enrolment, Locale locale) {
    if (enrolment instanceof FaceEnrolment.Enrolled enrolled) {
      return enrolled.references().stream().map(CredentialId::value).toList();
    }
    if (enrolment instanceof FaceEnrolment.NotAcquired unclear) {
      throw unclear(unclear.guidance(), locale);
    }
    throw switch (((FaceEnrolment.Refused) enrolment).reason()) {
      case TOO_MANY_REFERENCES -> new ProblemException(HttpStatus.CONFLICT, "too-many-faces");
      case DIFFERENT_PERSON -> new ProblemException(HttpStatus.CONFLICT, "face-different-person");
      // One answer: whose face is known here, watched, or taken for an attack, is not told.
      case DUPLICATE_PERSON, NOT_ALLOWED, ATTACK_SUSPECTED, UNKNOWN_SUBJECT ->
          new ProblemException(HttpStatus.CONFLICT, "face-refused");
    };
  }

  private ProblemException unclear(Guidance code, Locale locale) {
    return new ProblemException(HttpStatus.UNPROCESSABLE_CONTENT, "not-acquired")
        .with("guidance", new Advice(code.code(), guidance.text(code, locale)));
  }

  List<FaceReference> list(SubjectId subject) {
    return parts.faceLock().enrolment().faceReferences(subject);
  }

  void remove(SubjectId subject, String id) {
    CredentialId wanted = Identifiers.of(id);
    // Not any credential: who is fresh by the face must not remove the password under this path.
    boolean removed =
        list(subject).stream().anyMatch(reference -> reference.id().equals(wanted))
            && parts.faceLock().enrolment().remove(subject, wanted);
    if (!removed) {
      throw Identifiers.unknown();
    }
  }
}
