package io.github.facelock.core.transaction;

import io.github.facelock.api.FactorKind;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Outcome;
import io.github.facelock.api.PassedFactor;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Response;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.TransactionHandle;
import io.github.facelock.api.admin.SubjectQuery;
import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.core.crypto.EphemeralKeys;
import io.github.facelock.core.crypto.KeyRing;
import io.github.facelock.core.store.memory.MemoryAuditLog;
import io.github.facelock.core.store.memory.MemorySubjectStore;
import io.github.facelock.core.store.memory.MemoryTransactionStore;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.Factor;
import io.github.facelock.spi.store.Subject;
import io.github.facelock.spi.store.SubjectStore;
import io.github.facelock.spi.store.TransactionStore;
import io.github.facelock.test.MutableClock;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An engine among parts that do what the test says. */
final class Fixture {

  static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
  static final SubjectId ALICE = SubjectId.of("alice");
  static final SubjectId BOB = SubjectId.of("bob");
  static final SubjectId NOBODY = SubjectId.of("nobody");
  static final SubjectId SUSPENDED = SubjectId.of("suspended");
  static final RequestContext DOOR = RequestContext.from("front-door");

  static final FactorType PIN = FactorType.PIN;
  static final FactorType FACE = FactorType.FACE;
  static final FactorType TOTP = FactorType.TOTP;
  static final FactorType MAIL = FactorType.EMAIL_CODE;
  static final FactorType IRIS = FactorType.of("iris", FactorKind.INHERENCE, "iris");
  static final FactorType CARD = FactorType.of("card", FactorKind.POSSESSION, "hwk");
  static final List<FactorType> TYPES = List.of(PIN, FACE, TOTP, MAIL, IRIS, CARD);

  final MutableClock clock = MutableClock.at(NOON);
  final Faults faults = new Faults();
  final MemorySubjectStore known = new MemorySubjectStore();
  final MemoryTransactionStore open = new MemoryTransactionStore(clock);
  final Map<String, Instant> kept = new HashMap<>();
  final MemoryAuditLog audit = new MemoryAuditLog();
  final TestLimiter limiter = new TestLimiter(clock, faults);
  final Surroundings around = new Surroundings(faults);
  final List<Alert> alerts = new ArrayList<>();
  final List<Alert> failures = new ArrayList<>();
  final List<CapturedFrame> pictures = new ArrayList<>();
  final Map<FactorType, ScriptedFactor> factors = new LinkedHashMap<>();
  static final KeyRing KEYS =
      new KeyRing(new EphemeralKeys(new SecureRandom()), new SecureRandom());
  int proofs;

  Fixture() {
    for (SubjectId id : List.of(ALICE, BOB, SUSPENDED)) {
      known.insert(new Subject(id, Set.of(), id.equals(SUSPENDED), NOON, 1));
    }
    for (FactorType type : TYPES) {
      factors.put(type, new ScriptedFactor(type, faults));
    }
    factors.get(MAIL).startsUnasked = false;
  }

  TransactionEngineBuilder parts(Policy policy) {
    return parts(policy, factors.values());
  }

  TransactionEngineBuilder parts(Policy policy, Collection<? extends Factor> factors) {
    return TransactionEngine.builder()
        .verification(policy)
        .factors(factors)
        .subjects(new FaultySubjects())
        .transactions(new FaultyTransactions())
        .limiter(limiter)
        .audit(
            event -> {
              faults.pass(Faults.Place.AUDIT);
              audit.append(event);
            })
        .alerts(
            (alert, evidence) -> {
              if (alert.cause() == Alert.Cause.ATTEMPT_FAILED) {
                // One for each wrong answer; a list of its own keeps the others readable.
                failures.add(alert);
                return;
              }
              faults.pass(Faults.Place.ALERT);
              alerts.add(alert);
              evidence.ifPresent(pictures::add);
            })
        .proofs(
            (transaction, subject, passed, level, at) -> {
              faults.pass(Faults.Place.PROOF);
              proofs++;
              return "proof of %s for %s by %s, %s at %s"
                  .formatted(
                      transaction,
                      subject,
                      passed.stream().map(PassedFactor::factor).toList(),
                      level,
                      at);
            })
        .riskRules(List.of(around))
        .devices(around)
        .watch(around)
        .keys(KEYS)
        .random(new SecureRandom())
        .clock(clock);
  }

  TransactionEngine engine(Policy policy) {
    return parts(policy).build();
  }

  ScriptedFactor factor(FactorType type) {
    return factors.get(type);
  }

  /** All judgements of all factors. */
  int judged() {
    return factors.values().stream().mapToInt(factor -> factor.judged.size()).sum();
  }

  AuditEvent lastEvent() {
    List<AuditEvent> events = audit.events();
    return events.get(events.size() - 1);
  }

  void suspend(SubjectId id) {
    known.replace(known.find(id).orElseThrow().withSuspended(true));
  }

  static TransactionHandle handle(Outcome outcome) {
    return challenge(outcome).handle();
  }

  static Outcome.Challenge challenge(Outcome outcome) {
    if (outcome instanceof Outcome.Challenge challenge) {
      return challenge;
    }
    throw new AssertionError("Not a challenge: " + outcome);
  }

  static Outcome answer(TransactionEngine engine, Outcome last, FactorType factor, String text) {
    return engine.advance(handle(last), ScriptedFactor.answer(factor, text), DOOR);
  }

  static Outcome choose(TransactionEngine engine, Outcome last, FactorType factor) {
    return engine.advance(handle(last), new Response.Choice(factor), DOOR);
  }

  private final class FaultySubjects implements SubjectStore {
    @Override
    public Optional<Subject> find(SubjectId id) {
      faults.pass(Faults.Place.SUBJECTS);
      return known.find(id);
    }

    @Override
    public boolean insert(Subject subject) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean replace(Subject next) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean replaceWhile(Subject next, Subject witness) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Subject> list(SubjectQuery query) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean delete(SubjectId id) {
      throw new UnsupportedOperationException();
    }
  }

  private final class FaultyTransactions implements TransactionStore {
    @Override
    public void put(String key, byte[] state, Instant expiresAt) {
      faults.pass(Faults.Place.PUT);
      kept.put(key, expiresAt);
      open.put(key, state, expiresAt);
    }

    @Override
    public Optional<byte[]> take(String key, Instant now) {
      // Fails when the work is done: the worst case.
      Optional<byte[]> state = open.take(key, now);
      faults.pass(Faults.Place.TAKE);
      return state;
    }
  }
}
