package io.github.facelock.spring.autoconfigure;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The pages and the HTTP interface.
 *
 * @param basePath below which all pages and endpoints are; no slash at its end
 * @param defaultTarget where a person goes after a login that nothing led to; a path of this
 *     application
 * @param exposeProof whether the answer of a granted login carries the signed proof; a page's
 *     script can read it then
 * @param registration whether strangers may register themselves
 * @param freshFor how long ago a factor may have been shown for a change of one's own factors
 * @param pages where the pages' templates are looked for first; missing ones are the built-in ones
 * @param messages the base name of the application's own texts, which go before the built-in ones
 * @param policies the policies that a login may ask for by name besides the default; nobody may
 *     choose an easier one than these
 * @param stepUp the policy that is asked for when an authority of a factor is missing, by the
 *     factor's id
 * @param device the cookie of a trusted device
 * @param uploads bounds of what the camera sends
 * @param rates how many requests one source may send
 */
@Validated
@ConfigurationProperties("facelock.web")
public record FaceLockWebProperties(
    @DefaultValue("/facelock") @Pattern(regexp = "(/[A-Za-z0-9_~.-]+)+") String basePath,
    @DefaultValue("/") @Pattern(regexp = "/([^/\\\\].*)?") String defaultTarget,
    @DefaultValue("false") boolean exposeProof,
    @DefaultValue("false") boolean registration,
    @DefaultValue("10m") @NotNull Duration freshFor,
    Optional<String> pages,
    Optional<String> messages,
    @DefaultValue List<String> policies,
    @DefaultValue Map<String, String> stepUp,
    @DefaultValue @Valid Device device,
    @DefaultValue @Valid Uploads uploads,
    @DefaultValue @Valid Rates rates) {

  /** Copies the collections. */
  public FaceLockWebProperties {
    policies = List.copyOf(policies);
    stepUp = Map.copyOf(stepUp);
  }

  /**
   * The cookie of a trusted device.
   *
   * @param cookie its name
   * @param secure whether it is sent over HTTPS only; to be switched off for a trial on localhost
   * @param maxAge how long the browser keeps it
   */
  public record Device(
      @DefaultValue("facelock-device") @Pattern(regexp = "[A-Za-z0-9_-]{1,64}") String cookie,
      @DefaultValue("true") boolean secure,
      @DefaultValue("30d") @NotNull Duration maxAge) {}

  /**
   * Bounds of what the camera sends.
   *
   * @param maxRequest the largest request
   * @param maxFrame the largest frame
   * @param maxFrames the most frames of a request
   * @param inFlight how many bytes of uploads are held in memory at a time, of all people together
   * @param within how long an upload may take
   */
  public record Uploads(
      @DefaultValue("16MB") @NotNull DataSize maxRequest,
      @DefaultValue("1MB") @NotNull DataSize maxFrame,
      @DefaultValue("200") @Min(1) @Max(300) int maxFrames,
      @DefaultValue("256MB") @NotNull DataSize inFlight,
      @DefaultValue("30s") @NotNull @DurationUnit(java.time.temporal.ChronoUnit.SECONDS)
          Duration within) {}

  /**
   * How many requests one source may send in a minute.
   *
   * @param begin logins begun
   * @param advance answers
   * @param guidance frames for advice
   * @param change changes of one's own factors
   */
  public record Rates(
      @DefaultValue("30") @Min(1) int begin,
      @DefaultValue("120") @Min(1) int advance,
      @DefaultValue("600") @Min(1) int guidance,
      @DefaultValue("60") @Min(1) int change) {}
}
