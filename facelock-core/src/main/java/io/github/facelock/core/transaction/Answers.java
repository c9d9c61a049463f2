package io.github.facelock.core.transaction;

import io.github.facelock.api.DenialReason;
import io.github.facelock.api.Feedback;
import io.github.facelock.api.Outcome;
import io.github.facelock.api.Response;
import io.github.facelock.api.SubjectId;
import io.github.facelock.spi.Attempt;
import io.github.facelock.spi.AttemptLimiter;
import io.github.facelock.spi.AttemptLimiter.Charge;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.FactorStart;
import io.github.facelock.spi.Verification;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Judges answers: charges the attempt, asks the factor, and draws the consequence. Thread-safe. */
final class Answers {

  private final Questions questions;
  private final AttemptLimiter limiter;
  private final Claimants claimants;
  private final Circumstances circumstances;

  Answers(
      Questions questions,
      AttemptLimiter limiter,
      Claimants claimants,
      Circumstances circumstances) {
    this.questions = questions;
    this.limiter = limiter;
    this.claimants = claimants;
    this.circumstances = circumstances;
  }

  Ruling choose(Visit visit, TransactionState state, Offer offer, Onward onward) {
    if (state.step().choices() >= TransactionEngine.MAX_CHOICES) {
      return Ruling.denied(DenialReason.EXPIRED, "too-many-choices");
    }
    Offer chosen = questions.choose(offer, claimants.context(visit));
    return onward.challenge(
        visit,
        state.with(state.step().with(chosen).afterChoice()),
        new Feedback.None(),
        "chosen",
        Map.of());
  }

  Ruling judge(
      Visit visit,
      TransactionState state,
      Offer offer,
      FactorStart asked,
      Response response,
      Onward onward) {
    FactorContext context = claimants.context(visit);
    Charge charge =
        limiter.charge(new Attempt(offer.factor(), state.claimed(), visit.request.source()));
    if (charge instanceof Charge.Blocked blocked) {
      return blocked(visit, state, offer.locked(blocked.until()), onward);
    }
    Charge.Permitted permitted = (Charge.Permitted) charge;
    visit.unsettled = Optional.of(permitted);
    Verification verification =
        Objects.requireNonNull(
            questions.factor(offer.factor()).verify(context, asked.state(), response),
            "verification");
    // From here on a fault does not give the attempt back: the answer was judged.
    visit.unsettled = Optional.empty();
    Question question = new Question(visit, state, offer, asked, context, onward);
    if (verification instanceof Verification.NotAcquired unclear) {
      limiter.refund(permitted);
      return notAcquired(question, unclear);
    }
    if (verification instanceof Verification.Refused refused) {
      return refused(question, refused);
    }
    Verification.Verified verified = (Verification.Verified) verification;
    Optional<String> objection = objection(visit, context, verified.subject());
    if (objection.isPresent()) {
      return refused(question, new Verification.Refused(objection.get(), verified.details()));
    }
    limiter.succeeded(permitted);
    visit.claimed = Optional.of(verified.subject());
    Passed passed = new Passed(state.present(), offer.factor(), visit.now, true, verified.learnt());
    return onward.proceed(
        visit, state.after(verified.subject(), visit.standing, passed), verified.details());
  }

  /** What an answer was given to. */
  private record Question(
      Visit visit,
      TransactionState state,
      Offer offer,
      FactorStart asked,
      FactorContext context,
      Onward onward) {}

  /**
   * Why the verified subject does not pass all the same. The circumstances are looked at again
   * here: who it is may be known only now, and the request may come from elsewhere than the first.
   */
  private Optional<String> objection(Visit visit, FactorContext context, SubjectId verified) {
    Optional<String> objection = claimants.objection(context, verified);
    if (objection.isPresent()) {
      return visit.standing.isBarred() ? Optional.of(visit.standing.barred()) : objection;
    }
    Optional<SubjectId> claimedBefore = visit.claimed;
    visit.claimed = Optional.of(verified);
    circumstances.assess(visit, claimants.unbarred(visit));
    if (!visit.standing.isBarred()) {
      return Optional.empty();
    }
    visit.claimed = claimedBefore;
    return Optional.of(visit.standing.barred());
  }

  private Ruling blocked(Visit visit, TransactionState state, Offer locked, Onward onward) {
    StepState step = state.step().with(locked).afterChoice();
    boolean othersWork = step.offers().stream().anyMatch(offer -> !offer.isLocked(visit.now));
    if (othersWork && step.choices() <= TransactionEngine.MAX_CHOICES) {
      return onward.challenge(
          visit,
          state.with(step),
          new Feedback.FactorLocked(locked.factor(), locked.lockedUntil()),
          "factor-locked",
          Map.of("until", locked.lockedUntil().toString()));
    }
    Instant until =
        step.offers().stream()
            .map(Offer::lockedUntil)
            .filter(visit.now::isBefore)
            .min(Comparator.naturalOrder())
            .orElse(locked.lockedUntil());
    return new Ruling(new Outcome.Locked(until), "locked", Map.of());
  }

  private Ruling refused(Question question, Verification.Refused refused) {
    circumstances.refused(claimants.unbarred(question.visit));
    StepState step = question.state.step().afterTry();
    if (step.tries() >= question.context.policy().triesPerStep()) {
      return Ruling.denied(DenialReason.NOT_VERIFIED, refused.cause(), refused.details());
    }
    return again(question, step, new Feedback.NotVerified(), refused.cause(), refused.details());
  }

  private Ruling notAcquired(Question question, Verification.NotAcquired unclear) {
    Map<String, String> details = new HashMap<>(unclear.details());
    details.put("guidance", unclear.guidance().code());
    StepState step = question.state.step().afterAcquisition();
    if (step.acquisitions() >= question.context.policy().acquisitionsPerStep()) {
      return Ruling.denied(DenialReason.NOT_ACQUIRED, "not-acquired", details);
    }
    Feedback feedback = new Feedback.NotAcquired(unclear.guidance());
    return again(question, step, feedback, "not-acquired", details);
  }

  private Ruling again(
      Question question,
      StepState step,
      Feedback feedback,
      String cause,
      Map<String, String> details) {
    Offer renewed = questions.renew(question.offer, question.asked, question.context);
    return question.onward.challenge(
        question.visit, question.state.with(step.with(renewed)), feedback, cause, details);
  }
}
