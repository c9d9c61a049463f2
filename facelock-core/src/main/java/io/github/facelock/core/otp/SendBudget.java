package io.github.facelock.core.otp;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.core.crypto.KeyRing;
import io.github.facelock.spi.store.AttemptStore;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;

/**
 * Charges each message to the {@link SendBudgets}. A message that one budget refuses is charged to
 * none. What the store sees of subjects, addresses and sources is a keyed hash; when the key is
 * rotated, the counts begin anew. Thread-safe.
 */
final class SendBudget {

  private final SendBudgets budgets;
  private final RateMeter meter;
  private final KeyRing keys;

  SendBudget(SendBudgets budgets, AttemptStore store, KeyRing keys, Clock clock) {
    this.budgets = budgets;
    this.meter = new RateMeter(store, clock);
    this.keys = keys;
  }

  /** Charges a message; names the budget that refused it, if one did. */
  Optional<String> charge(CodeDelivery delivery) {
    String destination = new String(delivery.message().destination().reveal());
    Optional<String> region =
        delivery.factor().equals(FactorType.SMS_CODE)
            ? Optional.of(PhoneNumber.parse(destination).map(PhoneNumber::region).orElse("ZZ"))
            : Optional.empty();
    if (region.isPresent()
        && !budgets.countries().isEmpty()
        && !budgets.countries().contains(region.get())) {
      return Optional.of("country-not-served");
    }
    Map<String, RateLimit> charged = new LinkedHashMap<>();
    for (Charge charge : charges(delivery, destination, region)) {
      if (!meter.take(charge.key(), charge.limit())) {
        charged.forEach(meter::giveBack);
        return Optional.of(charge.name());
      }
      charged.put(charge.key(), charge.limit());
    }
    return Optional.empty();
  }

  private List<Charge> charges(CodeDelivery delivery, String destination, Optional<String> region) {
    String factor = delivery.factor().id();
    List<Charge> charges = new ArrayList<>();
    charges.add(
        new Charge(
            "subject", key("subject", factor, delivery.subject().value()), budgets.subject()));
    charges.add(
        new Charge("destination", key("destination", factor, destination), budgets.destination()));
    charges.add(new Charge("source", key("source", factor, delivery.source()), budgets.source()));
    region.ifPresent(
        code -> {
          charges.add(new Charge("country", "send:country:" + code, budgets.country()));
          charges.add(new Charge("telephones", "send:telephones", budgets.telephones()));
        });
    return charges;
  }

  private record Charge(String name, String key, RateLimit limit) {}

  private String key(String kind, String factor, String value) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(keys.subkey(keys.currentKeyId(), "send-budget"));
      mac.update((kind + "/" + factor + "/").getBytes(StandardCharsets.UTF_8));
      byte[] hash = mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
      return "send:"
          + kind
          + ":"
          + factor
          + ":"
          + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (GeneralSecurityException e) {
      throw new FaceLockException(
          "This Java runtime does not offer HMAC-SHA-256; enable its standard providers", e);
    }
  }
}
