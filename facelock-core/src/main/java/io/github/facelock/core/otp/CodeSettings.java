package io.github.facelock.core.otp;

import java.util.Objects;

/**
 * How one-time codes are made, sent and accepted.
 *
 * @param delivered how delivered codes look and live
 * @param budgets how many are sent
 * @param delivery how hard the sender works
 * @param hotpLookAhead how many presses of a token's button may be lost between two logins: 0 to 50
 * @param recoveryCodes how many codes a list of recovery codes has: 10 to 20
 */
public record CodeSettings(
    DeliveredCodeRules delivered,
    SendBudgets budgets,
    DeliverySettings delivery,
    int hotpLookAhead,
    int recoveryCodes) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of range
   */
  public CodeSettings {
    Objects.requireNonNull(delivered, "delivered");
    Objects.requireNonNull(budgets, "budgets");
    Objects.requireNonNull(delivery, "delivery");
    if (hotpLookAhead < 0 || hotpLookAhead > 50) {
      throw new IllegalArgumentException("An HOTP look-ahead window has 0 to 50 counters");
    }
    if (recoveryCodes < 10 || recoveryCodes > 20) {
      throw new IllegalArgumentException("A list has 10 to 20 recovery codes");
    }
  }

  /**
   * The defaults of each part; ten lost presses, twelve recovery codes.
   *
   * @return the settings
   */
  public static CodeSettings ofDefaults() {
    return new CodeSettings(
        DeliveredCodeRules.ofDefaults(),
        SendBudgets.ofDefaults(),
        DeliverySettings.ofDefaults(),
        10,
        12);
  }

  /**
   * The same settings with other rules for delivered codes.
   *
   * @param rules the rules
   * @return the changed settings
   */
  public CodeSettings with(DeliveredCodeRules rules) {
    return new CodeSettings(rules, budgets, delivery, hotpLookAhead, recoveryCodes);
  }

  /**
   * The same settings with other budgets.
   *
   * @param budgets the budgets
   * @return the changed settings
   */
  public CodeSettings with(SendBudgets budgets) {
    return new CodeSettings(delivered, budgets, delivery, hotpLookAhead, recoveryCodes);
  }

  /**
   * The same settings with another sender.
   *
   * @param delivery how hard it works
   * @return the changed settings
   */
  public CodeSettings with(DeliverySettings delivery) {
    return new CodeSettings(delivered, budgets, delivery, hotpLookAhead, recoveryCodes);
  }
}
