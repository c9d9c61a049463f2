package io.github.facelock.spring.autoconfigure;

import io.github.facelock.api.Secret;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A provider with Twilio's REST form, for codes by SMS.
 *
 * @param account Id of the account; without it, no SMS is sent.
 * @param token Token of the account: it logs in, and it signs call-backs.
 * @param apiKey Id of an API key that logs in instead of the token.
 * @param apiKeySecret Secret of the API key.
 * @param from Number in E.164, short code, or name of the sender.
 * @param messagingService Id of a messaging service that sends, instead of a sender.
 * @param baseUrl Address of the provider.
 * @param statusCallback Public address of the end point that takes the provider's reports.
 * @param webOtpDomain Domain of the login page, for browsers that fill codes in by WebOTP.
 * @param countries Countries to whose numbers codes are sent, as ISO 3166 codes such as DE.
 *     Everywhere unless set.
 */
@ConfigurationProperties("facelock.sms")
record SmsProperties(
    @Nullable String account,
    @Nullable Secret token,
    @Nullable String apiKey,
    @Nullable Secret apiKeySecret,
    @Nullable String from,
    @Nullable String messagingService,
    @Nullable URI baseUrl,
    @Nullable URI statusCallback,
    @Nullable String webOtpDomain,
    @DefaultValue Set<String> countries) {

  SmsProperties {
    countries = Set.copyOf(countries);
  }
}
