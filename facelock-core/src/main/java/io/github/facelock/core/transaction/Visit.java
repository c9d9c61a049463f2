package io.github.facelock.core.transaction;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.SubjectId;
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
}
