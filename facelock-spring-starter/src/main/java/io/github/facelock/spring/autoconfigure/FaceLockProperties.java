package io.github.facelock.spring.autoconfigure;

import io.github.facelock.api.Secret;
import io.github.facelock.api.policy.LivenessMode;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How this application logs people in.
 *
 * @param development Whether this is a developer's machine: a key is made and kept beside the data,
 *     and codes by mail go into a folder where no mail server is named. Never for real people.
 * @param applicationName Name that people see in authenticator apps and mails, and the issuer of
 *     proofs. Defaults to spring.application.name, then FaceLock.
 * @param dataDir Folder of the embedded database, and of what development mode keeps.
 * @param policy What a login asks for: web, door, high-assurance, or the name of an entry of
 *     facelock.policies.
 * @param identificationPolicy What a login asks for when the person says no name and is found by
 *     the face (1:N): door-by-face, or the name of an entry of facelock.policies. Off unless set.
 * @param liveness How a person is told from a picture, for policies that do not say it themselves
 *     and for the presets. Each preset has its own mode unless this is set.
 * @param policies Policies of your own by their names. Those that facelock.policy and
 *     facelock.identification-policy do not name are there for step-ups.
 * @param keys Keys that seal templates and secrets, as id:key entries separated by commas, each of
 *     32 bytes in Base64 or hexadecimal digits. Give them by the environment variable FACELOCK_KEYS
 *     or a secret store, not in a file of the application.
 */
@ConfigurationProperties("facelock")
@Validated
public record FaceLockProperties(
    @DefaultValue("false") boolean development,
    @Nullable String applicationName,
    @DefaultValue("facelock-data") Path dataDir,
    @DefaultValue("web") @NotBlank String policy,
    @Nullable String identificationPolicy,
    @Nullable LivenessMode liveness,
    @DefaultValue Map<String, @Valid PolicyProperties> policies,
    @Nullable Secret keys) {

  /** Copies the map, in its order. */
  public FaceLockProperties {
    policies = Collections.unmodifiableMap(new LinkedHashMap<>(policies));
  }
}
