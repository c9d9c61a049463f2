package io.github.facelock.core.device;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorKind;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.device.TrustedDevice;
import io.github.facelock.spi.store.Credential;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * How a device lies in the credential store: its key in the secret part, the rest in the
 * attributes.
 *
 * @param device what its owner sees
 * @param generation which of its tokens is the present one, from 1
 * @param renewedAt when that token was made
 * @param credential what is stored
 */
record DeviceRecord(
    TrustedDevice device, long generation, Instant renewedAt, Credential credential) {

  /** The type under which devices are stored; no step asks for it. */
  static final FactorType TYPE = FactorType.of("trusted-device", FactorKind.POSSESSION, "hwk");

  private static final String LABEL = "label";
  private static final String USED_AT = "used-at";
  private static final String SOURCE = "source";
  private static final String EXPIRES_AT = "expires-at";
  private static final String GENERATION = "generation";
  private static final String RENEWED_AT = "renewed-at";

  static DeviceRecord read(Credential credential) {
    Map<String, String> stored = credential.attributes();
    try {
      TrustedDevice device =
          new TrustedDevice(
              credential.id(),
              text(stored, LABEL),
              credential.createdAt(),
              Instant.parse(text(stored, USED_AT)),
              text(stored, SOURCE),
              Instant.parse(text(stored, EXPIRES_AT)));
      return new DeviceRecord(
          device,
          Long.parseLong(text(stored, GENERATION)),
          Instant.parse(text(stored, RENEWED_AT)),
          credential);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new FaceLockException.Store(
          "The trusted device "
              + credential.id()
              + " of subject "
              + credential.subject()
              + " is damaged: revoke it",
          e);
    }
  }

  private static String text(Map<String, String> stored, String name) {
    String text = stored.get(name);
    if (text == null) {
      throw new IllegalArgumentException("No " + name);
    }
    return text;
  }

  static Credential first(SubjectId subject, TrustedDevice device, DeviceSecret secret) {
    return Credential.create(
        device.id(),
        subject,
        TYPE,
        device.createdAt(),
        attributes(device, 1, device.createdAt()),
        secret.key());
  }

  /** The same device with its next token, used now. */
  Credential renewed(Instant now, String source) {
    TrustedDevice used =
        new TrustedDevice(
            device.id(), device.label(), device.createdAt(), now, source, device.expiresAt());
    return credential.next(attributes(used, generation + 1, now), credential.secretData());
  }

  private static Map<String, String> attributes(
      TrustedDevice device, long generation, Instant renewedAt) {
    Map<String, String> attributes = new HashMap<>();
    attributes.put(LABEL, device.label());
    attributes.put(USED_AT, device.lastUsedAt().toString());
    attributes.put(SOURCE, device.lastSource());
    attributes.put(EXPIRES_AT, device.expiresAt().toString());
    attributes.put(GENERATION, Long.toString(generation));
    attributes.put(RENEWED_AT, renewedAt.toString());
    return attributes;
  }

  DeviceSecret secret() {
    return new DeviceSecret(credential.secretData());
  }

  boolean isTrusted(Instant now) {
    return now.isBefore(device.expiresAt());
  }
}
