package io.github.facelock.core.otp;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How many codes are sent, so that nobody fills a mailbox, or runs up a bill by sending to numbers
 * that pay him (SMS pumping). Each limit counts the messages of one factor over all logins.
 *
 * @param subject to one subject
 * @param destination to one address or number, whoever's it is
 * @param source asked for from one source
 * @param country to the telephone numbers of one country or region
 * @param telephones to telephone numbers altogether
 * @param countries where telephone numbers may be: ISO 3166 codes such as {@code DE}; empty for
 *     everywhere
 */
public record SendBudgets(
    RateLimit subject,
    RateLimit destination,
    RateLimit source,
    RateLimit country,
    RateLimit telephones,
    Set<String> countries) {

  /**
   * Copies the set, in upper case.
   *
   * @throws IllegalArgumentException if a country is no code of two letters
   */
  public SendBudgets {
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(destination, "destination");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(country, "country");
    Objects.requireNonNull(telephones, "telephones");
    countries =
        countries.stream()
            .map(code -> code.toUpperCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    if (!countries.stream().allMatch(code -> code.matches("[A-Z]{2}"))) {
      throw new IllegalArgumentException("A country is a code of two letters, for example DE");
    }
  }

  /**
   * In an hour: ten to a subject, ten to a destination, 60 from a source, 200 to the telephones of
   * a country, 1000 to telephones; everywhere.
   *
   * @return the defaults
   */
  public static SendBudgets ofDefaults() {
    Duration hour = Duration.ofHours(1);
    return new SendBudgets(
        RateLimit.of(10, hour),
        RateLimit.of(10, hour),
        RateLimit.of(60, hour),
        RateLimit.of(200, hour),
        RateLimit.of(1000, hour),
        Set.of());
  }

  /**
   * The same budgets with other limits for people.
   *
   * @param subject to one subject
   * @param destination to one address or number
   * @param source asked for from one source
   * @return the changed budgets
   */
  public SendBudgets withPersonal(RateLimit subject, RateLimit destination, RateLimit source) {
    return new SendBudgets(subject, destination, source, country, telephones, countries);
  }

  /**
   * The same budgets with other limits for telephone numbers.
   *
   * @param country to one country
   * @param telephones to all together
   * @return the changed budgets
   */
  public SendBudgets withTelephones(RateLimit country, RateLimit telephones) {
    return new SendBudgets(subject, destination, source, country, telephones, countries);
  }

  /**
   * The same budgets for telephone numbers of some countries only.
   *
   * @param codes ISO 3166 codes; empty for everywhere
   * @return the changed budgets
   * @throws IllegalArgumentException if one is no code of two letters
   */
  public SendBudgets onlyTo(Set<String> codes) {
    return new SendBudgets(subject, destination, source, country, telephones, codes);
  }
}
