package io.github.facelock.spring.autoconfigure;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.policy.LivenessMode;
import io.github.facelock.api.policy.Policies;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.api.policy.PolicyStep;
import io.github.facelock.spi.Factor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes policies of presets and properties. */
@Configuration(proxyBeanMethods = false)
final class PolicyConfiguration {

  /** A policy that is a bean goes before a property of the same name. */
  @Bean
  @ConditionalOnMissingBean
  FaceLockPolicies faceLockPolicies(
      FaceLockProperties properties, ObjectProvider<Policy> beans, ObjectProvider<Factor> factors) {
    Map<String, FactorType> types = types(factors);
    Map<String, Policy> known = new LinkedHashMap<>();
    properties
        .policies()
        .forEach((name, policy) -> known.put(name, make(name, policy, properties, types)));
    Policy single = beans.getIfUnique();
    beans.orderedStream().forEach(policy -> known.put(policy.name(), policy));

    Policy login =
        single != null && !known.containsKey(properties.policy())
            ? single
            : find("facelock.policy", properties.policy(), known, properties.liveness());
    @Nullable String other = properties.identificationPolicy();
    Optional<Policy> identification =
        Optional.ofNullable(other)
            .map(
                name -> find("facelock.identification-policy", name, known, properties.liveness()));
    known.remove(login.name());
    identification.ifPresent(policy -> known.remove(policy.name()));
    return new FaceLockPolicies(login, identification, new ArrayList<>(known.values()));
  }

  private static Policy find(
      String property, String name, Map<String, Policy> known, @Nullable LivenessMode liveness) {
    Policy own = known.get(name);
    if (own != null) {
      return own;
    }
    Policy preset =
        switch (name) {
          case "web" -> Policies.web();
          case "door" -> Policies.door();
          case "door-by-face" -> Policies.doorByFace();
          case "high-assurance" -> Policies.highAssurance();
          default ->
              throw new FaceLockSettingException(
                  property + " names a policy that there is not: " + name,
                  "Use web, door, door-by-face or high-assurance, or describe it by"
                      + " facelock.policies."
                      + name
                      + ".steps[0].any-of=password and so on.");
        };
    return liveness == null ? preset : preset.withLiveness(liveness);
  }

  private static Policy make(
      String name,
      PolicyProperties given,
      FaceLockProperties properties,
      Map<String, FactorType> types) {
    String property = "facelock.policies." + name;
    return FaceLockSettingException.checked(
        property,
        () -> {
          Policy.Builder policy = Policy.named(name);
          given.steps().forEach(step -> policy.step(step(property, step, types)));
          set(given.falseMatchRateOneIn(), policy::falseMatchRateOneIn);
          set(given.severalFaces(), policy::severalFaces);
          set(given.triesPerStep(), policy::triesPerStep);
          set(given.acquisitionsPerStep(), policy::acquisitionsPerStep);
          set(given.lifetime(), policy::lifetime);
          set(given.totpSkew(), policy::totpSkew);
          set(
              given.liveness() == null ? properties.liveness() : given.liveness(),
              policy::liveness);
          if (given.faceOnly()) {
            policy.allowFaceOnly();
          }
          return policy.build();
        });
  }

  static <T> void set(@Nullable T value, java.util.function.Consumer<T> part) {
    if (value != null) {
      part.accept(value);
    }
  }

  private static PolicyStep step(
      String property, PolicyProperties.Step given, Map<String, FactorType> types) {
    List<FactorType> factors =
        given.anyOf().stream().map(name -> factor(property, name, types)).toList();
    return new PolicyStep(factors, given.when(), Optional.ofNullable(given.validFor()));
  }

  private static FactorType factor(String property, String name, Map<String, FactorType> types) {
    FactorType type = types.get(name);
    if (type == null) {
      throw new FaceLockSettingException(
          property + " asks for a factor that there is not: " + name,
          "Use one of " + types.keySet() + ", or declare a bean of type Factor for it.");
    }
    return type;
  }

  private static Map<String, FactorType> types(ObjectProvider<Factor> factors) {
    Map<String, FactorType> types = new LinkedHashMap<>();
    Stream.concat(
            Stream.of(
                FactorType.PASSWORD,
                FactorType.PIN,
                FactorType.FACE,
                FactorType.TOTP,
                FactorType.HOTP,
                FactorType.EMAIL_CODE,
                FactorType.SMS_CODE,
                FactorType.RECOVERY_CODE),
            factors.orderedStream().map(Factor::type))
        .forEach(type -> types.put(type.id(), type));
    return types;
  }
}
