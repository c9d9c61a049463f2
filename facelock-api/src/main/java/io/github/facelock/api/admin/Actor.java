package io.github.facelock.api.admin;

import io.github.facelock.api.RequestContext;
import io.github.facelock.api.SubjectId;
import java.util.Objects;

/**
 * Who administers. That this person really is the subject, the application has made sure of by a
 * login; what the person may do is looked up at each call, and never claimed.
 *
 * @param subject who acts
 * @param source where the request came from, for the trail
 */
public record Actor(SubjectId subject, String source) {

  /** Refuses null. */
  public Actor {
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(source, "source");
  }

  /**
   * The person behind a request.
   *
   * @param subject who acts
   * @param request the request
   * @return the actor
   */
  public static Actor of(SubjectId subject, RequestContext request) {
    return new Actor(subject, request.source());
  }
}
