package io.github.facelock.spring.autoconfigure;

import io.github.facelock.api.Secret;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * A Redis server for logins under way and counts of attempts, where several nodes share them. Its
 * data are security state: configure it to keep them (appendonly, noeviction).
 *
 * @param enabled Whether Redis is used. Defaults to whether facelock.redis.host is set; true
 *     without a host uses what spring.data.redis says.
 * @param host Name or address of the server.
 * @param port Port of the server.
 * @param username User of the server's access control list.
 * @param password Password of the user, or of the server.
 * @param tls Whether the connection is encrypted.
 * @param trustStore PKCS#12 or JKS file with the authority of the server's certificate. Defaults to
 *     the Java runtime's authorities.
 * @param trustStorePassword Password of the trust store.
 * @param database Number of the database.
 * @param prefix What all keys begin with: one for each installation that shares the server.
 * @param answersWithin How long connecting, an answer, and waiting for a connection may take.
 * @param connections Most connections of this process.
 */
@ConfigurationProperties("facelock.redis")
@Validated
record RedisProperties(
    @Nullable Boolean enabled,
    @Nullable String host,
    @DefaultValue("6379") @Min(1) @Max(65_535) int port,
    @Nullable String username,
    @Nullable Secret password,
    @DefaultValue("false") boolean tls,
    @Nullable Path trustStore,
    @Nullable Secret trustStorePassword,
    @DefaultValue("0") @Min(0) int database,
    @DefaultValue("facelock:") String prefix,
    @DefaultValue("2s") Duration answersWithin,
    @DefaultValue("16") @Min(1) @Max(1000) int connections) {

  boolean isUsed() {
    return enabled == null ? host != null : enabled;
  }
}
