package io.github.facelock.core.admin;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.Decision;
import io.github.facelock.api.admin.Refusal;
import io.github.facelock.api.admin.Role;
import io.github.facelock.api.admin.SubjectQuery;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.AuditLog;
import io.github.facelock.spi.store.Subject;
import io.github.facelock.spi.store.SubjectStore;
import java.time.Clock;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Changes subjects, and writes each change to the audit trail. Knows nothing of who may ask for it.
 * Keeps one active administrator: a change that would end the last one is refused, also where
 * several such changes race on several nodes. Thread-safe.
 */
public final class SubjectRegister {

  /** Each lost race means that somebody else's change went through. */
  private static final int MOST_RACES = 1000;

  private final SubjectStore subjects;
  private final ToIntFunction<? super SubjectId> removal;
  private final Consumer<? super SubjectId> endOfTrust;
  private final AuditLog audit;
  private final Clock clock;

  /**
   * Makes a register.
   *
   * @param subjects where subjects are kept
   * @param removal removes all credentials of a subject, and counts them
   * @param endOfTrust ends the trust in a subject's devices
   * @param audit the trail
   * @param clock tells the time
   */
  public SubjectRegister(
      SubjectStore subjects,
      ToIntFunction<? super SubjectId> removal,
      Consumer<? super SubjectId> endOfTrust,
      AuditLog audit,
      Clock clock) {
    this.subjects = Objects.requireNonNull(subjects, "subjects");
    this.endOfTrust = Objects.requireNonNull(endOfTrust, "endOfTrust");
    this.removal = Objects.requireNonNull(removal, "removal");
    this.audit = Objects.requireNonNull(audit, "audit");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /**
   * Makes a subject known.
   *
   * @param id the name
   * @param roles what it may do
   * @param by in whose name
   * @return the subject, or {@link Refusal#NAME_TAKEN}
   */
  public Decision<Subject> register(SubjectId id, Set<Role> roles, OnBehalf by) {
    Subject subject = new Subject(id, roles, false, clock.instant(), 1);
    if (!subjects.insert(subject)) {
      return new Decision.Refused<>(Refusal.NAME_TAKEN);
    }
    write(AuditEvent.Type.SUBJECT_REGISTERED, id, by, Map.of("roles", names(roles)));
    return new Decision.Done<>(subject);
  }

  /**
   * Suspends or reactivates a subject.
   *
   * @param id whom
   * @param suspended whether all logins are denied
   * @param by in whose name
   * @return the subject, or why it was not changed
   */
  public Decision<Subject> setSuspended(SubjectId id, boolean suspended, OnBehalf by) {
    return change(
        id,
        by,
        before -> before.suspended() == suspended ? before : before.withSuspended(suspended));
  }

  /**
   * Gives a role, or takes it away.
   *
   * @param id to whom or from whom
   * @param role the role
   * @param given whether the subject has it from now on
   * @param by in whose name
   * @return the subject, or why it was not changed
   */
  public Decision<Subject> setRole(SubjectId id, Role role, boolean given, OnBehalf by) {
    return change(
        id,
        by,
        before -> {
          Set<Role> roles = EnumSet.noneOf(Role.class);
          roles.addAll(before.roles());
          boolean changed = given ? roles.add(role) : roles.remove(role);
          return changed ? before.withRoles(roles) : before;
        });
  }

  /**
   * Erases a subject and all its credentials.
   *
   * @param id whom
   * @param by in whose name
   * @return how many credentials there were, or why nothing was erased
   */
  public Decision<Integer> erase(SubjectId id, OnBehalf by) {
    // Suspended first: from here on nobody gets in by what is left while the rest is removed. And
    // without roles: a reactivation meanwhile does not make it the last administrator.
    Decision<Subject> ended =
        change(
            id,
            by,
            before ->
                before.suspended() && before.roles().isEmpty()
                    ? before
                    : new Subject(id, Set.of(), true, before.createdAt(), before.version() + 1));
    if (ended instanceof Decision.Refused<Subject> refused) {
      return new Decision.Refused<>(refused.reason());
    }
    int removed = removal.applyAsInt(id);
    boolean erased = subjects.delete(id);
    // Once more, for an enrolment that began before the suspension and ended meanwhile; one that
    // ends later still finds the subject gone and removes what it stored.
    removed += removal.applyAsInt(id);
    write(AuditEvent.Type.SUBJECT_ERASED, id, by, Map.of("credentials", Integer.toString(removed)));
    return erased ? new Decision.Done<>(removed) : new Decision.Refused<>(Refusal.UNKNOWN_SUBJECT);
  }

  private Decision<Subject> change(SubjectId id, OnBehalf by, UnaryOperator<Subject> change) {
    for (int race = 0; race < MOST_RACES; race++) {
      Optional<Subject> found = subjects.find(id);
      if (found.isEmpty()) {
        return new Decision.Refused<>(Refusal.UNKNOWN_SUBJECT);
      }
      Subject before = found.get();
      Subject next = change.apply(before);
      if (next.equals(before)) {
        return new Decision.Done<>(before);
      }
      boolean replaced;
      if (isActiveAdmin(before) && !isActiveAdmin(next)) {
        Optional<Subject> other = otherAdmin(id);
        if (other.isEmpty()) {
          return new Decision.Refused<>(Refusal.LAST_ADMIN);
        }
        replaced = subjects.replaceWhile(next, other.get());
      } else {
        replaced = subjects.replace(next);
      }
      if (replaced) {
        tell(before, next, by);
        return new Decision.Done<>(next);
      }
    }
    throw new FaceLockException.Store("The subject was changed by others all the time: try again");
  }

  private void tell(Subject before, Subject next, OnBehalf by) {
    if (before.suspended() != next.suspended()) {
      // Also at the end of a suspension: a device that was trusted while it began goes too.
      endOfTrust.accept(next.id());
      write(
          next.suspended()
              ? AuditEvent.Type.SUBJECT_SUSPENDED
              : AuditEvent.Type.SUBJECT_REACTIVATED,
          next.id(),
          by,
          Map.of());
    }
    if (!before.roles().equals(next.roles())) {
      write(
          AuditEvent.Type.ROLES_CHANGED,
          next.id(),
          by,
          Map.of("before", names(before.roles()), "roles", names(next.roles())));
    }
  }

  private static boolean isActiveAdmin(Subject subject) {
    return !subject.suspended() && subject.roles().contains(Role.ADMIN);
  }

  /** Whoever may administer when this one no longer may. */
  private Optional<Subject> otherAdmin(SubjectId id) {
    SubjectQuery query = SubjectQuery.all().withRole(Role.ADMIN);
    while (true) {
      List<Subject> page = subjects.list(query);
      Optional<Subject> other =
          page.stream()
              .filter(admin -> !admin.id().equals(id))
              .filter(SubjectRegister::isActiveAdmin)
              .findFirst();
      if (other.isPresent() || page.isEmpty()) {
        return other;
      }
      query = query.after(page.get(page.size() - 1).id());
    }
  }

  private static String names(Set<Role> roles) {
    return roles.stream().map(Role::name).sorted().collect(Collectors.joining(" "));
  }

  private void write(AuditEvent.Type type, SubjectId id, OnBehalf by, Map<String, String> details) {
    Map<String, String> all = new HashMap<>(details);
    all.putAll(by.details());
    audit.append(
        new AuditEvent(
            clock.instant(), type, "", Optional.of(id), Optional.empty(), by.source(), all));
  }
}
