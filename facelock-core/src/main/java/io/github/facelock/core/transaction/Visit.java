package io.github.facelock.core.transaction;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.spi.AttemptLimiter.Charge;
import java.time.Instant;
import java.util.Optional;

/** What is known of one request while it is served, also when it fails. For one thread. */
final class Visit {

  final RequestContext request;
  final Instant now;

  /** Empty while nobody knows which login the request belongs to. */
  String transaction = "";

  Optional<Policy> policy = Optional.empty();
  Optional<SubjectId> claimed = Optional.empty();
  Optional<FactorType> factor = Optional.empty();

  /** The present step, from 1; 0 while there is none. */
  int step;

  /** A charge whose answer was not judged yet. */
  Optional<Charge.Permitted> unsettled = Optional.empty();

  Visit(RequestContext request, Instant now) {
    this.request = request;
    this.now = now;
  }

  void enter(TransactionState state) {
    transaction = state.transaction();
    claimed = state.claimed();
    step = state.satisfied().size() + 1;
  }
}
