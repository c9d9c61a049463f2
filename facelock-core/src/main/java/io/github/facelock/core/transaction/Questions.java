package io.github.facelock.core.transaction;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.policy.PolicyStep;
import io.github.facelock.spi.Factor;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.FactorStart;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lets factors prepare what a step asks. Thread-safe. */
final class Questions {

  private final Map<FactorType, Factor> factors;

  Questions(Map<FactorType, Factor> factors) {
    this.factors = factors;
  }

  /** Opens a step: a factor that sends something waits until it is chosen, unless it is alone. */
  StepState open(PolicyStep step, FactorContext context) {
    boolean alone = step.anyOf().size() == 1;
    return StepState.of(
        step.anyOf().stream()
            .map(
                type ->
                    alone || factor(type).startsUnasked()
                        ? Offer.unstarted(type).asking(factor(type).start(context))
                        : Offer.unstarted(type))
            .toList());
  }

  /** Asks what the person chose. What was started before keeps its cool-down. */
  Offer choose(Offer offer, FactorContext context) {
    Factor factor = factor(offer.factor());
    return offer.asking(
        offer
            .start()
            .map(before -> factor.restart(context, before.state()))
            .orElseGet(() -> factor.start(context)));
  }

  /** Asks everything anew that was asked. */
  StepState repeat(StepState step, FactorContext context) {
    List<Offer> offers =
        step.offers().stream()
            .map(offer -> offer.start().isPresent() ? choose(offer, context) : offer)
            .toList();
    return step.withOffers(offers);
  }

  /** Asks again after an answer that did not pass. */
  Offer renew(Offer offer, FactorStart answered, FactorContext context) {
    Optional<FactorStart> fresh = factor(offer.factor()).renew(context, answered.state());
    return fresh.map(offer::asking).orElse(offer);
  }

  Factor factor(FactorType type) {
    Factor factor = factors.get(type);
    if (factor == null) {
      throw new IllegalStateException("No factor " + type + ", though the policy was checked");
    }
    return factor;
  }
}
