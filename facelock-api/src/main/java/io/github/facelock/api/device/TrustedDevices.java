package io.github.facelock.api.device;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.Outcome;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.SubjectId;
import java.util.List;

/**
 * Remembers devices, so that a policy may leave out a step on them ({@link
 * io.github.facelock.api.policy.StepCondition#UNLESS_TRUSTED_DEVICE}); they never replace all
 * steps. Thread-safe. The application guards these methods: a subject's devices are shown to the
 * subject and to administrators.
 *
 * <p>A device is no longer trusted when its time is over, when it is revoked, when its owner
 * changes the password, is suspended or erased, and when a token that was replaced is presented
 * again: then somebody has a copy.
 */
public interface TrustedDevices {

  /**
   * Trusts the device that a login was granted on, when the person asked for it.
   *
   * @param login the outcome that was granted a moment ago, at AAL2
   * @param label what its owner calls it, 1 to 64 characters without control characters
   * @param request where the request came from
   * @return the token for the device; hand it over as {@link DeviceToken#token()} says
   * @throws IllegalArgumentException if the login was granted more than ten minutes ago, at AAL1 or
   *     because the device is trusted already, the label is malformed, or the subject is unknown or
   *     suspended
   */
  DeviceToken trust(Outcome.Granted login, String label, RequestContext request);

  /**
   * Lists a subject's devices.
   *
   * @param subject the subject
   * @return those that are trusted now, the oldest first
   */
  List<TrustedDevice> list(SubjectId subject);

  /**
   * Ends the trust in one device.
   *
   * @param subject whose device
   * @param device which
   * @return whether there was such a device
   */
  boolean revoke(SubjectId subject, CredentialId device);

  /**
   * Ends the trust in all of a subject's devices.
   *
   * @param subject the subject
   * @return how many there were
   */
  int revokeAll(SubjectId subject);
}
