package io.github.facelock.spring.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How this application logs people in.
 *
 * @param policy which of FaceLock's presets a login follows
 */
@ConfigurationProperties("facelock")
public record FaceLockProperties(@DefaultValue("web") Preset policy) {

  /** The presets of {@code Policies}. */
  public enum Preset {
    /** Password, then face with a challenge, then a code. */
    WEB,
    /** PIN and face, or face and an authenticator's code. */
    DOOR,
    /** As {@link #WEB}, with stricter bounds. */
    HIGH_ASSURANCE
  }
}
