package io.github.facelock.core;

import io.github.facelock.api.MultiFactorAuthenticator;
import io.github.facelock.api.admin.Administration;
import io.github.facelock.api.device.TrustedDevices;
import io.github.facelock.api.enrolment.Enrolment;
import io.github.facelock.api.face.ModelInfo;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.api.presence.Presence;
import io.github.facelock.api.watchlist.WatchList;
import io.github.facelock.core.alert.AlertDesk;
import io.github.facelock.core.audit.ChainedAuditLog;
import io.github.facelock.core.crypto.KeyRotation;
import io.github.facelock.core.face.CaptureGuide;
import io.github.facelock.core.lockout.LockoutRules;
import io.github.facelock.core.otp.CodeReports;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A complete multi-factor authentication: the authenticator, the enrolment, and what they need. One
 * object for the life of the application, thread-safe, to be closed at its end.
 *
 * <p>Without further settings it works offline, in memory, with the bundled models; every part can
 * be replaced in the {@linkplain #builder() builder} with one line.
 */
public final class FaceLock implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FaceLock.class);

  private final MultiFactorAuthenticator authenticator;
  private final Enrolment enrolment;
  private final Administration administration;
  private final Optional<ChainedAuditLog> audit;
  private final TrustedDevices trustedDevices;
  private final WatchList watchList;
  private final Presence presence;
  private final AlertDesk alerts;
  private final CodeReports codeReports;
  private final Optional<CaptureGuide> captureGuide;
  private final KeyRotation rotation;
  private final List<ModelInfo> models;
  private final List<Policy> policies;
  private final Optional<LockoutRules> lockout;
  private final Deque<AutoCloseable> owned;

  FaceLock(
      MultiFactorAuthenticator authenticator,
      Enrolment enrolment,
      Administration administration,
      Optional<ChainedAuditLog> audit,
      TrustedDevices trustedDevices,
      WatchList watchList,
      Presence presence,
      AlertDesk alerts,
      CodeReports codeReports,
      Optional<CaptureGuide> captureGuide,
      KeyRotation rotation,
      List<ModelInfo> models,
      List<Policy> policies,
      Optional<LockoutRules> lockout,
      Deque<AutoCloseable> owned) {
    this.authenticator = authenticator;
    this.enrolment = enrolment;
    this.administration = administration;
    this.audit = audit;
    this.trustedDevices = trustedDevices;
    this.watchList = watchList;
    this.presence = presence;
    this.alerts = alerts;
    this.codeReports = codeReports;
    this.captureGuide = captureGuide;
    this.rotation = rotation;
    this.models = List.copyOf(models);
    this.policies = List.copyOf(policies);
    this.lockout = lockout;
    this.owned = new ArrayDeque<>(owned);
  }

  /**
   * Begins a configuration.
   *
   * @return a builder in which only the policy is missing
   */
  public static FaceLockBuilder builder() {
    return new FaceLockBuilder();
  }

  /**
   * Logs people in.
   *
   * @return the authenticator
   */
  public MultiFactorAuthenticator authenticator() {
    return authenticator;
  }

  /**
   * Makes people known.
   *
   * @return the enrolment
   */
  public Enrolment enrolment() {
    return enrolment;
  }

  /**
   * Administers people, by roles.
   *
   * @return the administration
   */
  public Administration administration() {
    return administration;
  }

  /**
   * Shows the audit trail: to verify, search, export and cut it.
   *
   * @return the trail; empty if the application brought a log of its own
   */
  public Optional<ChainedAuditLog> audit() {
    return audit;
  }

  /**
   * Remembers devices.
   *
   * @return the devices that subjects trust
   */
  public TrustedDevices trustedDevices() {
    return trustedDevices;
  }

  /**
   * Keeps people out.
   *
   * @return the watch-list
   */
  public WatchList watchList() {
    return watchList;
  }

  /**
   * Watches whether people who logged in are still there.
   *
   * @return begins sessions of presence
   */
  public Presence presence() {
    return presence;
  }

  /**
   * Takes alerts of the application's own sensors, acknowledgements, and questions about what
   * became of alerts.
   *
   * @return the alert desk
   */
  public AlertDesk alerts() {
    return alerts;
  }

  /**
   * Takes what providers report of codes that they took: give it every call that arrives at the
   * call-back address which the channel's settings name.
   *
   * @return the receiver
   */
  public CodeReports codeReports() {
    return codeReports;
  }

  /**
   * Advises people while they are captured.
   *
   * @return the guide; empty if no policy asks for a face
   */
  public Optional<CaptureGuide> captureGuide() {
    return captureGuide;
  }

  /**
   * Moves what is kept to the current key.
   *
   * @return the rotation; its progress too, where housekeeping runs it
   */
  public KeyRotation keyRotation() {
    return rotation;
  }

  /**
   * Names the models in use, with their licences.
   *
   * @return one entry for each model; empty if no policy asks for a face
   */
  public List<ModelInfo> models() {
    return models;
  }

  /**
   * Names what logins ask for.
   *
   * @return the policy of logins with a name first, then the others
   */
  public List<Policy> policies() {
    return policies;
  }

  /**
   * Tells how many attempts are allowed.
   *
   * @return the rules; empty if the application brought a limiter of its own
   */
  public Optional<LockoutRules> lockoutRules() {
    return lockout;
  }

  /**
   * Ends deliveries and releases native memory; parts that the caller supplied stay open. Logins
   * that are under way are denied. Closing twice is harmless.
   */
  @Override
  public void close() {
    closeAll(owned);
  }

  static void closeAll(Deque<AutoCloseable> parts) {
    while (true) {
      AutoCloseable part;
      synchronized (parts) {
        part = parts.poll();
      }
      if (part == null) {
        return;
      }
      try {
        part.close();
      } catch (Exception | Error e) {
        // The other parts must still be released.
        LOG.warn("Could not release {}: {}", part.getClass().getSimpleName(), e.toString());
      }
    }
  }
}
