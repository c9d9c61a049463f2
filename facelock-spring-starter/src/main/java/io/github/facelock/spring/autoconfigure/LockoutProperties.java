package io.github.facelock.spring.autoconfigure;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many attempts are allowed. What is not set is as NIST SP 800-63B-4 has it.
 *
 * @param knowledge Limits for passwords and PINs.
 * @param possession Limits for codes.
 * @param inherence Limits for faces.
 * @param source Limits for one network address.
 */
@ConfigurationProperties("facelock.lockout")
record LockoutProperties(
    @DefaultValue @NestedConfigurationProperty BackOff knowledge,
    @DefaultValue @NestedConfigurationProperty BackOff possession,
    @DefaultValue @NestedConfigurationProperty BackOff inherence,
    @DefaultValue @NestedConfigurationProperty Source source) {

  /**
   * Limits of a kind of factor.
   *
   * @param free How many failures in a row are free of waiting.
   * @param firstDelay How long the first wait is; it doubles with each further failure.
   * @param longestDelay Where doubling ends.
   * @param hardCap After how many failures in a row an administrator must unlock.
   */
  record BackOff(
      @Nullable Integer free,
      @Nullable Duration firstDelay,
      @Nullable Duration longestDelay,
      @Nullable Integer hardCap) {}

  /**
   * Limits of a network address.
   *
   * @param failures How many failures of a factor a window allows.
   * @param window How long a window is.
   */
  record Source(@Nullable Integer failures, @Nullable Duration window) {}
}
