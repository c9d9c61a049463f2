package io.github.facelock.spring.web;

import io.github.facelock.api.FaceLockException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageConversionException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Turns what FaceLock's JSON controllers throw into problem documents. What a client sent is not
 * repeated in them, and neither is any exception's message.
 */
@RestControllerAdvice(annotations = FaceLockApi.class)
@Order(Ordered.HIGHEST_PRECEDENCE + 100)
public final class ProblemAdvice {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

  private final Problems problems;
  private final RequestContexts contexts;

  /**
   * Takes its parts.
   *
   * @param problems makes the documents
   * @param contexts tell the language
   */
  public ProblemAdvice(Problems problems, RequestContexts contexts) {
    this.problems = problems;
    this.contexts = contexts;
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> problem(ProblemException problem, HttpServletRequest request) {
    return problems.answer(problem, contexts.locale(request));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> busy(FaceLockException.Busy busy, HttpServletRequest request) {
    return problem(
        new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, "busy")
            .retryAfter(Duration.ofSeconds(2)),
        request);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> fault(FaceLockException fault, HttpServletRequest request) {
    LOG.warn("A request failed: {}", fault.toString());
    return problem(
        new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, "unavailable")
            .retryAfter(Duration.ofSeconds(10)),
        request);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> malformed(
      HttpMessageConversionException malformed, HttpServletRequest request) {
    return problem(new ProblemException(HttpStatus.BAD_REQUEST, "malformed"), request);
  }

  /** A parameter that is no number, for example. */
  @ExceptionHandler
  ResponseEntity<ProblemDetail> mismatched(
      TypeMismatchException mismatched, HttpServletRequest request) {
    return problem(new ProblemException(HttpStatus.BAD_REQUEST, "malformed"), request);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> other(
      Exception other, HttpServletRequest request, HttpServletResponse response) throws Exception {
    if (response.isCommitted()) {
      // Half of a file is out: the server cuts the connection, so that nobody takes it for all.
      throw other;
    }
    if (other instanceof AccessDeniedException || other instanceof AuthenticationException) {
      // Spring Security's filters answer these.
      throw other;
    }
    if (other instanceof ErrorResponse refused) {
      HttpStatus status = HttpStatus.resolve(refused.getStatusCode().value());
      return problem(
          new ProblemException(status == null ? HttpStatus.BAD_REQUEST : status, "malformed"),
          request);
    }
    LOG.error("A request failed", other);
    return problem(new ProblemException(HttpStatus.INTERNAL_SERVER_ERROR, "other"), request);
  }
}
