package io.github.facelock.api.device;

import io.github.facelock.api.Secret;
import java.util.Objects;

/**
 * What a newly trusted device keeps and presents.
 *
 * @param device the device
 * @param token a bearer secret of printable ASCII without spaces, quotes, commas, semicolons or
 *     backslashes, as a cookie's value may be (RFC 6265, section 4.1.1); replaced at each granted
 *     login
 */
public record DeviceToken(TrustedDevice device, Secret token) {

  /** Refuses null. */
  public DeviceToken {
    Objects.requireNonNull(device, "device");
    Objects.requireNonNull(token, "token");
  }
}
