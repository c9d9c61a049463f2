package io.github.facelock.spring.web.me;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.Enrolment;
import io.github.facelock.api.enrolment.PasswordVerdict;
import io.github.facelock.spring.web.ProblemException;
import io.github.facelock.spring.web.RateLimits;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;

/**
 * Lets strangers make an account: a name and a password, then a face and an app. Nobody is logged
 * in by it; at its end the person logs in as everybody does.
 *
 * <p><strong>No enumeration.</strong> For a name that is taken all is answered as for a free one,
 * with the same work: it is done on a subject of a random name that nobody can log in as. Its face
 * is removed as soon as it is stored, and the rest at the end of the registration or at the next
 * one of the same session. Whoever chose a taken name learns of it when the login does not know the
 * password.
 */
final class Registrations {

  static final Duration LIFE = Duration.ofMinutes(30);

  private static final int LONGEST_NAME = 64;
  private static final int DECORATION = 3;
  private static final String ATTRIBUTE = Registrations.class.getName();
  private static final String STAND_IN = "registration-";

  /**
   * A registration that is under way.
   *
   * @param name that was chosen
   * @param subject that gets the factors: the name, or a stand-in for one that is taken
   * @param begun when
   * @param faceSaved whether a face was taken; one is, as more would tell the two apart
   */
  record Registration(String name, String subject, Instant begun, boolean faceSaved)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    boolean standIn() {
      return !name.equals(subject);
    }

    SubjectId owner() {
      return SubjectId.of(subject);
    }

    /** Which of the two it is, nobody reads in a log either. */
    @Override
    public String toString() {
      return "Registration[" + begun + "]";
    }
  }

  private final MeParts parts;
  private final MeServices services;
  private final FaceUploads uploads;
  private final SecureRandom random = new SecureRandom();

  Registrations(MeParts parts, MeServices services) {
    this.parts = parts;
    this.services = services;
    this.uploads = new FaceUploads(parts, services.faces());
  }

  private Enrolment enrolment() {
    return parts.faceLock().enrolment();
  }

  /** Makes an account, and this session its owner's. */
  void begin(HttpServletRequest request, String name, String password) {
    RequestContext context = parts.contexts().of(request);
    parts.rates().require(RateLimits.Kind.BEGIN, context.source());
    SubjectId wanted = named(name);
    if (isOwnName(wanted, password)) {
      throw MyPasswords.refused(PasswordVerdict.COMMON);
    }
    if (password.length() > Secret.MAX_LENGTH) {
      throw MyPasswords.refused(PasswordVerdict.TOO_LONG);
    }
    HttpSession session = request.getSession();
    end(session);
    boolean free = enrolment().register(wanted);
    SubjectId standIn = SubjectId.of(STAND_IN + HexFormat.of().formatHex(drawn()));
    // Twice for either: a second name is tried where the first was taken, and where it was not.
    enrolment().register(free ? wanted : standIn);
    SubjectId subject = free ? wanted : standIn;
    PasswordVerdict verdict;
    try (Secret secret = Secret.of(password)) {
      verdict = enrolment().setPassword(subject, secret);
    }
    if (verdict != PasswordVerdict.ACCEPTED) {
      enrolment().erase(subject);
      throw MyPasswords.refused(verdict);
    }
    // Whoever placed a session id in this browser does not get the account.
    request.changeSessionId();
    session.setAttribute(
        ATTRIBUTE,
        new Registration(wanted.value(), subject.value(), parts.clock().instant(), false));
  }

  private byte[] drawn() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return bytes;
  }

  private static SubjectId named(String name) {
    try {
      SubjectId subject = SubjectId.of(name.strip());
      if (subject.value().length() <= LONGEST_NAME && !subject.value().startsWith(STAND_IN)) {
        return subject;
      }
    } catch (IllegalArgumentException malformed) {
      // Told below, without repeating it.
    }
    throw new ProblemException(HttpStatus.UNPROCESSABLE_CONTENT, "username-malformed");
  }

  /** As the enrolment judges it for a free name: a stand-in's name says nothing of the chosen. */
  private static boolean isOwnName(SubjectId subject, String password) {
    String whole =
        Normalizer.normalize(subject.value(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    String typed = Normalizer.normalize(password, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    int at = whole.indexOf('@');
    return Stream.of(whole, at > 0 ? whole.substring(0, at) : whole)
        .flatMap(name -> Stream.of(name, new StringBuilder(name).reverse().toString()))
        .anyMatch(name -> typed.contains(name) && typed.length() - name.length() <= DECORATION);
  }

  /** The registration of this session. */
  Optional<Registration> current(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session == null
        || !(session.getAttribute(ATTRIBUTE) instanceof Registration registration)) {
      return Optional.empty();
    }
    Instant now = parts.clock().instant();
    if (now.isBefore(registration.begun()) || !now.isBefore(registration.begun().plus(LIFE))) {
      end(session);
      return Optional.empty();
    }
    return Optional.of(registration);
  }

  Registration require(HttpServletRequest request) {
    Registration registration =
        current(request)
            .orElseThrow(() -> new ProblemException(HttpStatus.CONFLICT, "registration-over"));
    parts.rates().require(RateLimits.Kind.CHANGE, parts.contexts().of(request).source());
    return registration;
  }

  /** Takes frames or pictures of a script. */
  List<String> enrol(HttpServletRequest request) {
    Registration registration = requireFaceless(request);
    return kept(
        request,
        registration,
        uploads.receive(registration.owner(), parts.contexts().of(request), request));
  }

  /** Takes a picture of a page's form. */
  List<String> enrolForm(HttpServletRequest request) {
    Registration registration = requireFaceless(request);
    return kept(
        request,
        registration,
        uploads.receiveForm(registration.owner(), parts.contexts().of(request), request));
  }

  Registration requireFaceless(HttpServletRequest request) {
    Registration registration = require(request);
    if (registration.faceSaved()) {
      throw new ProblemException(HttpStatus.CONFLICT, "face-saved-already");
    }
    return registration;
  }

  private List<String> kept(
      HttpServletRequest request, Registration registration, List<String> references) {
    request
        .getSession()
        .setAttribute(
            ATTRIBUTE,
            new Registration(
                registration.name(), registration.subject(), registration.begun(), true));
    if (registration.standIn()) {
      references.forEach(id -> enrolment().remove(registration.owner(), new CredentialId(id)));
    }
    return references;
  }

  MyCodes.NewApp beginTotp(HttpServletRequest request, String label) {
    Registration registration = require(request);
    return services
        .codes()
        .beginTotp(
            registration.owner(),
            label,
            uri ->
                uri.replace(
                    ":" + encode(registration.subject()) + "?",
                    ":" + encode(registration.name()) + "?"));
  }

  void confirmTotp(HttpServletRequest request, String id, String code) {
    services.codes().confirmTotp(require(request).owner(), id, code);
  }

  /** Ends the registration: an account stays, a stand-in goes. */
  void end(HttpSession session) {
    if (session.getAttribute(ATTRIBUTE) instanceof Registration registration) {
      session.removeAttribute(ATTRIBUTE);
      if (registration.standIn()) {
        enrolment().erase(registration.owner());
      }
    }
  }

  /** RFC 3986, section 2.1, as the app's address is written. */
  private static String encode(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) Byte.toUnsignedInt(b);
      if (c < 128 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0)) {
        encoded.append(c);
      } else {
        encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return encoded.toString();
  }
}
