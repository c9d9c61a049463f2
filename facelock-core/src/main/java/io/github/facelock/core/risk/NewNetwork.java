package io.github.facelock.core.risk;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FactorKind;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.RiskFinding;
import io.github.facelock.spi.RiskResponse;
import io.github.facelock.spi.RiskRule;
import io.github.facelock.spi.store.Credential;
import io.github.facelock.spi.store.CredentialStore;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Notices a subject that logs in from a network from which it never did: the first 24 bits of a
 * version 4 address, the first 48 of a version 6 one, or the whole name of a terminal. The networks
 * of granted logins are remembered, the latest {@value #REMEMBERED}, as keyed hashes in a
 * credential of the subject's, so that they are sealed, exported and erased with it. Thread-safe.
 *
 * <p>A first login is from a new network, and so is every one of an unknown subject.
 */
public final class NewNetwork implements RiskRule {

  /** How many networks are remembered for each subject. */
  public static final int REMEMBERED = 20;

  static final FactorType TYPE = FactorType.of("known-networks", FactorKind.POSSESSION, "geo");

  private static final CredentialId ID = new CredentialId("known-networks");
  private static final int PREFIX_4 = 24;
  private static final int PREFIX_6 = 48;
  private static final int MOST_RACES = 50;

  private final CredentialStore credentials;
  private final SecureRandom random;
  private final Set<RiskResponse> responses;

  /**
   * Makes a rule.
   *
   * @param credentials remembers, and seals what is remembered
   * @param random makes the keys of the hashes
   * @param responses what follows
   */
  public NewNetwork(CredentialStore credentials, SecureRandom random, Set<RiskResponse> responses) {
    this.credentials = Objects.requireNonNull(credentials, "credentials");
    this.random = Objects.requireNonNull(random, "random");
    this.responses = Set.copyOf(responses);
  }

  @Override
  public String name() {
    return "new-network";
  }

  @Override
  public RiskFinding assess(FactorContext context) {
    if (context.claimed().isEmpty()) {
      // Nobody knows yet whose networks to look at.
      return RiskFinding.nothing();
    }
    // Read also for an unknown subject, which takes as long.
    Optional<KnownNetworks> known =
        stored(context.claimed().get()).map(c -> KnownNetworks.read(c.secretData()));
    boolean seen =
        context.subject().isPresent()
            && known.filter(k -> k.contains(network(context.request().source()))).isPresent();
    return seen ? RiskFinding.nothing() : new RiskFinding(responses, Map.of("new", "true"));
  }

  @Override
  public void granted(FactorContext context) {
    SubjectId subject = context.subject().orElseThrow();
    String network = network(context.request().source());
    for (int race = 0; race < MOST_RACES; race++) {
      Optional<Credential> stored = stored(subject);
      KnownNetworks known =
          stored
              .map(credential -> KnownNetworks.read(credential.secretData()))
              .orElseGet(() -> KnownNetworks.empty(random));
      if (known.isLatest(network) && stored.isPresent()) {
        return;
      }
      byte[] next = known.with(network, REMEMBERED).bytes();
      boolean written =
          stored.isPresent()
              ? credentials.replace(stored.get().next(Map.of(), next))
              : credentials.insert(
                  Credential.create(ID, subject, TYPE, context.now(), Map.of(), next));
      if (written) {
        return;
      }
    }
  }

  private Optional<Credential> stored(SubjectId subject) {
    return credentials.find(subject, TYPE).stream().findFirst();
  }

  static String network(String source) {
    return IpAddress.parse(source)
        .map(address -> "ip " + address.masked(address.bits() == 32 ? PREFIX_4 : PREFIX_6))
        .orElse("name " + source);
  }
}
