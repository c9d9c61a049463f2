package io.github.facelock.spring.autoconfigure;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.face.ModelInfo;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.api.policy.PolicyStep;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What this application's FaceLock is made of, for the log and for operators. Holds no secret and
 * nothing about people.
 *
 * @param policies what logins ask for, one line each, the usual one first
 * @param models the models in use
 * @param stores where things are kept
 * @param channels what carries codes
 * @param warnings what should not stay as it is
 */
public record FaceLockReport(
    List<String> policies,
    List<ModelInfo> models,
    String stores,
    List<String> channels,
    List<String> warnings) {

  /** Copies the lists. */
  public FaceLockReport {
    policies = List.copyOf(policies);
    models = List.copyOf(models);
    channels = List.copyOf(channels);
    warnings = List.copyOf(warnings);
  }

  /** For example {@code web: password, face (active), totp or email-code}. */
  static String line(Policy policy) {
    return policy.name()
        + ": "
        + policy.steps().stream().map(step -> line(step, policy)).collect(Collectors.joining(", "));
  }

  private static String line(PolicyStep step, Policy policy) {
    String factors =
        step.anyOf().stream()
            .map(
                factor ->
                    factor.equals(FactorType.FACE)
                        ? factor.id() + " (" + code(policy.liveness()) + ")"
                        : factor.id())
            .collect(Collectors.joining(" or "));
    return switch (step.condition()) {
      case ALWAYS -> factors;
      case WHEN_RISK -> factors + " when there is risk";
      case UNLESS_TRUSTED_DEVICE -> factors + " unless the device is trusted";
    };
  }

  static String code(Enum<?> value) {
    return value.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /**
   * Sums it up for the log.
   *
   * @return one line
   */
  public String summary() {
    String licences =
        models.stream()
            .map(ModelInfo::licence)
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return "FaceLock logs in by %s; %s; kept in %s; codes by %s"
        .formatted(
            policies.get(0),
            models.isEmpty() ? "no models" : models.size() + " models (" + licences + ")",
            stores,
            channels.isEmpty() ? "nobody" : String.join(", ", channels));
  }
}
