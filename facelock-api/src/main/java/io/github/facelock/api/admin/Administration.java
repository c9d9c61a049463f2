package io.github.facelock.api.admin;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What administrators do. Each request is checked against the actor's roles as they are now, and is
 * in the audit trail before it is carried out, refused ones too: a request whose record cannot be
 * written is not carried out. Thread-safe.
 *
 * <table>
 *   <caption>Who may do what</caption>
 *   <tr><th>role</th><th>may</th></tr>
 *   <tr><td>{@link Role#ADMIN}</td><td>everything</td></tr>
 *   <tr><td>{@link Role#OPERATOR}</td><td>list subjects, unlock, suspend and reactivate whoever is no
 *       administrator, read the audit trail and the statistics</td></tr>
 *   <tr><td>everybody who is active</td><td>see and export what is kept about oneself</td></tr>
 * </table>
 *
 * <p>There is always an active administrator once there is one: the last is neither suspended nor
 * erased and keeps the role, also where two administrators remove each other at the same moment.
 *
 * <p>Faults of the infrastructure are {@link io.github.facelock.api.FaceLockException}.
 */
public interface Administration {

  /**
   * Makes the first administrator, while there is none: for the set-up of an installation. Asks for
   * no role, so guard it. Registers the subject if it is not known.
   *
   * @param subject who will administer
   * @param source where the request came from, for the trail
   * @return the administrator; refused if there is one already, suspended or not, or if another one
   *     is being made at the same moment: of several at once one stays at most
   */
  Decision<SubjectSummary> bootstrap(SubjectId subject, String source);

  /**
   * Makes a subject known.
   *
   * @param actor an administrator
   * @param subject the name
   * @param roles what the person may do
   * @return the subject
   */
  Decision<SubjectSummary> create(Actor actor, SubjectId subject, Set<Role> roles);

  /**
   * Denies all logins of a subject from now on.
   *
   * @param actor an administrator or operator
   * @param subject whom
   * @return the subject, also if it was suspended before
   */
  Decision<SubjectSummary> suspend(Actor actor, SubjectId subject);

  /**
   * Allows logins again.
   *
   * @param actor an administrator or operator
   * @param subject whom
   * @return the subject, also if it was active before
   */
  Decision<SubjectSummary> reactivate(Actor actor, SubjectId subject);

  /**
   * Erases a subject and all its credentials (GDPR, article 17). The audit trail keeps what it
   * holds until its retention ends.
   *
   * @param actor an administrator
   * @param subject whom
   * @return how many credentials were erased
   */
  Decision<Integer> erase(Actor actor, SubjectId subject);

  /**
   * Gives a role.
   *
   * @param actor an administrator
   * @param subject to whom
   * @param role the role
   * @return the subject, also if it had the role before
   */
  Decision<SubjectSummary> grant(Actor actor, SubjectId subject, Role role);

  /**
   * Takes a role away.
   *
   * @param actor an administrator
   * @param subject from whom
   * @param role the role
   * @return the subject, also if it did not have the role before
   */
  Decision<SubjectSummary> revoke(Actor actor, SubjectId subject, Role role);

  /**
   * Lets a subject try a factor again at once, as if nothing had failed.
   *
   * @param actor an administrator or operator
   * @param subject whom
   * @param factor which factor
   * @return the factor
   */
  Decision<FactorType> unlock(Actor actor, SubjectId subject, FactorType factor);

  /**
   * Lets a subject try every factor again at once.
   *
   * @param actor an administrator or operator
   * @param subject whom
   * @return the factors that were unlocked, whether or not they were locked
   */
  Decision<Set<FactorType>> unlock(Actor actor, SubjectId subject);

  /**
   * Shows a subject.
   *
   * @param actor an administrator or operator, or the subject itself
   * @param subject whom
   * @return the subject
   */
  Decision<SubjectSummary> find(Actor actor, SubjectId subject);

  /**
   * Lists subjects page by page.
   *
   * @param actor an administrator or operator
   * @param query which ones
   * @return a page; empty after the last
   */
  Decision<List<SubjectSummary>> list(Actor actor, SubjectQuery query);

  /**
   * Exports what is kept about a subject as JSON (GDPR, articles 15 and 20): the subject, its
   * credentials with their open attributes, the addresses for codes, the last records of the audit
   * trail that concern it. Passwords, codes and shared secrets are never exported; of a face the
   * model, the dates and the consent are. The templates themselves are added on request only: they
   * are biometric data (article 9), useful to nobody but another FaceLock with the same model.
   *
   * @param actor an administrator, or the subject itself
   * @param subject whom
   * @param templates whether face templates are added, in base64
   * @return one JSON object
   */
  Decision<String> export(Actor actor, SubjectId subject, boolean templates);

  /**
   * Searches the audit trail.
   *
   * @param actor an administrator or operator, or a subject that asks for its own records
   * @param query which records
   * @return a page, the newest first; empty after the last
   * @throws IllegalStateException if the audit trail is the application's own
   */
  Decision<List<AuditEntry>> searchAudit(Actor actor, AuditQuery query);

  /**
   * Exports the audit trail as JSON lines.
   *
   * @param actor an administrator
   * @param from the lowest number, 1 for the whole trail
   * @param lines takes each line, without its end, in the order of writing
   * @return how many lines there were
   * @throws IllegalStateException if the audit trail is the application's own
   */
  Decision<Long> exportAudit(Actor actor, long from, Consumer<? super String> lines);

  /**
   * Sums up what the audit trail says about logins.
   *
   * @param actor an administrator or operator
   * @param query which time
   * @return numbers without names
   * @throws IllegalStateException if the audit trail is the application's own
   */
  Decision<LoginStatistics> statistics(Actor actor, StatisticsQuery query);

  /**
   * Checks a request that the application carries out itself, at the watch-list, the alert desk or
   * the enrolment for example, as the requests of this interface are: against the actor's roles as
   * they are now, and into the trail before it is carried out.
   *
   * @param actor who asks
   * @param action what for, in the trail: 1 to 64 lower-case letters, digits and hyphens
   * @param target whom it concerns; need not be known
   * @param about what else it concerns, the id of an alert for example, in the trail; may be empty
   * @param least {@link Role#ADMIN} if only administrators may, {@link Role#OPERATOR} if operators
   *     may too, {@link Role#USER} if whoever is active may
   * @return the actor's roles, or {@link Refusal#NOT_PERMITTED}
   * @throws IllegalArgumentException if the action is malformed
   */
  Decision<Set<Role>> permit(
      Actor actor, String action, Optional<SubjectId> target, String about, Role least);

  /**
   * Tells what a subject may do at this moment. Nothing is written: for showing or hiding what is
   * permitted anyway, and for looking again while something permitted goes on.
   *
   * @param subject who
   * @return the roles; empty also for a subject that is unknown or suspended
   */
  Set<Role> rolesOf(SubjectId subject);
}
