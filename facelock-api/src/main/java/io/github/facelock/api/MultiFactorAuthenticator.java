package io.github.facelock.api;

/**
 * Leads a person through the steps of a policy. One immutable object serves all requests and
 * threads; the state of a login lies behind its handle, so that any node may serve any step.
 *
 * <p><strong>Security guarantees.</strong> The granted subject is the claimed subject and the
 * subject that every step verified. A handle works at most once. An unknown subject is led through
 * the same steps as a known one. What cannot be judged, and every fault of the infrastructure,
 * denies.
 */
public interface MultiFactorAuthenticator {

  /**
   * Begins a login of a person who says who they are (verification, 1:1).
   *
   * @param claimant who the person claims to be; need not exist
   * @param request where the request came from
   * @return a challenge, or why there is none
   */
  Outcome begin(SubjectId claimant, RequestContext request);

  /**
   * Begins a login of a person who says nothing (identification, 1:N): the first step finds who it
   * is.
   *
   * @param request where the request came from
   * @return a challenge, or why there is none
   * @throws IllegalStateException if no identification policy was configured
   */
  Outcome begin(RequestContext request);

  /**
   * Begins a login by another policy than the usual one.
   *
   * @param claimant who the person claims to be; need not exist
   * @param policy the name of a policy that was configured in addition
   * @param request where the request came from
   * @return a challenge, or why there is none
   * @throws IllegalArgumentException if no verification policy has this name
   */
  Outcome begin(SubjectId claimant, String policy, RequestContext request);

  /**
   * Asks somebody who is logged in for what a policy wants beyond it (step-up). A step is taken as
   * passed if the prior login passed one of its factors no longer ago than the step's {@link
   * io.github.facelock.api.policy.PolicyStep#validFor validity}; the others are asked for. If
   * nothing is missing, the outcome is granted at once.
   *
   * @param prior what was proved before; comes from where the person cannot write
   * @param policy the name of the policy to satisfy
   * @param request where the request came from
   * @return a challenge, a grant, or why there is none
   * @throws IllegalArgumentException if no verification policy has this name
   */
  Outcome stepUp(PriorLogin prior, String policy, RequestContext request);

  /**
   * Answers the current step. The handle is spent, whatever the answer was; a further challenge
   * carries a new one.
   *
   * @param handle of the last challenge
   * @param response the person's answer, for one of the factors that the step offers
   * @param request where the request came from
   * @return what happens next
   */
  Outcome advance(TransactionHandle handle, Response response, RequestContext request);

  /**
   * Asks for the current step anew: a code is sent again once its cool-down is over, a random
   * challenge is drawn again. What was issued before no longer works, except where the cool-down
   * kept it.
   *
   * @param handle of the last challenge
   * @param request where the request came from
   * @return the same step with a new handle
   */
  Outcome repeat(TransactionHandle handle, RequestContext request);

  /**
   * Ends a login. An unknown or spent handle is ignored.
   *
   * @param handle of the last challenge
   */
  void cancel(TransactionHandle handle);
}
