package io.github.facelock.spring.observation;

import io.github.facelock.api.DenialReason;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Feedback;
import io.github.facelock.api.MultiFactorAuthenticator;
import io.github.facelock.api.Outcome;
import io.github.facelock.api.PriorLogin;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Response;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.TransactionHandle;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Observes each request of a login as {@code facelock.step}, with the key values {@code operation},
 * {@code factor} and {@code outcome}: a timer for each of them where meters are recorded, a span
 * where traces are. No key value names a person. Thread-safe where its parts are.
 */
final class ObservedAuthenticator implements MultiFactorAuthenticator {

  private static final String NONE = "none";

  private final MultiFactorAuthenticator authenticator;
  private final Supplier<Optional<ObservationRegistry>> registry;
  private final Supplier<Set<FactorType>> factors;

  /**
   * Observes.
   *
   * @param authenticator what is observed
   * @param registry where observations go
   * @param factors which factors there are: another one is a client's word and no key value
   */
  ObservedAuthenticator(
      MultiFactorAuthenticator authenticator,
      Supplier<Optional<ObservationRegistry>> registry,
      Supplier<Set<FactorType>> factors) {
    this.authenticator = authenticator;
    this.registry = registry;
    this.factors = factors;
  }

  @Override
  public Outcome begin(SubjectId subject, RequestContext context) {
    return observed("begin", NONE, () -> authenticator.begin(subject, context));
  }

  @Override
  public Outcome begin(RequestContext context) {
    return observed("begin", NONE, () -> authenticator.begin(context));
  }

  @Override
  public Outcome begin(SubjectId subject, String policy, RequestContext context) {
    return observed("begin", NONE, () -> authenticator.begin(subject, policy, context));
  }

  @Override
  public Outcome stepUp(PriorLogin prior, String policy, RequestContext context) {
    return observed("step-up", NONE, () -> authenticator.stepUp(prior, policy, context));
  }

  @Override
  public Outcome advance(TransactionHandle handle, Response response, RequestContext context) {
    FactorType factor = response.factor();
    return observed(
        "advance",
        factors.get().contains(factor) ? factor.id() : "other",
        () -> authenticator.advance(handle, response, context));
  }

  @Override
  public Outcome repeat(TransactionHandle handle, RequestContext context) {
    return observed("repeat", NONE, () -> authenticator.repeat(handle, context));
  }

  @Override
  public void cancel(TransactionHandle handle) {
    authenticator.cancel(handle);
  }

  private Outcome observed(String operation, String factor, Supplier<Outcome> call) {
    Observation observation =
        Observation.createNotStarted(
                "facelock.step", registry.get().orElse(ObservationRegistry.NOOP))
            .contextualName("facelock " + operation)
            .lowCardinalityKeyValue("operation", operation)
            .lowCardinalityKeyValue("factor", factor)
            .lowCardinalityKeyValue("outcome", "error");
    return observation.observe(
        () -> {
          Outcome outcome = call.get();
          observation.lowCardinalityKeyValue("outcome", word(outcome));
          return outcome;
        });
  }

  private static String word(Outcome outcome) {
    return outcome.fold(
        granted -> "granted",
        challenge -> word(challenge.next().feedback()),
        denied ->
            denied.reason() == DenialReason.UNAVAILABLE
                ? "unavailable"
                : "denied-" + denied.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'),
        locked -> "locked");
  }

  private static String word(Feedback feedback) {
    if (feedback instanceof Feedback.NotVerified) {
      return "not-verified";
    }
    if (feedback instanceof Feedback.NotAcquired) {
      return "not-acquired";
    }
    return feedback instanceof Feedback.FactorLocked ? "factor-locked" : "next";
  }
}
