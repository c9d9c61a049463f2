package io.github.facelock.core.admin;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.Actor;
import io.github.facelock.api.admin.Administration;
import io.github.facelock.api.admin.AuditEntry;
import io.github.facelock.api.admin.AuditQuery;
import io.github.facelock.api.admin.Decision;
import io.github.facelock.api.admin.LoginStatistics;
import io.github.facelock.api.admin.Refusal;
import io.github.facelock.api.admin.Role;
import io.github.facelock.api.admin.StatisticsQuery;
import io.github.facelock.api.admin.SubjectQuery;
import io.github.facelock.api.admin.SubjectSummary;
import io.github.facelock.spi.AttemptLimiter;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.AuditLog;
import io.github.facelock.spi.store.AuditRecord;
import io.github.facelock.spi.store.CredentialStore;
import io.github.facelock.spi.store.Subject;
import io.github.facelock.spi.store.SubjectStore;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Checks the actor's roles, writes the request to the trail, then carries it out. Roles are looked
 * up for each request, in the store: a role that was taken away a moment ago permits nothing.
 * Thread-safe.
 */
public final class RoleAdministration implements Administration {

  private static final Pattern ACTION = Pattern.compile("[a-z0-9-]{1,64}");

  private final SubjectStore subjects;
  private final SubjectRegister register;
  private final AttemptLimiter limiter;
  private final List<FactorType> factors;
  private final AuditLog audit;
  private final Optional<AuditAccess> trail;
  private final SubjectExport exports;
  private final Clock clock;

  /**
   * Makes an administration.
   *
   * @param subjects where subjects are kept
   * @param register changes them
   * @param credentials opened, for exports
   * @param limiter where attempts are counted
   * @param factors whose credentials are exported and whose locks are lifted
   * @param audit the trail
   * @param trail reads it; empty if the trail is the application's own
   * @param clock tells the time
   */
  public RoleAdministration(
      SubjectStore subjects,
      SubjectRegister register,
      CredentialStore credentials,
      AttemptLimiter limiter,
      Set<FactorType> factors,
      AuditLog audit,
      Optional<AuditAccess> trail,
      Clock clock) {
    this.subjects = Objects.requireNonNull(subjects, "subjects");
    this.register = Objects.requireNonNull(register, "register");
    this.limiter = Objects.requireNonNull(limiter, "limiter");
    this.factors = List.copyOf(factors);
    this.audit = Objects.requireNonNull(audit, "audit");
    this.trail = Objects.requireNonNull(trail, "trail");
    this.exports = new SubjectExport(credentials, this.factors, trail);
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /** Who besides administrators may do something. */
  private enum Permission {
    ADMINS(false, false, false),
    OPERATORS(true, false, false),
    ADMINS_AND_ONESELF(false, true, false),
    OPERATORS_AND_ONESELF(true, true, false),
    EVERYBODY(true, true, true);

    private final boolean operators;
    private final boolean oneself;
    private final boolean others;

    Permission(boolean operators, boolean oneself, boolean others) {
      this.operators = operators;
      this.oneself = oneself;
      this.others = others;
    }

    boolean includes(Subject actor, Optional<SubjectId> target) {
      return others
          || actor.roles().contains(Role.ADMIN)
          || (operators && actor.roles().contains(Role.OPERATOR))
          || (oneself && target.filter(actor.id()::equals).isPresent());
    }
  }

  @Override
  public Decision<SubjectSummary> bootstrap(SubjectId subject, String source) {
    Actor actor = new Actor(subject, source);
    Optional<SubjectId> target = Optional.of(subject);
    if (hasAdmin(Optional.empty())) {
      return refuse(actor, "bootstrap", target, Refusal.ADMIN_EXISTS);
    }
    write(actor, "bootstrap", target, Map.of("verdict", "permitted"));
    OnBehalf by = OnBehalf.of(actor);
    register.register(subject, Set.of(Role.USER), by);
    Decision<Subject> made = register.setRole(subject, Role.ADMIN, true, by);
    if (hasAdmin(target) && withdraws(subject, by)) {
      return refuse(actor, "bootstrap", target, Refusal.ADMIN_EXISTS);
    }
    return told(actor, "bootstrap", target, made, RoleAdministration::summary);
  }

  /** Of several at once all but one give up: the last one finds that the others have. */
  private boolean withdraws(SubjectId subject, OnBehalf by) {
    return !(register.setRole(subject, Role.ADMIN, false, by)
            instanceof Decision.Refused<Subject> refused
        && refused.reason() == Refusal.LAST_ADMIN);
  }

  private boolean hasAdmin(Optional<SubjectId> besides) {
    return subjects.list(SubjectQuery.all().withRole(Role.ADMIN).withLimit(2)).stream()
        .anyMatch(admin -> besides.filter(admin.id()::equals).isEmpty());
  }

  @Override
  public Decision<SubjectSummary> create(Actor actor, SubjectId subject, Set<Role> roles) {
    return act(
        actor,
        "create",
        Optional.of(subject),
        Permission.ADMINS,
        () -> register.register(subject, roles, OnBehalf.of(actor)),
        RoleAdministration::summary);
  }

  @Override
  public Decision<SubjectSummary> suspend(Actor actor, SubjectId subject) {
    return setSuspended(actor, "suspend", subject, true);
  }

  @Override
  public Decision<SubjectSummary> reactivate(Actor actor, SubjectId subject) {
    return setSuspended(actor, "reactivate", subject, false);
  }

  private Decision<SubjectSummary> setSuspended(
      Actor actor, String action, SubjectId subject, boolean suspended) {
    // Whoever may suspend an administrator rules over all of them.
    boolean isAdmin =
        subjects.find(subject).filter(found -> found.roles().contains(Role.ADMIN)).isPresent();
    return act(
        actor,
        action,
        Optional.of(subject),
        isAdmin ? Permission.ADMINS : Permission.OPERATORS,
        () -> register.setSuspended(subject, suspended, OnBehalf.of(actor)),
        RoleAdministration::summary);
  }

  @Override
  public Decision<Integer> erase(Actor actor, SubjectId subject) {
    return act(
        actor,
        "erase",
        Optional.of(subject),
        Permission.ADMINS,
        () -> register.erase(subject, OnBehalf.of(actor)),
        Function.identity());
  }

  @Override
  public Decision<SubjectSummary> grant(Actor actor, SubjectId subject, Role role) {
    Objects.requireNonNull(role, "role");
    return act(
        actor,
        "grant",
        Optional.of(subject),
        Permission.ADMINS,
        () -> register.setRole(subject, role, true, OnBehalf.of(actor)),
        RoleAdministration::summary);
  }

  @Override
  public Decision<SubjectSummary> revoke(Actor actor, SubjectId subject, Role role) {
    Objects.requireNonNull(role, "role");
    return act(
        actor,
        "revoke",
        Optional.of(subject),
        Permission.ADMINS,
        () -> register.setRole(subject, role, false, OnBehalf.of(actor)),
        RoleAdministration::summary);
  }

  @Override
  public Decision<FactorType> unlock(Actor actor, SubjectId subject, FactorType factor) {
    Objects.requireNonNull(factor, "factor");
    return unlock(actor, subject, List.of(factor), done -> factor);
  }

  @Override
  public Decision<Set<FactorType>> unlock(Actor actor, SubjectId subject) {
    return unlock(actor, subject, factors, LinkedHashSet::new);
  }

  private <T> Decision<T> unlock(
      Actor actor,
      SubjectId subject,
      List<FactorType> unlocked,
      Function<List<FactorType>, T> result) {
    return act(
        actor,
        "unlock",
        Optional.of(subject),
        Permission.OPERATORS,
        () -> {
          if (subjects.find(subject).isEmpty()) {
            return new Decision.Refused<>(Refusal.UNKNOWN_SUBJECT);
          }
          for (FactorType factor : unlocked) {
            limiter.unlock(subject, factor);
            audit.append(
                new AuditEvent(
                    clock.instant(),
                    AuditEvent.Type.UNLOCKED,
                    "",
                    Optional.of(subject),
                    Optional.of(factor),
                    actor.source(),
                    OnBehalf.of(actor).details()));
          }
          return new Decision.Done<>(unlocked);
        },
        result);
  }

  @Override
  public Decision<SubjectSummary> find(Actor actor, SubjectId subject) {
    return act(
        actor,
        "find",
        Optional.of(subject),
        Permission.OPERATORS_AND_ONESELF,
        () -> found(subject),
        RoleAdministration::summary);
  }

  @Override
  public Decision<List<SubjectSummary>> list(Actor actor, SubjectQuery query) {
    Objects.requireNonNull(query, "query");
    return act(
        actor,
        "list",
        Optional.empty(),
        Permission.OPERATORS,
        () -> new Decision.Done<>(subjects.list(query)),
        page -> page.stream().map(RoleAdministration::summary).toList());
  }

  @Override
  public Decision<String> export(Actor actor, SubjectId subject, boolean templates) {
    return act(
        actor,
        templates ? "export-with-templates" : "export",
        Optional.of(subject),
        Permission.ADMINS_AND_ONESELF,
        () -> found(subject),
        whole -> exports.of(whole, templates));
  }

  @Override
  public Decision<List<AuditEntry>> searchAudit(Actor actor, AuditQuery query) {
    AuditAccess access = access();
    return act(
        actor,
        "search-audit",
        query.subject(),
        Permission.OPERATORS_AND_ONESELF,
        () -> new Decision.Done<>(access.search(query)),
        page -> page.stream().map(RoleAdministration::entry).toList());
  }

  @Override
  public Decision<Long> exportAudit(Actor actor, long from, Consumer<? super String> lines) {
    AuditAccess access = access();
    Objects.requireNonNull(lines, "lines");
    return act(
        actor,
        "export-audit",
        Optional.empty(),
        Permission.ADMINS,
        () -> new Decision.Done<>(access.export(from, lines)),
        Function.identity());
  }

  @Override
  public Decision<LoginStatistics> statistics(Actor actor, StatisticsQuery query) {
    AuditAccess access = access();
    Objects.requireNonNull(query, "query");
    return act(
        actor,
        "statistics",
        Optional.empty(),
        Permission.OPERATORS,
        () -> new Decision.Done<>(TrailStatistics.of(access, query)),
        Function.identity());
  }

  @Override
  public Decision<Set<Role>> permit(
      Actor actor, String action, Optional<SubjectId> target, String about, Role least) {
    if (!ACTION.matcher(action).matches()) {
      throw new IllegalArgumentException(
          "An action has 1 to 64 lower-case letters, digits and hyphens");
    }
    Permission permission =
        switch (least) {
          case ADMIN -> Permission.ADMINS;
          case OPERATOR -> Permission.OPERATORS;
          case USER -> Permission.EVERYBODY;
        };
    boolean permitted = isPermitted(actor, target, permission);
    Map<String, String> facts = new HashMap<>();
    if (!about.isEmpty()) {
      facts.put("about", about);
    }
    facts.put("verdict", permitted ? "permitted" : "refused");
    if (!permitted) {
      facts.put("cause", cause(Refusal.NOT_PERMITTED));
    }
    write(actor, action, target, facts);
    return permitted
        ? new Decision.Done<>(rolesOf(actor.subject()))
        : new Decision.Refused<>(Refusal.NOT_PERMITTED);
  }

  @Override
  public Set<Role> rolesOf(SubjectId subject) {
    return subjects
        .find(subject)
        .filter(self -> !self.suspended())
        .map(Subject::roles)
        .orElse(Set.of());
  }

  private AuditAccess access() {
    return trail.orElseThrow(
        () ->
            new IllegalStateException(
                "The audit trail is the application's own: read it there, or configure auditStore"
                    + " in place of auditLog"));
  }

  private Decision<Subject> found(SubjectId id) {
    return subjects
        .find(id)
        .<Decision<Subject>>map(Decision.Done::new)
        .orElseGet(() -> new Decision.Refused<>(Refusal.UNKNOWN_SUBJECT));
  }

  private boolean isPermitted(Actor actor, Optional<SubjectId> target, Permission permission) {
    return subjects
        .find(actor.subject())
        .filter(self -> !self.suspended() && permission.includes(self, target))
        .isPresent();
  }

  /** Who asks for what is written first: nothing is done that the trail does not know of. */
  private <S, T> Decision<T> act(
      Actor actor,
      String action,
      Optional<SubjectId> target,
      Permission permission,
      Supplier<Decision<S>> work,
      Function<? super S, ? extends T> result) {
    if (!isPermitted(actor, target, permission)) {
      return refuse(actor, action, target, Refusal.NOT_PERMITTED);
    }
    write(actor, action, target, Map.of("verdict", "permitted"));
    return told(actor, action, target, work.get(), result);
  }

  private <S, T> Decision<T> told(
      Actor actor,
      String action,
      Optional<SubjectId> target,
      Decision<S> done,
      Function<? super S, ? extends T> result) {
    if (done instanceof Decision.Refused<S> refused) {
      return refuse(actor, action, target, refused.reason());
    }
    return new Decision.Done<>(result.apply(((Decision.Done<S>) done).result()));
  }

  private <T> Decision<T> refuse(
      Actor actor, String action, Optional<SubjectId> target, Refusal reason) {
    write(actor, action, target, Map.of("verdict", "refused", "cause", cause(reason)));
    return new Decision.Refused<>(reason);
  }

  private static String cause(Refusal reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private void write(
      Actor actor, String action, Optional<SubjectId> target, Map<String, String> verdict) {
    Map<String, String> details = new HashMap<>(verdict);
    details.put("action", action);
    details.putAll(OnBehalf.of(actor).details());
    audit.append(
        new AuditEvent(
            clock.instant(),
            AuditEvent.Type.ADMINISTRATION,
            "",
            target,
            Optional.empty(),
            actor.source(),
            details));
  }

  private static SubjectSummary summary(Subject subject) {
    return new SubjectSummary(
        subject.id(), subject.roles(), subject.suspended(), subject.createdAt());
  }

  private static AuditEntry entry(AuditRecord record) {
    AuditEvent event = record.event();
    return new AuditEntry(
        record.number(),
        event.at(),
        event.type().name(),
        event.transaction(),
        event.subject(),
        event.factor(),
        event.source(),
        event.details());
  }
}
