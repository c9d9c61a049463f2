package io.github.facelock.spring.web.me;

import io.github.facelock.api.RequestContext;
import io.github.facelock.api.SubjectId;
import io.github.facelock.spring.web.ProblemException;
import io.github.facelock.spring.web.Upload;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Frames of the camera, or pictures from elsewhere; either with consent. Thread-safe. */
final class FaceUploads {

  private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.US_ASCII);

  /**
   * What stands beside frames and pictures, in the part {@code request}.
   *
   * @param times milliseconds of each frame
   * @param consent whether the person agreed to the text on the page
   */
  record Beside(@Nullable List<Long> times, @Nullable Boolean consent) {}

  private final MeParts parts;
  private final MyFaces faces;
  private final JsonMapper json = JsonMapper.shared();

  FaceUploads(MeParts parts, MyFaces faces) {
    this.parts = parts;
    this.faces = faces;
  }

  /** Receives a script's form. */
  List<String> receive(SubjectId subject, RequestContext context, HttpServletRequest request) {
    try (Upload upload = parts.uploads().receive(request)) {
      Beside beside = beside(upload);
      requireConsent(Boolean.TRUE.equals(beside.consent()));
      List<byte[]> pictures = upload.all("picture");
      if (!pictures.isEmpty()) {
        return faces.upload(subject, context, pictures);
      }
      List<Long> times = beside.times() == null ? List.of() : beside.times();
      return faces.enrol(
          subject, context, request.getSession(), parts.uploads().capture(upload, times));
    }
  }

  /** Receives a page's form with a picture. */
  List<String> receiveForm(SubjectId subject, RequestContext context, HttpServletRequest request) {
    try (Upload upload = parts.uploads().receive(request)) {
      requireConsent(
          upload
              .first("consent")
              .filter(value -> new String(value, StandardCharsets.US_ASCII).equals("yes"))
              .isPresent());
      return faces.upload(subject, context, upload.all("picture"));
    }
  }

  private static void requireConsent(boolean agreed) {
    if (!agreed) {
      throw new ProblemException(HttpStatus.UNPROCESSABLE_CONTENT, "consent-missing");
    }
  }

  private Beside beside(Upload upload) {
    try {
      Beside read = json.readValue(upload.first("request").orElse(NOTHING), Beside.class);
      if (read != null) {
        return read;
      }
    } catch (JacksonException malformed) {
      // What was sent is not repeated.
    }
    throw new ProblemException(HttpStatus.BAD_REQUEST, "malformed");
  }
}
