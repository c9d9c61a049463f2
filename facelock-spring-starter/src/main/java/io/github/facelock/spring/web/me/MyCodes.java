package io.github.facelock.spring.web.me;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.AuthenticatorDevice;
import io.github.facelock.api.enrolment.CodeEnrolment;
import io.github.facelock.api.enrolment.TotpParameters;
import io.github.facelock.api.enrolment.TotpProvisioning;
import io.github.facelock.core.otp.QrCode;
import io.github.facelock.spring.web.ProblemException;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Where one's own one-time codes come from: apps, addresses, recovery codes. */
final class MyCodes {

  private static final int QR_PIXELS = 288;
  private static final int LONGEST_LABEL = 64;
  private static final String PENDING = MyCodes.class.getName() + ".pending.";

  /**
   * A new app's secret, shown once.
   *
   * @param id names the app
   * @param uri for apps on the same device; holds the secret
   * @param qr a picture as a {@code data:} address; holds the secret
   * @param secret for typing in
   */
  record NewApp(String id, String uri, String qr, String secret) {
    @Override
    public String toString() {
      return "NewApp[" + id + "]";
    }
  }

  /**
   * An address that waits for its code.
   *
   * @param credential names it
   * @param address as it was typed, for the page that asks for the code
   */
  record Pending(String credential, String address) implements Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public String toString() {
      return "Pending[redacted]";
    }
  }

  private final MeParts parts;

  MyCodes(MeParts parts) {
    this.parts = parts;
  }

  private CodeEnrolment enrolment() {
    return parts.faceLock().enrolment();
  }

  boolean offers(FactorType factor) {
    return parts.offered().contains(factor);
  }

  private void requireOffered(FactorType factor) {
    if (!offers(factor)) {
      throw new ProblemException(HttpStatus.NOT_FOUND, "not-offered");
    }
  }

  NewApp beginTotp(SubjectId subject, @Nullable String label) {
    return beginTotp(subject, label, UnaryOperator.identity());
  }

  /** The same, where the app shall show another account than the subject's own name. */
  NewApp beginTotp(SubjectId subject, @Nullable String label, UnaryOperator<String> renamed) {
    requireOffered(FactorType.TOTP);
    String name = label == null || label.isBlank() ? "Authenticator" : label.strip();
    if (name.length() > LONGEST_LABEL || name.chars().anyMatch(Character::isISOControl)) {
      throw new ProblemException(HttpStatus.UNPROCESSABLE_CONTENT, "label-malformed");
    }
    try {
      TotpProvisioning app = enrolment().beginTotp(subject, TotpParameters.COMPATIBLE, name);
      String uri = renamed.apply(new String(app.uri().reveal()));
      byte[] picture = QrCode.png(Secret.of(uri), QR_PIXELS);
      return new NewApp(
          app.credential().value(),
          uri,
          "data:image/png;base64," + Base64.getEncoder().encodeToString(picture),
          new String(app.secret().reveal()));
    } catch (IllegalStateException full) {
      throw new ProblemException(HttpStatus.CONFLICT, "too-many-apps");
    } catch (IllegalArgumentException malformed) {
      throw new ProblemException(HttpStatus.UNPROCESSABLE_CONTENT, "label-malformed");
    }
  }

  void confirmTotp(SubjectId subject, String id, @Nullable String code) {
    requireOffered(FactorType.TOTP);
    CredentialId app = Identifiers.of(id);
    if (devices(subject).stream().noneMatch(device -> device.credential().equals(app))) {
      throw Identifiers.unknown();
    }
    if (!enrolment().confirmTotp(subject, app, typed(code))) {
      throw new ProblemException(HttpStatus.UNPROCESSABLE_CONTENT, "code-wrong");
    }
  }

  List<AuthenticatorDevice> devices(SubjectId subject) {
    return enrolment().devices(subject);
  }

  void removeDevice(SubjectId subject, String id) {
    CredentialId wanted = Identifiers.of(id);
    boolean removed =
        devices(subject).stream().anyMatch(device -> device.credential().equals(wanted))
            && parts.faceLock().enrolment().remove(subject, wanted);
    if (!removed) {
      throw Identifiers.unknown();
    }
  }

  /** Sends a code to a new address; the earlier one stays until the code comes back. */
  void beginAddress(
      Person person, FactorType factor, @Nullable String address, HttpSession session) {
    requireOffered(factor);
    String typed = address == null ? "" : address.strip();
    if (typed.length() > Secret.MAX_LENGTH) {
      throw malformed(factor);
    }
    try (Secret secret = Secret.of(typed)) {
      CredentialId pending =
          enrolment().beginAddress(person.subject(), factor, secret, person.context());
      session.setAttribute(PENDING + factor.id(), new Pending(pending.value(), typed));
    } catch (IllegalArgumentException e) {
      throw malformed(factor);
    } catch (IllegalStateException e) {
      throw new ProblemException(HttpStatus.NOT_FOUND, "not-offered");
    }
  }

  private static ProblemException malformed(FactorType factor) {
    return new ProblemException(
        HttpStatus.UNPROCESSABLE_CONTENT,
        factor.equals(FactorType.EMAIL_CODE) ? "email-malformed" : "phone-malformed");
  }

  Optional<Pending> pending(FactorType factor, HttpSession session) {
    return session.getAttribute(PENDING + factor.id()) instanceof Pending pending
        ? Optional.of(pending)
        : Optional.empty();
  }

  void confirmAddress(
      SubjectId subject, FactorType factor, @Nullable String code, HttpSession session) {
    requireOffered(factor);
    boolean right =
        pending(factor, session)
            .filter(
                pending ->
                    enrolment()
                        .confirmAddress(
                            subject, new CredentialId(pending.credential()), typed(code)))
            .isPresent();
    if (!right) {
      throw new ProblemException(HttpStatus.UNPROCESSABLE_CONTENT, "code-wrong");
    }
    session.removeAttribute(PENDING + factor.id());
  }

  void removeAddress(SubjectId subject, FactorType factor) {
    requireOffered(factor);
    // The one address of a factor is named as its factor is.
    if (!parts.faceLock().enrolment().remove(subject, new CredentialId(factor.id()))) {
      throw Identifiers.unknown();
    }
  }

  List<String> regenerateRecoveryCodes(SubjectId subject) {
    requireOffered(FactorType.RECOVERY_CODE);
    return enrolment().regenerateRecoveryCodes(subject).stream()
        .map(code -> new String(code.reveal()))
        .toList();
  }

  private static Secret typed(@Nullable String code) {
    String text = code == null ? "" : code.strip();
    return Secret.of(text.length() > 64 ? "" : text);
  }
}
