package io.github.facelock.spring.autoconfigure;

import io.github.facelock.api.Secret;
import io.github.facelock.core.mail.SmtpSecurity;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The mail server for codes, alerts and notices. Where no host is named, spring.mail is used.
 *
 * @param host Name of the server. Defaults to spring.mail.host.
 * @param port Port of the server; 587 for STARTTLS, 465 for TLS. Defaults to 587, or to
 *     spring.mail.port with its host.
 * @param security Protection of the connection. Defaults to implicit-tls on port 465, otherwise to
 *     starttls-required.
 * @param acceptPlainText Whether mails may cross a network readable by anyone.
 * @param username User name, if the server asks for a login. Defaults to spring.mail.username.
 * @param password Password of the user. Defaults to spring.mail.password.
 * @param from Address of the sender. Defaults to the user name where that is an address.
 * @param folder Folder into which mails are written instead of being sent. For development only:
 *     whoever reads it reads the codes.
 * @param connectTimeout How long connecting may take.
 * @param readTimeout How long an answer may take.
 * @param writeTimeout How long a write may take.
 * @param deliverWithin How long a delivery may take in all.
 * @param testAtStart Whether the application starts only if the server greets.
 */
@ConfigurationProperties("facelock.mail")
@Validated
record MailProperties(
    @Nullable String host,
    @Nullable @Min(1) @Max(65_535) Integer port,
    @Nullable SmtpSecurity security,
    @DefaultValue("false") boolean acceptPlainText,
    @Nullable String username,
    @Nullable Secret password,
    @Nullable String from,
    @Nullable Path folder,
    @DefaultValue("5s") Duration connectTimeout,
    @DefaultValue("10s") Duration readTimeout,
    @DefaultValue("10s") Duration writeTimeout,
    @DefaultValue("30s") Duration deliverWithin,
    @DefaultValue("false") boolean testAtStart) {}
