package io.github.facelock.core.transaction;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Response;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.AttemptLimiter.Charge;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is known of one request while it is served, also when it fails. For one thread. */
final class Visit {

  /** An alert that the circumstances raise, whatever the request comes to. */
  record Concern(Alert.Cause cause, Map<String, String> details) {}

  /** The detail in which a factor names its best frame, from 0. */
  private static final String BEST_FRAME = "frame";

  final RequestContext request;
  final Instant now;

  /** Empty while nobody knows which login the request belongs to. */
  String transaction = "";

  Optional<Policy> policy = Optional.empty();
  Optional<SubjectId> claimed = Optional.empty();
  Optional<FactorType> factor = Optional.empty();

  /** The present step, from 1; 0 while there is none. */
  int step;

  /** What the circumstances mean for the login so far. */
  Standing standing = Standing.NEW;

  /** What was noticed in this request, for the audit trail. */
  final Map<String, String> signals = new TreeMap<>();

  final List<Concern> concerns = new ArrayList<>();

  /** A charge whose answer was not judged yet. */
  Optional<Charge.Permitted> unsettled = Optional.empty();

  /** The answer, if one is judged; for the picture that may go with an alert. */
  Optional<Response> answer = Optional.empty();

  Visit(RequestContext request, Instant now) {
    this.request = request;
    this.now = now;
  }

  void enter(TransactionState state) {
    transaction = state.transaction();
    claimed = state.claimed();
    step = state.passed().size() + 1;
    standing = state.standing();
  }

  /** Raises an alert, unless an earlier request of this login did. */
  void raise(Standing before, String name, Alert.Cause cause, Map<String, String> details) {
    if (!before.told().contains(name)) {
      concerns.add(new Concern(cause, details));
    }
  }

  /**
   * What the camera saw: the frame that the factor named as its best one, else the middle one. The
   * picture itself goes through no detail, so that none can reach the audit trail or a log.
   */
  Optional<CapturedFrame> evidence(Map<String, String> details) {
    if (answer.isEmpty() || !(answer.get() instanceof Response.Frames seen)) {
      return Optional.empty();
    }
    List<CapturedFrame> frames = seen.capture().frames();
    int middle = frames.size() / 2;
    String named = details.getOrDefault(BEST_FRAME, "");
    int best = named.matches("[0-9]{1,3}") ? Integer.parseInt(named) : middle;
    return Optional.of(frames.get(best < frames.size() ? best : middle));
  }
}
