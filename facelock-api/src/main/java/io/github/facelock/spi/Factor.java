package io.github.facelock.spi;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.Response;
import java.util.Optional;

/**
 * One kind of evidence: asks for it and judges the answer. Thread-safe; all state of a login is in
 * the {@link FactorState} that the engine keeps, encrypted, behind the login's handle.
 *
 * <p><strong>Security guarantees that an implementation gives.</strong>
 *
 * <ul>
 *   <li>For an unknown subject ({@link FactorContext#subject()} is empty) {@code start} answers as
 *       for a known one, and {@code verify} does the same work and refuses.
 *   <li>Whatever makes an answer right is spent by it: a code works once, also under parallel
 *       tries.
 *   <li>{@code verify} names the subject whose credential matched, never the claimed one by
 *       default.
 *   <li>A fault of the infrastructure is a {@link io.github.facelock.api.FaceLockException}.
 * </ul>
 */
public interface Factor {

  /**
   * Tells which factor this is.
   *
   * @return always the same type
   */
  FactorType type();

  /**
   * Tells whether the question may be prepared before the person chose this factor. A factor that
   * sends something says no: in a step that offers several factors it is started only when it was
   * chosen. The only factor of a step is always started.
   *
   * @return whether {@code start} has no effect outside the login
   */
  default boolean startsUnasked() {
    return true;
  }

  /**
   * Prepares the question; sends a code or draws a challenge where the factor does that.
   *
   * @param context the login
   * @return what to ask, and what to remember
   */
  FactorStart start(FactorContext context);

  /**
   * Prepares the question again because the person asked for it. A factor that sends something
   * keeps a cool-down here: within it, nothing is sent and the earlier state goes on.
   *
   * @param context the login
   * @param state what {@code start} wanted remembered
   * @return what to ask, and what to remember
   */
  default FactorStart restart(FactorContext context, FactorState state) {
    return start(context);
  }

  /**
   * Prepares the question for another answer after one that was refused or could not be judged. A
   * factor whose challenge works once draws another one here; nothing is sent.
   *
   * @param context the login
   * @param state what was wanted remembered for the answer before
   * @return the new question; empty if the question stays as it is
   */
  default Optional<FactorStart> renew(FactorContext context, FactorState state) {
    return Optional.empty();
  }

  /**
   * Judges an answer.
   *
   * @param context the login
   * @param state what {@code start}, {@code restart} or {@code renew} wanted remembered last
   * @param response the answer; its {@link Response#factor()} is this factor's type
   * @return the verdict, never an exception for a wrong answer
   */
  Verification verify(FactorContext context, FactorState state, Response response);

  /**
   * Learns from a login that was granted and in which factors of at least two kinds were passed
   * anew. Called after the decision, which it cannot change; a fault is logged and nothing else.
   * Not called if {@link Verification.Verified#learnt()} was empty.
   *
   * @param context the login; its subject is the granted one
   * @param learnt what {@code verify} wanted back
   */
  default void granted(FactorContext context, FactorState learnt) {}
}
