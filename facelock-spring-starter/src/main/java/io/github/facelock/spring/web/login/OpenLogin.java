package io.github.facelock.spring.web.login;

import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A login that a session began: of a script, or of one of a browser's tabs. Kept in the session,
 * and so serialisable; what becomes of the login replaces it.
 *
 * <p>Of a script's login the handle is kept as a hash only. A page is made again whenever the
 * browser asks for it, without asking the authenticator, so its handle is kept as it is.
 *
 * @param id names the tab in addresses; no secret, as it works in this session only
 * @param username what was typed
 * @param stepUp whether somebody who is logged in is asked for more
 * @param device what the device is to be called that the person wants to trust, if so
 * @param handleHash of the handle that works now
 * @param handle of a page's login
 * @param step what is asked now
 * @param expiresAt when the handle ends
 * @param chosen the factor that the person looks at
 * @param end how it ended, if it did
 */
record OpenLogin(
    String id,
    String username,
    boolean stepUp,
    @Nullable String device,
    String handleHash,
    @Nullable String handle,
    @Nullable AskedStep step,
    Instant expiresAt,
    @Nullable String chosen,
    @Nullable End end)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /**
   * How a login ended.
   *
   * @param reason {@code granted}, {@code locked}, or a denial's reason
   * @param until when a locked person may try again
   * @param target where a granted login leads
   */
  record End(String reason, @Nullable Instant until, @Nullable String target)
      implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  static OpenLogin begun(
      String id, String username, boolean stepUp, boolean page, @Nullable String device) {
    return new OpenLogin(
        id, username, stepUp, device, "", page ? "" : null, null, Instant.MIN, null, null);
  }

  OpenLogin asked(String hash, String newHandle, AskedStep next, Instant expires) {
    return new OpenLogin(
        id,
        username,
        stepUp,
        device,
        hash,
        handle == null ? null : newHandle,
        next,
        expires,
        chosen,
        null);
  }

  OpenLogin choosing(@Nullable String factor) {
    return new OpenLogin(
        id, username, stepUp, device, handleHash, handle, step, expiresAt, factor, end);
  }

  OpenLogin ended(End how) {
    return new OpenLogin(
        id, username, stepUp, device, "", handle == null ? null : "", null, expiresAt, null, how);
  }

  boolean isOpen(Instant now) {
    return end == null && now.isBefore(expiresAt);
  }

  Optional<AskedStep> asks() {
    return Optional.ofNullable(step);
  }

  Optional<End> ending() {
    return Optional.ofNullable(end);
  }

  @Override
  public String toString() {
    return "OpenLogin[" + id + "]";
  }
}
