package io.github.facelock.core.transaction;

import io.github.facelock.api.AssuranceLevel;
import io.github.facelock.api.DenialReason;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Feedback;
import io.github.facelock.api.MultiFactorAuthenticator;
import io.github.facelock.api.Outcome;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Response;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.TransactionHandle;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.spi.Attempt;
import io.github.facelock.spi.AttemptLimiter;
import io.github.facelock.spi.AttemptLimiter.Charge;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.FactorStart;
import io.github.facelock.spi.ProofIssuer;
import io.github.facelock.spi.Verification;
import io.github.facelock.spi.store.Subject;
import io.github.facelock.spi.store.SubjectStore;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Leads logins through the steps of a policy. Between two requests all state is in the transaction
 * store, sealed, behind a handle that works once; so any node may serve any step, and this object
 * is immutable and thread-safe.
 *
 * <p>Each request goes the same way: take the state out, judge, put the next state in, write the
 * audit trail, answer. What fails on this way ends the login with {@link DenialReason#UNAVAILABLE};
 * nothing that fails can lead to a grant, because a grant is the last thing that is made, and it is
 * returned only when the audit trail has it.
 */
public final class TransactionEngine implements MultiFactorAuthenticator {

  /** How often a step may be chosen in, and how often asked anew: more is no person. */
  static final int MAX_CHOICES = 10;

  static final int MAX_REPEATS = 10;

  private static final int TRANSACTION_BITS = 128;

  private final Policy verification;
  private final Optional<Policy> identification;
  private final Questions questions;
  private final SubjectStore subjects;
  private final TransactionVault vault;
  private final AttemptLimiter limiter;
  private final Journal journal;
  private final ProofIssuer proofs;
  private final Clock clock;

  TransactionEngine(
      Policy verification,
      Optional<Policy> identification,
      Questions questions,
      SubjectStore subjects,
      TransactionVault vault,
      AttemptLimiter limiter,
      Journal journal,
      ProofIssuer proofs,
      Clock clock) {
    this.verification = verification;
    this.identification = identification;
    this.questions = questions;
    this.subjects = subjects;
    this.vault = vault;
    this.limiter = limiter;
    this.journal = journal;
    this.proofs = proofs;
    this.clock = clock;
  }

  /**
   * Begins an engine.
   *
   * @return a builder without any part
   */
  public static TransactionEngineBuilder builder() {
    return new TransactionEngineBuilder();
  }

  @Override
  public Outcome begin(SubjectId claimant, RequestContext request) {
    Objects.requireNonNull(claimant, "claimant");
    return open(verification, Optional.of(claimant), request);
  }

  @Override
  public Outcome begin(RequestContext request) {
    Policy policy =
        identification.orElseThrow(
            () ->
                new IllegalStateException(
                    "No identification policy is configured: name the claimed subject, or"
                        + " configure one"));
    return open(policy, Optional.empty(), request);
  }

  @Override
  public Outcome advance(TransactionHandle handle, Response response, RequestContext request) {
    Objects.requireNonNull(response, "response");
    return resume(
        handle,
        request,
        (visit, state) -> {
          visit.factor = Optional.of(response.factor());
          Optional<Offer> offer = state.step().offer(response.factor());
          if (offer.isEmpty()) {
            return Ruling.denied(DenialReason.MISMATCHED_RESPONSE, "not-asked");
          }
          if (response instanceof Response.Choice) {
            return choose(visit, state, offer.get());
          }
          Optional<FactorStart> asked = offer.get().start();
          if (asked.isEmpty()) {
            return Ruling.denied(DenialReason.MISMATCHED_RESPONSE, "not-started");
          }
          return judge(visit, state, offer.get(), asked.get(), response);
        });
  }

  @Override
  public Outcome repeat(TransactionHandle handle, RequestContext request) {
    return resume(
        handle,
        request,
        (visit, state) -> {
          if (state.step().repeats() >= MAX_REPEATS) {
            return Ruling.denied(DenialReason.EXPIRED, "too-many-repeats");
          }
          StepState anew = questions.repeat(state.step(), context(visit)).afterRepeat();
          return challenge(state.with(anew), new Feedback.None(), "repeated", Map.of());
        });
  }

  /**
   * {@inheritDoc}
   *
   * <p>A fault of the infrastructure is logged, and the login ends by itself when it expires.
   */
  @Override
  public void cancel(TransactionHandle handle) {
    Objects.requireNonNull(handle, "handle");
    Instant now = clock.instant();
    try {
      vault
          .take(handle, now)
          .filter(state -> now.isBefore(state.expiresAt()))
          .ifPresent(
              state -> {
                Visit visit = new Visit(RequestContext.from(state.source()), now);
                visit.enter(state);
                journal.writeCancelled(visit);
              });
    } catch (RuntimeException | Error fault) {
      journal.logFault("?", "cancel", fault);
    }
  }

  private Outcome open(Policy policy, Optional<SubjectId> claimed, RequestContext request) {
    Visit visit = new Visit(Objects.requireNonNull(request, "request"), clock.instant());
    visit.claimed = claimed;
    return conclude(
        visit,
        () -> {
          visit.transaction = vault.randomText(TRANSACTION_BITS);
          visit.policy = Optional.of(policy);
          visit.step = 1;
          StepState first = questions.open(policy.steps().get(0), context(visit));
          return challenge(
              new TransactionState(
                  visit.transaction,
                  policy.name(),
                  request.source(),
                  visit.now.plus(policy.lifetime()),
                  claimed,
                  List.of(),
                  first),
              new Feedback.None(),
              "begun",
              Map.of());
        });
  }

  private Outcome resume(
      TransactionHandle handle,
      RequestContext request,
      BiFunction<Visit, TransactionState, Ruling> work) {
    Objects.requireNonNull(handle, "handle");
    Visit visit = new Visit(Objects.requireNonNull(request, "request"), clock.instant());
    return conclude(
        visit,
        () -> {
          Optional<TransactionState> taken = vault.take(handle, visit.now);
          if (taken.isEmpty()) {
            return Ruling.denied(DenialReason.EXPIRED, "handle-unknown");
          }
          TransactionState state = taken.get();
          visit.enter(state);
          if (!visit.now.isBefore(state.expiresAt())) {
            return Ruling.denied(DenialReason.EXPIRED, "too-late");
          }
          visit.policy = policyOf(state);
          return visit.policy.isPresent()
              ? work.apply(visit, state)
              : Ruling.denied(DenialReason.EXPIRED, "policy-changed");
        });
  }

  /** Runs one request to its end: exactly one outcome, in the audit trail before it is returned. */
  private Outcome conclude(Visit visit, Supplier<Ruling> work) {
    Ruling ruling;
    try {
      ruling = work.get();
    } catch (RuntimeException | Error fault) {
      // Also an error, such as a native library that does not link or a memory that is full: the
      // login is denied and audited like any other that failed.
      return unavailable(visit, fault);
    }
    Outcome outcome;
    try {
      journal.write(visit, ruling);
      outcome = ruling.outcome();
    } catch (RuntimeException | Error fault) {
      outcome = unavailable(visit, fault);
    }
    journal.alert(visit, ruling);
    return outcome;
  }

  private Outcome unavailable(Visit visit, Throwable fault) {
    journal.logFault(visit.transaction, "serve a request", fault);
    Ruling ruling =
        Ruling.denied(
            DenialReason.UNAVAILABLE, "fault", Map.of("fault", fault.getClass().getName()));
    try {
      visit.unsettled.ifPresent(limiter::refund);
    } catch (RuntimeException | Error e) {
      journal.logFault(visit.transaction, "refund an attempt", e);
    }
    try {
      journal.write(visit, ruling);
    } catch (RuntimeException | Error e) {
      journal.logFault(visit.transaction, "write the audit trail", e);
    }
    return ruling.outcome();
  }

  private Ruling choose(Visit visit, TransactionState state, Offer offer) {
    if (state.step().choices() >= MAX_CHOICES) {
      return Ruling.denied(DenialReason.EXPIRED, "too-many-choices");
    }
    Offer chosen = questions.choose(offer, context(visit));
    return challenge(
        state.with(state.step().with(chosen).afterChoice()),
        new Feedback.None(),
        "chosen",
        Map.of());
  }

  private Ruling judge(
      Visit visit, TransactionState state, Offer offer, FactorStart asked, Response response) {
    FactorContext context = context(visit);
    Charge charge =
        limiter.charge(new Attempt(offer.factor(), state.claimed(), visit.request.source()));
    if (charge instanceof Charge.Blocked blocked) {
      return blocked(visit, state, offer.locked(blocked.until()));
    }
    Charge.Permitted permitted = (Charge.Permitted) charge;
    visit.unsettled = Optional.of(permitted);
    Verification verification =
        Objects.requireNonNull(
            questions.factor(offer.factor()).verify(context, asked.state(), response),
            "verification");
    // From here on a fault does not give the attempt back: the answer was judged.
    visit.unsettled = Optional.empty();
    if (verification instanceof Verification.NotAcquired unclear) {
      limiter.refund(permitted);
      return notAcquired(state, offer, asked, context, unclear);
    }
    if (verification instanceof Verification.Refused refused) {
      return refused(state, offer, asked, context, refused);
    }
    Verification.Verified verified = (Verification.Verified) verification;
    Optional<String> objection = objection(context, verified.subject());
    if (objection.isPresent()) {
      return refused(
          state,
          offer,
          asked,
          context,
          new Verification.Refused(objection.get(), verified.details()));
    }
    limiter.succeeded(permitted);
    return passed(visit, state, offer.factor(), verified);
  }

  /** A factor names whom it verified; the engine does not take its word for who that must be. */
  private Optional<String> objection(FactorContext context, SubjectId verified) {
    if (!context.claimed().orElse(verified).equals(verified)) {
      return Optional.of("subject-mismatch");
    }
    boolean active = context.identifies() ? isActive(verified) : context.subject().isPresent();
    return active ? Optional.empty() : Optional.of("subject-not-active");
  }

  private Ruling blocked(Visit visit, TransactionState state, Offer locked) {
    StepState step = state.step().with(locked).afterChoice();
    boolean othersWork = step.offers().stream().anyMatch(offer -> !offer.isLocked(visit.now));
    if (othersWork && step.choices() <= MAX_CHOICES) {
      return challenge(
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

  private Ruling refused(
      TransactionState state,
      Offer offer,
      FactorStart asked,
      FactorContext context,
      Verification.Refused refused) {
    StepState step = state.step().afterTry();
    if (step.tries() >= context.policy().triesPerStep()) {
      return Ruling.denied(DenialReason.NOT_VERIFIED, refused.cause(), refused.details());
    }
    return challenge(
        state.with(step.with(questions.renew(offer, asked, context))),
        new Feedback.NotVerified(),
        refused.cause(),
        refused.details());
  }

  private Ruling notAcquired(
      TransactionState state,
      Offer offer,
      FactorStart asked,
      FactorContext context,
      Verification.NotAcquired unclear) {
    Map<String, String> details = new HashMap<>(unclear.details());
    details.put("guidance", unclear.guidance().code());
    StepState step = state.step().afterAcquisition();
    if (step.acquisitions() >= context.policy().acquisitionsPerStep()) {
      return Ruling.denied(DenialReason.NOT_ACQUIRED, "not-acquired", details);
    }
    return challenge(
        state.with(step.with(questions.renew(offer, asked, context))),
        new Feedback.NotAcquired(unclear.guidance()),
        "not-acquired",
        details);
  }

  private Ruling passed(
      Visit visit, TransactionState state, FactorType factor, Verification.Verified verified) {
    SubjectId subject = verified.subject();
    List<FactorType> satisfied = state.satisfiedWith(factor);
    Policy policy = visit.policy.orElseThrow();
    visit.claimed = Optional.of(subject);
    if (satisfied.size() == policy.steps().size()) {
      return grant(visit, state.transaction(), subject, satisfied, verified.details());
    }
    StepState next = questions.open(policy.steps().get(satisfied.size()), context(visit));
    return challenge(
        state.next(subject, factor, next), new Feedback.None(), "passed", verified.details());
  }

  private Ruling grant(
      Visit visit,
      String transaction,
      SubjectId subject,
      List<FactorType> satisfied,
      Map<String, String> details) {
    // Looked up again: judging takes time, and who was suspended meanwhile must not get in.
    if (!isActive(subject)) {
      return Ruling.denied(DenialReason.NOT_VERIFIED, "subject-not-active", details);
    }
    AssuranceLevel level = Policy.levelOf(satisfied);
    String proof = proofs.issue(transaction, subject, satisfied, level, visit.now);
    return new Ruling(
        new Outcome.Granted(subject, satisfied, visit.now, level, proof), "passed", details);
  }

  private Ruling challenge(
      TransactionState state, Feedback feedback, String cause, Map<String, String> details) {
    return new Ruling(
        new Outcome.Challenge(vault.keep(state), state.shown(feedback), state.expiresAt()),
        cause,
        details);
  }

  private FactorContext context(Visit visit) {
    return new FactorContext(
        visit.transaction,
        visit.claimed,
        visit.claimed.filter(this::isActive),
        visit.request,
        visit.policy.orElseThrow(),
        visit.now);
  }

  private boolean isActive(SubjectId id) {
    return subjects.find(id).filter(subject -> isActive(subject, id)).isPresent();
  }

  private static boolean isActive(Subject subject, SubjectId id) {
    return subject.id().equals(id) && !subject.suspended();
  }

  private Optional<Policy> policyOf(TransactionState state) {
    if (state.policy().equals(verification.name())) {
      return Optional.of(verification).filter(policy -> state.fits(policy, false));
    }
    return identification
        .filter(policy -> state.policy().equals(policy.name()))
        .filter(policy -> state.fits(policy, true));
  }
}
