package io.github.facelock.core.transaction;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.Response;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.face.Guidance;
import io.github.facelock.spi.Factor;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.FactorStart;
import io.github.facelock.spi.FactorState;
import io.github.facelock.spi.Verification;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A factor whose answers say what becomes of them: {@code right}, {@code wrong}, {@code unclear},
 * {@code attack}, {@code null}, or {@code is NAME}, which verifies that subject. Its state names
 * the login and the question, and it insists on getting the latest one back.
 */
final class ScriptedFactor implements Factor {

  /** What a factor judged. */
  record Judged(String transaction, FactorType factor, String answer) {}

  final FactorType type;
  final List<Judged> judged = new ArrayList<>();
  final List<FactorContext> contexts = new ArrayList<>();
  boolean startsUnasked = true;
  boolean renews;
  int starts;
  int restarts;
  int renewals;
  Runnable whileJudging = () -> {};
  private final Faults faults;
  private int questions;

  ScriptedFactor(FactorType type, Faults faults) {
    this.type = type;
    this.faults = faults;
  }

  static Response answer(FactorType factor, String text) {
    return new Response.Text(factor, Secret.of(text));
  }

  @Override
  public FactorType type() {
    return type;
  }

  @Override
  public boolean startsUnasked() {
    return startsUnasked;
  }

  @Override
  public FactorStart start(FactorContext context) {
    faults.pass(Faults.Place.START);
    contexts.add(context);
    starts++;
    return ask(context);
  }

  @Override
  public FactorStart restart(FactorContext context, FactorState state) {
    faults.pass(Faults.Place.RESTART);
    requireOwn(context, state);
    restarts++;
    return ask(context);
  }

  @Override
  public Optional<FactorStart> renew(FactorContext context, FactorState state) {
    faults.pass(Faults.Place.RENEW);
    requireOwn(context, state);
    renewals++;
    return renews ? Optional.of(ask(context)) : Optional.empty();
  }

  @Override
  public Verification verify(FactorContext context, FactorState state, Response response) {
    faults.pass(Faults.Place.VERIFY);
    requireOwn(context, state);
    contexts.add(context);
    String answer = new String(((Response.Text) response).secret().reveal());
    judged.add(new Judged(context.transaction(), type, answer));
    whileJudging.run();
    Map<String, String> details = Map.of("detail", answer, "policy", "of the factor");
    if (answer.startsWith("is ")) {
      return new Verification.Verified(SubjectId.of(answer.substring(3)), details);
    }
    return switch (answer) {
      case "right" ->
          context
              .subject()
              .<Verification>map(subject -> new Verification.Verified(subject, details))
              .orElseGet(() -> new Verification.Refused("code-wrong", details));
      case "unclear" -> new Verification.NotAcquired(Guidance.NO_FACE, details);
      case "attack" -> new Verification.Refused("attack-suspected", details);
      case "null" -> null;
      default -> new Verification.Refused("code-wrong", details);
    };
  }

  private FactorStart ask(FactorContext context) {
    questions++;
    return new FactorStart(Map.of("question", Integer.toString(questions)), state(context));
  }

  private FactorState state(FactorContext context) {
    return FactorState.of((type + " " + context.transaction()).getBytes(StandardCharsets.UTF_8));
  }

  private void requireOwn(FactorContext context, FactorState state) {
    if (!new String(state.bytes(), StandardCharsets.UTF_8)
        .equals(type + " " + context.transaction())) {
      throw new AssertionError("The state of another login or factor");
    }
  }
}
