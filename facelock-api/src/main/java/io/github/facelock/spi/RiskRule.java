package io.github.facelock.spi;

/**
 * Looks at the circumstances of a login, not at its answers: where it comes from, when, and what
 * went before. Thread-safe; exact over all nodes that share a store.
 *
 * <p><strong>Security guarantees that an implementation gives.</strong>
 *
 * <ul>
 *   <li>For an unknown subject ({@link FactorContext#subject()} is empty) {@code assess} does the
 *       same work as for a known one without a history.
 *   <li>What cannot be assessed is an exception, and denies the login.
 * </ul>
 */
public interface RiskRule {

  /**
   * Names the rule.
   *
   * @return a stable code for the audit trail and alerts, for example {@code new-network}
   */
  String name();

  /**
   * Looks at a login: when it begins, when an identification has found its subject, and before each
   * later step and the grant.
   *
   * @param context the login
   * @return what was noticed
   */
  RiskFinding assess(FactorContext context);

  /**
   * Learns that an answer was refused. A fault denies the login.
   *
   * @param context the login
   */
  default void refused(FactorContext context) {}

  /**
   * Learns that the login was granted. A fault is logged and nothing else: what was not learnt is
   * strange the next time again.
   *
   * @param context the login
   */
  default void granted(FactorContext context) {}
}
