package io.github.facelock.core.risk;

import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.RiskFinding;
import io.github.facelock.spi.RiskResponse;
import io.github.facelock.spi.RiskRule;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Notices requests from networks on a list, for example exits of Tor. Thread-safe. */
public final class ListedNetwork implements RiskRule {

  private final String name;
  private final NetworkList list;
  private final RiskFinding finding;

  /**
   * Makes a rule.
   *
   * @param name 1 to 32 lower-case letters, digits and hyphens, for example {@code tor}
   * @param list the networks
   * @param responses what follows
   */
  public ListedNetwork(String name, NetworkList list, Set<RiskResponse> responses) {
    this.name = Objects.requireNonNull(name, "name");
    this.list = Objects.requireNonNull(list, "list");
    this.finding = new RiskFinding(responses, Map.of("listed", "true"));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public RiskFinding assess(FactorContext context) {
    return list.contains(context.request().source()) ? finding : RiskFinding.nothing();
  }
}
