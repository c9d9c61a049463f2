package io.github.facelock.core.transaction;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.policy.PolicyStep;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the circumstances of a login mean for it. From request to request it only becomes stricter:
 * a risk stays, a bar stays, and trust in a device can end but not begin.
 *
 * @param settled whether the subject is known by name, so that the device could be looked at
 * @param raised whether a rule asked for more steps
 * @param barred why nobody gets in by this login, as a stable code; empty if nothing speaks against
 *     it
 * @param device the trusted device that the login came from
 * @param told the rules that raised their alert in this login already, so that it is raised once
 */
record Standing(
    boolean settled,
    boolean raised,
    String barred,
    Optional<CredentialId> device,
    Set<String> told) {

  static final Standing NEW = new Standing(false, false, "", Optional.empty(), Set.of());

  Standing {
    told = Set.copyOf(told);
  }

  boolean isBarred() {
    return !barred.isEmpty();
  }

  /** This standing, as far as another one, which was found later, is not stricter. */
  Standing stricter(Standing later) {
    Set<String> all = new TreeSet<>(told);
    all.addAll(later.told);
    return new Standing(
        settled || later.settled,
        raised || later.raised,
        isBarred() ? barred : later.barred,
        settled ? device.filter(known -> later.device.equals(device)) : later.device,
        all);
  }

  Standing withoutDevice() {
    return new Standing(settled, raised, barred, Optional.empty(), told);
  }

  boolean asksFor(PolicyStep step) {
    return switch (step.condition()) {
      case ALWAYS -> true;
      case WHEN_RISK -> raised;
      case UNLESS_TRUSTED_DEVICE -> raised || device.isEmpty();
    };
  }
}
