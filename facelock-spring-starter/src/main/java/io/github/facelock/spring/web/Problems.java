package io.github.facelock.spring.web;

import io.github.facelock.spring.web.page.Texts;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** Makes problem documents (RFC 9457) in the person's language. Immutable and thread-safe. */
public final class Problems {

  /** What every type begins with. */
  public static final String TYPE = "urn:facelock:problem:";

  static final String RETRY_AFTER = "retryAfterSeconds";

  private final Texts texts;

  /**
   * Takes the texts.
   *
   * @param texts for the details
   */
  public Problems(Texts texts) {
    this.texts = texts;
  }

  /**
   * The answer that an exception asks for.
   *
   * @param problem the exception
   * @param locale the person's
   * @return the answer, not to be kept by any cache
   */
  public ResponseEntity<ProblemDetail> answer(ProblemException problem, Locale locale) {
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.status(problem.status())
            .contentType(MediaType.APPLICATION_PROBLEM_JSON)
            .cacheControl(CacheControl.noStore());
    problem
        .retryAfterSeconds()
        .ifPresent(seconds -> answer.header(HttpHeaders.RETRY_AFTER, Long.toString(seconds)));
    return answer.body(document(problem.status(), problem.code(), problem.members(), locale));
  }

  /**
   * A document.
   *
   * @param status of the answer
   * @param code the last part of the type
   * @param members further members
   * @param locale the person's
   * @return the document
   */
  public ProblemDetail document(
      HttpStatusCode status, String code, Map<String, Object> members, Locale locale) {
    ProblemDetail document = ProblemDetail.forStatus(status);
    document.setType(URI.create(TYPE + code));
    HttpStatus known = HttpStatus.resolve(status.value());
    document.setTitle(known == null ? code : known.getReasonPhrase());
    document.setDetail(
        texts.find("problem-" + code, locale).orElseGet(() -> texts.text("problem-other", locale)));
    members.forEach(document::setProperty);
    return document;
  }
}
