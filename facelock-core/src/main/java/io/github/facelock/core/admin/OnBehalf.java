package io.github.facelock.core.admin;

import io.github.facelock.api.admin.Actor;
import java.util.Map;
import java.util.Objects;

/**
 * In whose name a subject is changed, for the trail.
 *
 * @param source where the request came from
 * @param details who acted, if somebody did
 */
public record OnBehalf(String source, Map<String, String> details) {

  /** Copies the map. */
  public OnBehalf {
    Objects.requireNonNull(source, "source");
    details = Map.copyOf(details);
  }

  /**
   * The application itself.
   *
   * @return no actor
   */
  public static OnBehalf application() {
    return new OnBehalf("application", Map.of());
  }

  /**
   * A person.
   *
   * @param actor who acts
   * @return that actor
   */
  public static OnBehalf of(Actor actor) {
    return new OnBehalf(actor.source(), Map.of("actor", actor.subject().value()));
  }
}
