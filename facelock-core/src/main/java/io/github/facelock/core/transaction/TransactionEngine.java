package io.github.facelock.core.transaction;

import io.github.facelock.api.AssuranceLevel;
import io.github.facelock.api.DenialReason;
import io.github.facelock.api.Feedback;
import io.github.facelock.api.MultiFactorAuthenticator;
import io.github.facelock.api.Outcome;
import io.github.facelock.api.PassedFactor;
import io.github.facelock.api.PriorLogin;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Response;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.TransactionHandle;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.api.policy.PolicyStep;
import io.github.facelock.spi.AttemptLimiter;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.FactorStart;
import io.github.facelock.spi.ProofIssuer;
import io.github.facelock.spi.RiskRule;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
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

  private final List<Policy> verifications;
  private final Optional<Policy> identification;
  private final Questions questions;
  private final Answers answers;
  private final Claimants claimants;
  private final Circumstances circumstances;
  private final TransactionVault vault;
  private final AttemptLimiter limiter;
  private final Journal journal;
  private final ProofIssuer proofs;
  private final Clock clock;
  private final Onward further = new Further();

  TransactionEngine(
      List<Policy> verifications,
      Optional<Policy> identification,
      Questions questions,
      Claimants claimants,
      Circumstances circumstances,
      TransactionVault vault,
      AttemptLimiter limiter,
      Journal journal,
      ProofIssuer proofs,
      Clock clock) {
    this.verifications = List.copyOf(verifications);
    this.identification = identification;
    this.questions = questions;
    this.answers = new Answers(questions, limiter, claimants, circumstances);
    this.claimants = claimants;
    this.circumstances = circumstances;
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
    return open(verifications.get(0), Optional.of(claimant), List.of(), request);
  }

  @Override
  public Outcome begin(RequestContext request) {
    Policy policy =
        identification.orElseThrow(
            () ->
                new IllegalStateException(
                    "No identification policy is configured: name the claimed subject, or"
                        + " configure one"));
    return open(policy, Optional.empty(), List.of(), request);
  }

  @Override
  public Outcome begin(SubjectId claimant, String policy, RequestContext request) {
    Objects.requireNonNull(claimant, "claimant");
    return open(named(policy), Optional.of(claimant), List.of(), request);
  }

  @Override
  public Outcome stepUp(PriorLogin prior, String policy, RequestContext request) {
    return open(named(policy), Optional.of(prior.subject()), prior.passed(), request);
  }

  @Override
  public Outcome advance(TransactionHandle handle, Response response, RequestContext request) {
    Objects.requireNonNull(response, "response");
    return resume(
        handle,
        request,
        (visit, state) -> {
          visit.factor = Optional.of(response.factor());
          visit.answer = Optional.of(response);
          Optional<Offer> offer = state.step().offer(response.factor());
          if (offer.isEmpty()) {
            return Ruling.denied(DenialReason.MISMATCHED_RESPONSE, "not-asked");
          }
          if (response instanceof Response.Choice) {
            return answers.choose(visit, state, offer.get(), further);
          }
          Optional<FactorStart> asked = offer.get().start();
          if (asked.isEmpty()) {
            return Ruling.denied(DenialReason.MISMATCHED_RESPONSE, "not-started");
          }
          return answers.judge(visit, state, offer.get(), asked.get(), response, further);
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
          StepState anew = questions.repeat(state.step(), claimants.context(visit)).afterRepeat();
          return challenge(visit, state.with(anew), new Feedback.None(), "repeated", Map.of());
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

  private Outcome open(
      Policy policy,
      Optional<SubjectId> claimed,
      List<PassedFactor> before,
      RequestContext request) {
    Visit visit = new Visit(Objects.requireNonNull(request, "request"), clock.instant());
    visit.claimed = claimed;
    return conclude(
        visit,
        () -> {
          visit.transaction = vault.randomText(TRANSACTION_BITS);
          visit.policy = Optional.of(policy);
          List<Passed> fresh = Freshness.of(policy, before, visit.now);
          visit.step = fresh.size() + 1;
          circumstances.assess(visit, claimants.unbarred(visit));
          TransactionState state =
              new TransactionState(
                  visit.transaction,
                  policy.name(),
                  request.source(),
                  visit.now.plus(policy.lifetime()),
                  claimed,
                  visit.standing,
                  fresh,
                  0,
                  StepState.of(List.of()));
          return proceed(visit, state, Map.of());
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
    if (outcome == ruling.outcome()) {
      ruling.afterwards().run();
    }
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

  /** The next step that the policy asks for; when none is missing, the grant. */
  private Ruling proceed(Visit visit, TransactionState state, Map<String, String> details) {
    Policy policy = visit.policy.orElseThrow();
    OptionalInt missing = state.missing(policy);
    if (missing.isEmpty()) {
      return grant(visit, state, details);
    }
    PolicyStep next = policy.steps().get(missing.getAsInt());
    StepState opened = questions.open(next, claimants.context(visit));
    return challenge(
        visit,
        state.at(missing.getAsInt(), opened),
        new Feedback.None(),
        state.passed().stream().anyMatch(Passed::anew) ? "passed" : "begun",
        details);
  }

  private Ruling grant(Visit visit, TransactionState state, Map<String, String> details) {
    SubjectId subject = state.claimed().orElseThrow();
    FactorContext context = claimants.context(visit);
    // Looked up again: judging takes time, and who was suspended meanwhile must not get in. Nobody
    // is barred here whose answer was judged; a step-up without a question is judged by nobody.
    if (context.subject().isEmpty() || state.passed().isEmpty()) {
      String cause = visit.standing.isBarred() ? visit.standing.barred() : "subject-not-active";
      return Ruling.denied(DenialReason.NOT_VERIFIED, cause, details);
    }
    Optional<Secret> token =
        state.standing().device().flatMap(device -> circumstances.renew(context, device));
    if (state.standing().device().isPresent() && token.isEmpty()) {
      // Revoked a moment ago. What it left out is asked for now.
      visit.standing = visit.standing.withoutDevice();
      return proceed(visit, state.withStanding(visit.standing), details);
    }
    List<PassedFactor> passed = state.passed().stream().map(Passed::shown).toList();
    AssuranceLevel level = Policy.levelOf(passed.stream().map(PassedFactor::factor).toList());
    String proof = proofs.issue(state.transaction(), subject, passed, level, visit.now);
    return new Ruling(
        new Outcome.Granted(subject, passed, visit.now, level, proof, token),
        "passed",
        details,
        () -> learn(visit, state, context));
  }

  /** What rules and factors make of a grant. Nothing that fails here changes it. */
  private void learn(Visit visit, TransactionState state, FactorContext context) {
    for (RiskRule rule : circumstances.rules()) {
      quietly(visit, "let rule " + rule.name() + " learn", () -> rule.granted(context));
    }
    List<Passed> anew = state.passed().stream().filter(Passed::anew).toList();
    if (Policy.levelOf(anew.stream().map(Passed::factor).toList()) != AssuranceLevel.AAL2) {
      return;
    }
    for (Passed passed : anew) {
      if (passed.learnt().bytes().length > 0) {
        quietly(
            visit,
            "let factor " + passed.factor() + " learn",
            () -> questions.factor(passed.factor()).granted(context, passed.learnt()));
      }
    }
  }

  private void quietly(Visit visit, String action, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error fault) {
      journal.logFault(visit.transaction, action, fault);
    }
  }

  private Ruling challenge(
      Visit visit,
      TransactionState state,
      Feedback feedback,
      String cause,
      Map<String, String> details) {
    TransactionState kept = state.withStanding(visit.standing);
    return new Ruling(
        new Outcome.Challenge(vault.keep(kept), kept.shown(feedback), kept.expiresAt()),
        cause,
        details);
  }

  /** Where judged answers lead. */
  private final class Further implements Onward {
    @Override
    public Ruling challenge(
        Visit visit,
        TransactionState state,
        Feedback feedback,
        String cause,
        Map<String, String> details) {
      return TransactionEngine.this.challenge(visit, state, feedback, cause, details);
    }

    @Override
    public Ruling proceed(Visit visit, TransactionState state, Map<String, String> details) {
      return TransactionEngine.this.proceed(visit, state, details);
    }
  }

  private Policy named(String name) {
    return verifications.stream()
        .filter(policy -> policy.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No verification policy has this name: configure it, or name one of "
                        + verifications.stream().map(Policy::name).toList()));
  }

  private Optional<Policy> policyOf(TransactionState state) {
    Optional<Policy> verification =
        verifications.stream().filter(policy -> policy.name().equals(state.policy())).findFirst();
    if (verification.isPresent()) {
      return verification.filter(policy -> state.fits(policy, false));
    }
    return identification
        .filter(policy -> state.policy().equals(policy.name()))
        .filter(policy -> state.fits(policy, true));
  }
}
