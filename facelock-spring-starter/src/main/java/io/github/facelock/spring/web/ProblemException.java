package io.github.facelock.spring.web;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;

/**
 * Ends a request with a problem document. Holds nothing that its reader must not see. Immutable.
 *
 * <pre>{@code
 * throw new ProblemException(HttpStatus.FORBIDDEN, "step-up-required").with("policy", policy);
 * }</pre>
 */
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final HttpStatus status;
  private final String code;
  private final transient Map<String, Object> members;

  /**
   * A problem.
   *
   * @param status of the answer
   * @param code lower case with hyphens; the type is {@code urn:facelock:problem:} and it, the
   *     detail is the text of {@code problem-} and it
   */
  public ProblemException(HttpStatus status, String code) {
    this(status, code, Map.of());
  }

  private ProblemException(HttpStatus status, String code, Map<String, Object> members) {
    super(code, null, false, false);
    this.status = status;
    this.code = code;
    this.members = members;
  }

  /**
   * The same problem with a further member.
   *
   * @param name of the member
   * @param value a text, a number, a time, or a list of these
   * @return the changed problem
   */
  public ProblemException with(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(members);
    more.put(name, value);
    return new ProblemException(status, code, more);
  }

  /**
   * The same problem with the time after which a further try makes sense.
   *
   * @param wait how long to wait
   * @return the changed problem; the header {@code Retry-After} tells the same
   */
  public ProblemException retryAfter(Duration wait) {
    return with(Problems.RETRY_AFTER, Math.max(1, wait.plusMillis(999).toSeconds()));
  }

  /**
   * Tells the status.
   *
   * @return of the answer
   */
  public HttpStatus status() {
    return status;
  }

  /**
   * Tells the code.
   *
   * @return the last part of the type
   */
  public String code() {
    return code;
  }

  /**
   * Tells a further member.
   *
   * @param name of the member
   * @return its value, if there is one
   */
  public Optional<Object> member(String name) {
    return Optional.ofNullable(members.get(name));
  }

  Map<String, Object> members() {
    return members;
  }

  Optional<Long> retryAfterSeconds() {
    return Optional.ofNullable((Long) members.get(Problems.RETRY_AFTER));
  }
}
