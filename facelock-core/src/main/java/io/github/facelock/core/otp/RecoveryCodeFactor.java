package io.github.facelock.core.otp;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.Response;
import io.github.facelock.api.Secret;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.Factor;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.FactorStart;
import io.github.facelock.spi.FactorState;
import io.github.facelock.spi.Verification;
import io.github.facelock.spi.Verification.Refused;
import io.github.facelock.spi.Verification.Verified;
import io.github.facelock.spi.store.Credential;
import io.github.facelock.spi.store.CredentialStore;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * One of a list of codes that work once each. Thread-safe; the state is in the credential.
 *
 * <p><strong>Security guarantees.</strong> A code is crossed out by compare-and-set before it
 * passes, so it works once on all nodes together. People without a list, and unknown ones, cost as
 * much as others. Each use raises {@link Alert.Cause#RECOVERY_CODE_USED} with the number that is
 * left: whoever did not use it then knows.
 */
public final class RecoveryCodeFactor implements Factor {

  private static final int TRIES = 20;
  private static final int CODE_LENGTH = 16;
  private static final RecoveryList DECOY =
      RecoveryList.of(
          new byte[RecoveryList.KEY_LENGTH], Collections.nCopies(10, "A".repeat(CODE_LENGTH + 1)));

  private final CredentialStore credentials;
  private final Consumer<? super Alert> alerts;

  /**
   * Judges against stored lists.
   *
   * @param credentials holds what {@link RecoveryCodes} made
   * @param alerts takes an alert for each use; must neither block nor fail
   */
  public RecoveryCodeFactor(CredentialStore credentials, Consumer<? super Alert> alerts) {
    this.credentials = Objects.requireNonNull(credentials, "credentials");
    this.alerts = Objects.requireNonNull(alerts, "alerts");
  }

  @Override
  public FactorType type() {
    return FactorType.RECOVERY_CODE;
  }

  @Override
  public FactorStart start(FactorContext context) {
    Objects.requireNonNull(context, "context");
    return FactorStart.stateless(Map.of());
  }

  @Override
  public Verification verify(FactorContext context, FactorState state, Response response) {
    Objects.requireNonNull(context, "context");
    Objects.requireNonNull(response, "response");
    if (!(response instanceof Response.Text text)) {
      return wrong("not-text");
    }
    Optional<String> code = read(text.secret());
    if (code.isEmpty()) {
      return wrong("malformed");
    }
    for (int i = 0; i < TRIES; i++) {
      // Looked up for unknown and suspended people too, so that the store takes the same time.
      List<Credential> found =
          context.claimed().map(claimed -> credentials.find(claimed, type())).orElse(List.of());
      RecoveryList list = found.isEmpty() ? DECOY : RecoveryList.of(found.get(0));
      OptionalInt index = list.find(code.get());
      if (context.subject().isEmpty() || found.isEmpty()) {
        return wrong("not-enrolled");
      }
      if (index.isEmpty()) {
        return new Refused("code-wrong", Map.of());
      }
      if (list.isUsed(index.getAsInt())) {
        return new Refused("code-reused", Map.of());
      }
      Credential credential = found.get(0);
      RecoveryList rest = list.without(index.getAsInt());
      if (credentials.replace(credential.next(credential.attributes(), rest.encoded()))) {
        return used(context, credential, rest.left());
      }
      // Another code of the list was used meanwhile, or this one: read again.
    }
    return new Refused("code-reused", Map.of("detail", "contended"));
  }

  private Verification used(FactorContext context, Credential credential, int left) {
    Map<String, String> details = Map.of("left", Integer.toString(left));
    alerts.accept(
        new Alert(
            context.now(),
            Alert.Cause.RECOVERY_CODE_USED,
            Optional.of(credential.subject()),
            Optional.of(type()),
            context.request().source(),
            details));
    return new Verified(credential.subject(), details);
  }

  /** Spaces, hyphens and lower case are accepted, and digits that stand for letters. */
  private static Optional<String> read(Secret typed) {
    char[] characters = typed.reveal();
    try {
      StringBuilder code = new StringBuilder(CODE_LENGTH);
      for (char c : characters) {
        if (c == ' ' || c == '-') {
          continue;
        }
        char upper = c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c;
        char meant =
            switch (upper) {
              case '0' -> 'O';
              case '1' -> 'I';
              case '8' -> 'B';
              default -> upper;
            };
        boolean known = (meant >= 'A' && meant <= 'Z') || (meant >= '2' && meant <= '7');
        if (!known || code.length() == CODE_LENGTH) {
          return Optional.empty();
        }
        code.append(meant);
      }
      return code.length() == CODE_LENGTH ? Optional.of(code.toString()) : Optional.empty();
    } finally {
      Arrays.fill(characters, '\0');
    }
  }

  private static Refused wrong(String detail) {
    return new Refused("code-wrong", Map.of("detail", detail));
  }
}
