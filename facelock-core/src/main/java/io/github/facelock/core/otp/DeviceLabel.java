package io.github.facelock.core.otp;

import io.github.facelock.spi.store.Credential;
import java.util.Map;

/**
 * What every credential of an app, a token or an address says in its open attributes: whether it
 * was confirmed, and what the person calls it.
 */
final class DeviceLabel {

  static final String STATE = "state";
  static final String PENDING = "pending";
  static final String ACTIVE = "active";

  private static final String LABEL = "label";
  private static final int MAX_LENGTH = 64;

  private DeviceLabel() {}

  /**
   * Checks a label.
   *
   * @throws IllegalArgumentException if it is malformed
   */
  static String checked(String label) {
    boolean oneLine =
        label.chars().noneMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029);
    if (label.isBlank() || label.length() > MAX_LENGTH || !oneLine) {
      throw new IllegalArgumentException(
          "A device's label has 1 to " + MAX_LENGTH + " characters, none of them a control");
    }
    return label;
  }

  static Map<String, String> attributes(String state, String label) {
    return Map.of(STATE, state, LABEL, label);
  }

  static String of(Credential credential) {
    return credential.attributes().getOrDefault(LABEL, "");
  }

  static boolean isPending(Credential credential) {
    return PENDING.equals(credential.attributes().get(STATE));
  }
}
