package io.github.facelock.core.face;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.enrolment.Consent;
import io.github.facelock.api.enrolment.FaceReference;
import io.github.facelock.api.enrolment.FaceReference.Kind;
import io.github.facelock.api.face.ModelId;
import io.github.facelock.spi.store.Credential;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is written beside a template, for administrators and for the rules of references. */
final class ReferenceAttributes {

  private static final String KIND = "kind";
  private static final String EXPIRES_AT = "expires-at";
  private static final String NO_CONSENT = "not recorded";

  private ReferenceAttributes() {}

  static void put(Map<String, String> attributes, Kind kind, Optional<Instant> expiresAt) {
    attributes.put(KIND, kind.name().toLowerCase(Locale.ROOT));
    attributes.remove(EXPIRES_AT);
    expiresAt.ifPresent(end -> attributes.put(EXPIRES_AT, end.toString()));
  }

  /** References from before there were kinds were enrolled. */
  static Kind kind(Credential reference) {
    String kind = reference.attributes().get(KIND);
    try {
      return kind == null ? Kind.ENROLLED : Kind.valueOf(kind.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw damaged(reference, e);
    }
  }

  static Optional<Instant> expiresAt(Credential reference) {
    try {
      return Optional.ofNullable(reference.attributes().get(EXPIRES_AT)).map(Instant::parse);
    } catch (DateTimeException e) {
      throw damaged(reference, e);
    }
  }

  static boolean isValid(Credential reference, Instant now) {
    return expiresAt(reference).filter(end -> !now.isBefore(end)).isEmpty();
  }

  static FaceReference shown(Credential reference) {
    Map<String, String> attributes = reference.attributes();
    return new FaceReference(
        reference.id(),
        kind(reference),
        new ModelId(attributes.getOrDefault(TemplateCodec.MODEL, "unknown")),
        Consent.to(attributes.getOrDefault(FaceEnroller.CONSENT, NO_CONSENT)),
        reference.createdAt(),
        expiresAt(reference));
  }

  private static FaceLockException.Store damaged(Credential reference, Exception cause) {
    return new FaceLockException.Store(
        "The face reference "
            + reference.id()
            + " of subject "
            + reference.subject()
            + " has attributes that cannot be read. Remove it and enrol again, or restore it from a"
            + " backup",
        cause);
  }
}
