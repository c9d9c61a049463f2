package io.github.facelock.api.policy;

import io.github.facelock.api.AssuranceLevel;
import io.github.facelock.api.FactorKind;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.face.FalseMatchRate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Which factors a login asks for, in which order, and how strict the face comparison is. Immutable
 * and thread-safe; {@link Policies} has presets.
 *
 * <p>A factor appears in one step only, and a policy that a face alone could pass is refused: a
 * face is not a secret (OWASP ASVS 5.0, 6.5.7). Steps with a condition do not count for this,
 * because they may be left out. The first step has no condition: what a stranger sees before the
 * first answer must not tell whether a name is known, or where its owner logs in from.
 */
public final class Policy {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final int MAX_STEPS = 10;

  private final String name;
  private final List<PolicyStep> steps;
  private final FalseMatchRate falseMatchRate;
  private final SeveralFaces severalFaces;
  private final int triesPerStep;
  private final int acquisitionsPerStep;
  private final Duration lifetime;
  private final int totpSkew;
  private final LivenessMode liveness;

  private Policy(Builder builder) {
    this.name = builder.name;
    this.steps = List.copyOf(builder.steps);
    this.falseMatchRate = builder.falseMatchRate;
    this.severalFaces = builder.severalFaces;
    this.triesPerStep = builder.triesPerStep;
    this.acquisitionsPerStep = builder.acquisitionsPerStep;
    this.lifetime = builder.lifetime;
    this.totpSkew = builder.totpSkew;
    this.liveness = builder.liveness;
  }

  private Policy(Policy other, LivenessMode liveness) {
    this.name = other.name;
    this.steps = other.steps;
    this.falseMatchRate = other.falseMatchRate;
    this.severalFaces = other.severalFaces;
    this.triesPerStep = other.triesPerStep;
    this.acquisitionsPerStep = other.acquisitionsPerStep;
    this.lifetime = other.lifetime;
    this.totpSkew = other.totpSkew;
    this.liveness = liveness;
  }

  /**
   * Begins a policy.
   *
   * @param name 1 to 64 letters, digits, dots, underscores, hyphens; written to the audit trail
   * @return a builder with the defaults named at its methods
   * @throws IllegalArgumentException if the name is malformed
   */
  public static Builder named(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "A policy name has 1 to 64 letters, digits, dots, underscores and hyphens");
    }
    return new Builder(name);
  }

  /**
   * Tells the name.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  /**
   * Shows the steps.
   *
   * @return in order, at least one
   */
  public List<PolicyStep> steps() {
    return steps;
  }

  /**
   * Tells the strictness of the face comparison.
   *
   * @return the rate of strangers that is accepted
   */
  public FalseMatchRate falseMatchRate() {
    return falseMatchRate;
  }

  /**
   * Tells what more than one face means.
   *
   * @return the rule
   */
  public SeveralFaces severalFaces() {
    return severalFaces;
  }

  /**
   * Tells how many wrong answers a step allows.
   *
   * @return at least 1
   */
  public int triesPerStep() {
    return triesPerStep;
  }

  /**
   * Tells how many answers a step allows that cannot be judged.
   *
   * @return at least 1
   */
  public int acquisitionsPerStep() {
    return acquisitionsPerStep;
  }

  /**
   * Tells how long a login may take.
   *
   * @return from begin to grant
   */
  public Duration lifetime() {
    return lifetime;
  }

  /**
   * Tells how many time steps before and after the present one a TOTP code may come from.
   *
   * @return 0 to 2
   */
  public int totpSkew() {
    return totpSkew;
  }

  /**
   * Tells how the face step tells a person from a photograph.
   *
   * @return the mode
   */
  public LivenessMode liveness() {
    return liveness;
  }

  /**
   * The same policy with another liveness mode, for example for a preset.
   *
   * @param mode the mode
   * @return a policy
   */
  public Policy withLiveness(LivenessMode mode) {
    return new Policy(this, Objects.requireNonNull(mode, "mode"));
  }

  /**
   * The same policy without liveness: <strong>a photograph of the person passes the face
   * step</strong>.
   *
   * @return a policy of {@link LivenessMode#NONE}
   */
  public Policy withoutLiveness() {
    return withLiveness(LivenessMode.NONE);
  }

  /**
   * Tells what a set of passed factors proves: two different kinds are needed for AAL2.
   *
   * @param satisfied the passed factors
   * @return the level
   */
  public static AssuranceLevel levelOf(Collection<FactorType> satisfied) {
    return satisfied.stream().map(FactorType::kind).distinct().count() > 1
        ? AssuranceLevel.AAL2
        : AssuranceLevel.AAL1;
  }

  @Override
  public String toString() {
    return "Policy[" + name + " " + steps.stream().map(PolicyStep::anyOf).toList() + "]";
  }

  /** Collects a policy's parts. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private final List<PolicyStep> steps = new ArrayList<>();
    private FalseMatchRate falseMatchRate = FalseMatchRate.oneIn(10_000);
    private SeveralFaces severalFaces = SeveralFaces.REJECT;
    private int triesPerStep = 3;
    private int acquisitionsPerStep = 20;
    private Duration lifetime = Duration.ofMinutes(10);
    private int totpSkew = 1;
    private LivenessMode liveness = LivenessMode.ACTIVE;
    private boolean faceOnlyAllowed;

    private Builder(String name) {
      this.name = name;
    }

    /**
     * Adds a step that one factor, or any one of several, passes.
     *
     * @param anyOf the factors, in the order in which they are offered
     * @return this
     * @throws IllegalArgumentException if the list is empty or a factor was named before
     */
    public Builder step(FactorType... anyOf) {
      return step(new PolicyStep(Arrays.asList(anyOf)));
    }

    /**
     * Adds a step, which may have a condition.
     *
     * @param step for example {@code PolicyStep.of(TOTP).unlessTrustedDevice()}
     * @return this
     * @throws IllegalArgumentException if a factor was named before
     */
    public Builder step(PolicyStep step) {
      for (FactorType factor : step.anyOf()) {
        if (steps.stream().anyMatch(earlier -> earlier.anyOf().contains(factor))) {
          throw new IllegalArgumentException("The policy asks for " + factor + " in two steps");
        }
      }
      steps.add(step);
      return this;
    }

    /**
     * Sets the strictness of the face comparison; 1 in 10 000 unless set (NIST SP 800-63B-4).
     *
     * @param strangers that a comparison turns away for one that it takes for the enrolled person
     * @return this
     */
    public Builder falseMatchRateOneIn(long strangers) {
      this.falseMatchRate = FalseMatchRate.oneIn(strangers);
      return this;
    }

    /**
     * Sets what more than one face means; {@link SeveralFaces#REJECT} unless set.
     *
     * @param severalFaces the rule
     * @return this
     */
    public Builder severalFaces(SeveralFaces severalFaces) {
      this.severalFaces = Objects.requireNonNull(severalFaces, "severalFaces");
      return this;
    }

    /**
     * Sets how many wrong answers a step allows in one login; 3 unless set. Limits over several
     * logins are the attempt limiter's.
     *
     * @param tries 1 to 10
     * @return this
     * @throws IllegalArgumentException if the number is out of range
     */
    public Builder triesPerStep(int tries) {
      this.triesPerStep = within(tries, 1, 10, "tries per step");
      return this;
    }

    /**
     * Sets how many captures a step may ask again because they could not be judged; 20 unless set.
     *
     * @param acquisitions 1 to 100
     * @return this
     * @throws IllegalArgumentException if the number is out of range
     */
    public Builder acquisitionsPerStep(int acquisitions) {
      this.acquisitionsPerStep = within(acquisitions, 1, 100, "acquisitions per step");
      return this;
    }

    /**
     * Sets how long a login may take; 10 minutes unless set.
     *
     * @param lifetime 10 seconds to 1 hour
     * @return this
     * @throws IllegalArgumentException if the time is out of range
     */
    public Builder lifetime(Duration lifetime) {
      if (lifetime.compareTo(Duration.ofSeconds(10)) < 0
          || lifetime.compareTo(Duration.ofHours(1)) > 0) {
        throw new IllegalArgumentException("A login may take 10 seconds to 1 hour");
      }
      this.lifetime = lifetime;
      return this;
    }

    /**
     * Sets how many TOTP time steps before and after the present one are accepted; 1 unless set.
     *
     * @param steps 0 to 2
     * @return this
     * @throws IllegalArgumentException if the number is out of range
     */
    public Builder totpSkew(int steps) {
      this.totpSkew = within(steps, 0, 2, "TOTP skew steps");
      return this;
    }

    /**
     * Sets how the face step tells a person from a photograph; {@link LivenessMode#ACTIVE} unless
     * set.
     *
     * @param mode the mode
     * @return this
     */
    public Builder liveness(LivenessMode mode) {
      this.liveness = Objects.requireNonNull(mode, "mode");
      return this;
    }

    /**
     * Switches liveness off: <strong>a photograph of the person passes the face step</strong>.
     *
     * @return this
     */
    public Builder withoutLiveness() {
      return liveness(LivenessMode.NONE);
    }

    /**
     * Lets a face alone pass. A face can be photographed by anyone; take this only where a mistaken
     * grant does no harm.
     *
     * @return this
     */
    public Builder allowFaceOnly() {
      this.faceOnlyAllowed = true;
      return this;
    }

    /**
     * Makes the policy.
     *
     * @return the policy
     * @throws IllegalStateException if there is no step, there are too many, the first has a
     *     condition, or biometrics alone could pass
     */
    public Policy build() {
      if (steps.isEmpty() || steps.size() > MAX_STEPS) {
        throw new IllegalStateException("A policy has 1 to " + MAX_STEPS + " steps");
      }
      if (steps.get(0).condition() != StepCondition.ALWAYS) {
        throw new IllegalStateException(
            "Policy "
                + name
                + " begins with a step that has a condition, so that its first question would tell"
                + " strangers who is known. Begin with a step that is always asked for");
      }
      boolean biometricsSuffice =
          steps.stream()
              .filter(step -> step.condition() == StepCondition.ALWAYS)
              .allMatch(
                  step -> step.anyOf().stream().anyMatch(f -> f.kind() == FactorKind.INHERENCE));
      if (biometricsSuffice && !faceOnlyAllowed) {
        throw new IllegalStateException(
            "Policy "
                + name
                + " could be passed by a face alone, which is not a secret. Add a step with a password,"
                + " a PIN or a code that has no condition, or call allowFaceOnly() if a mistaken grant does no harm");
      }
      return new Policy(this);
    }

    private static int within(int value, int least, int most, String what) {
      if (value < least || value > most) {
        throw new IllegalArgumentException(
            "%s: %d to %d, not %d".formatted(what, least, most, value));
      }
      return value;
    }
  }
}
