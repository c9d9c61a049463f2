package io.github.facelock.spring.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes problem documents where no controller answers: in security's filters. Thread-safe. */
public final class ProblemWriter {

  private final Problems problems;
  private final RequestContexts contexts;
  private final JsonMapper json = JsonMapper.shared();

  /**
   * Takes its parts.
   *
   * @param problems makes the documents
   * @param contexts tell the language
   */
  public ProblemWriter(Problems problems, RequestContexts contexts) {
    this.problems = problems;
    this.contexts = contexts;
  }

  /**
   * Answers with a problem.
   *
   * @param problem what happened
   * @param request the request
   * @param response its response, not yet committed
   * @throws IOException if the client is gone
   */
  public void write(
      ProblemException problem, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ProblemDetail document =
        problems.document(
            problem.status(), problem.code(), problem.members(), contexts.locale(request));
    ObjectNode body = json.createObjectNode();
    body.put("type", String.valueOf(document.getType()));
    body.put("title", document.getTitle());
    body.put("status", document.getStatus());
    body.put("detail", document.getDetail());
    Objects.requireNonNullElse(document.getProperties(), Map.<String, Object>of())
        .forEach((name, value) -> body.putPOJO(name, value));
    response.setStatus(document.getStatus());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    problem
        .retryAfterSeconds()
        .ifPresent(seconds -> response.setHeader(HttpHeaders.RETRY_AFTER, seconds.toString()));
    response.getOutputStream().write(json.writeValueAsBytes(body));
  }
}
