package io.github.facelock.core.transaction;

import io.github.facelock.api.FactorType;
import java.util.List;
import java.util.Optional;

/**
 * How far the present step is.
 *
 * @param offers the factors it accepts, in the policy's order
 * @param tries wrong answers so far
 * @param acquisitions answers so far that could not be judged
 * @param choices how often a factor was chosen, or a locked one was tried
 * @param repeats how often the question was asked anew
 */
record StepState(List<Offer> offers, int tries, int acquisitions, int choices, int repeats) {

  StepState {
    offers = List.copyOf(offers);
  }

  static StepState of(List<Offer> offers) {
    return new StepState(offers, 0, 0, 0, 0);
  }

  Optional<Offer> offer(FactorType factor) {
    return offers.stream().filter(offer -> offer.factor().equals(factor)).findFirst();
  }

  StepState with(Offer changed) {
    return withOffers(
        offers.stream()
            .map(offer -> offer.factor().equals(changed.factor()) ? changed : offer)
            .toList());
  }

  StepState withOffers(List<Offer> changed) {
    return new StepState(changed, tries, acquisitions, choices, repeats);
  }

  StepState afterTry() {
    return new StepState(offers, tries + 1, acquisitions, choices, repeats);
  }

  StepState afterAcquisition() {
    return new StepState(offers, tries, acquisitions + 1, choices, repeats);
  }

  StepState afterChoice() {
    return new StepState(offers, tries, acquisitions, choices + 1, repeats);
  }

  StepState afterRepeat() {
    return new StepState(offers, tries, acquisitions, choices, repeats + 1);
  }
}
