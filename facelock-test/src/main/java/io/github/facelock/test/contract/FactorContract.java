package io.github.facelock.test.contract;

import static io.github.facelock.test.contract.Refusals.nullOf;
import static io.github.facelock.test.contract.Refusals.refusesNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.Response;
import io.github.facelock.api.Secret;
import io.github.facelock.api.face.Capture;
import io.github.facelock.spi.Factor;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.FactorStart;
import io.github.facelock.spi.FactorState;
import io.github.facelock.spi.Verification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Factor} promises; first of all, that it does not tell known subjects from
 * unknown ones, and that what makes an answer right works once.
 *
 * <pre>{@code
 * class BadgeFactorTest extends FactorContract {
 *   @Override
 *   protected Factor newFactor() {
 *     return new BadgeFactor(storeWithBadgeOf("alice"));
 *   }
 *
 *   @Override
 *   protected FactorContext known() {
 *     return context("alice", exists);
 *   }
 *   // ... unknown(), rightAnswer(start), wrongAnswer(start)
 * }
 * }</pre>
 */
public abstract class FactorContract {

  private Factor factor = nullOf(Factor.class);

  /** For subclasses. */
  protected FactorContract() {}

  /**
   * Makes the factor under test.
   *
   * @return a factor for which the subject of {@link #known()} has a credential
   */
  protected abstract Factor newFactor();

  /**
   * A login of a subject that can pass.
   *
   * @return a context whose subject is the claimed one
   */
  protected abstract FactorContext known();

  /**
   * A login of a subject that does not exist.
   *
   * @return a context with a claimed name and without a subject
   */
  protected abstract FactorContext unknown();

  /**
   * Gives the answer that passes.
   *
   * @param start what the factor asked the known subject
   * @return the right answer
   */
  protected abstract Response rightAnswer(FactorStart start);

  /**
   * Gives an answer of the right form that does not pass.
   *
   * @param start what the factor asked
   * @return a wrong answer
   */
  protected abstract Response wrongAnswer(FactorStart start);

  /**
   * Tells whether an answer works once, as a code does, or always, as a password does. A factor
   * whose answers are spent with the login's handle, which the engine guards, says {@code false}.
   *
   * @return true unless overridden
   */
  protected boolean answersAreSpent() {
    return true;
  }

  /**
   * Names the parameters that are drawn anew for each question.
   *
   * @return none unless overridden
   */
  protected Set<String> drawnParameters() {
    return Set.of();
  }

  @BeforeEach
  void openFactor() {
    factor = newFactor();
    assertThat(known().subject()).as("the known subject").isPresent();
    assertThat(unknown().subject()).as("the unknown subject").isEmpty();
    assertThat(unknown().claimed()).as("the unknown claim").isPresent();
  }

  private Map<String, String> steadyParameters(FactorStart start) {
    Map<String, String> steady = new HashMap<>(start.parameters());
    steady.keySet().removeAll(drawnParameters());
    return steady;
  }

  @Test
  void theTypeIsAlwaysTheSame() {
    assertThat(factor.type()).isEqualTo(newFactor().type());
    assertThat(rightAnswer(factor.start(known())).factor()).isEqualTo(factor.type());
  }

  @Test
  void anUnknownSubjectIsAskedTheSame() {
    FactorStart known = factor.start(known());
    FactorStart unknown = factor.start(unknown());

    assertThat(unknown.parameters().keySet()).isEqualTo(known.parameters().keySet());
    assertThat(steadyParameters(unknown)).isEqualTo(steadyParameters(known));
  }

  @Test
  void anUnknownSubjectIsAskedTheSameAgain() {
    FactorStart known = factor.restart(known(), factor.start(known()).state());
    FactorStart unknown = factor.restart(unknown(), factor.start(unknown()).state());

    assertThat(unknown.parameters().keySet()).isEqualTo(known.parameters().keySet());
    assertThat(steadyParameters(unknown)).isEqualTo(steadyParameters(known));
  }

  @Test
  void theRightAnswerVerifiesTheSubjectWhoseCredentialItIs() {
    FactorStart start = factor.start(known());

    Verification verification = factor.verify(known(), start.state(), rightAnswer(start));

    assertThat(verification).isInstanceOf(Verification.Verified.class);
    assertThat(known().subject()).contains(((Verification.Verified) verification).subject());
  }

  @Test
  void aWrongAnswerIsRefused() {
    FactorStart start = factor.start(known());

    assertThat(factor.verify(known(), start.state(), wrongAnswer(start)))
        .isInstanceOf(Verification.Refused.class);
  }

  @Test
  void anUnknownSubjectIsRefusedWhateverItAnswers() {
    Response right = rightAnswer(factor.start(known()));
    FactorStart start = factor.start(unknown());

    assertThat(factor.verify(unknown(), start.state(), right))
        .isInstanceOf(Verification.Refused.class);
    assertThat(factor.verify(unknown(), start.state(), wrongAnswer(start)))
        .isInstanceOf(Verification.Refused.class);
  }

  @Test
  void answersOfAnotherFormAreRefused() {
    FactorStart start = factor.start(known());
    Response right = rightAnswer(start);
    FactorType type = factor.type();
    List<Response> forms =
        List.of(
            new Response.Text(type, Secret.of("000000")),
            new Response.Frames(type, Capture.ofImage(new byte[] {1})),
            new Response.Choice(type),
            new Response.Fields(type, Map.of("code", "000000")));
    for (Response other : forms) {
      if (!other.getClass().equals(right.getClass())) {
        assertThat(factor.verify(known(), start.state(), other))
            .as("%s instead of %s", other, right.getClass().getSimpleName())
            .isInstanceOf(Verification.Refused.class);
      }
    }
  }

  @Test
  void oddTextsAreNotVerifiedAndNotThrown() {
    FactorStart start = factor.start(known());
    if (!(rightAnswer(start) instanceof Response.Text)) {
      return;
    }
    List<String> texts = new ArrayList<>(OddTexts.texts());
    texts.addAll(
        List.of(
            "", " ", "\0", "\u0660\u0661\u0662\u0663\u0664\u0665", "9".repeat(Secret.MAX_LENGTH)));
    for (String text : texts) {
      assertThat(
              factor.verify(
                  known(), start.state(), new Response.Text(factor.type(), Secret.of(text))))
          .as("answer %s", text)
          .isNotInstanceOf(Verification.Verified.class);
    }
  }

  @Test
  void theRightAnswerIsSpentAlsoUnderParallelTries() {
    FactorStart start = factor.start(known());
    Response right = rightAnswer(start);

    List<Verification> verdicts =
        Parallel.call(Parallel.CALLS, i -> factor.verify(known(), start.state(), right));

    assertThat(verdicts.stream().filter(Verification.Verified.class::isInstance))
        .hasSize(answersAreSpent() ? 1 : Parallel.CALLS);
    if (answersAreSpent()) {
      assertThat(factor.verify(known(), start.state(), right))
          .isNotInstanceOf(Verification.Verified.class);
    }
  }

  @Test
  void theVerdictTellsNoSecret() {
    FactorStart start = factor.start(known());
    if (rightAnswer(start) instanceof Response.Text text) {
      String secret = new String(text.secret().reveal());
      assertThat(start.parameters().toString()).doesNotContain(secret);
      assertThat(factor.verify(known(), start.state(), text).toString()).doesNotContain(secret);
    }
  }

  @Test
  void nullIsRefused() {
    FactorStart start = factor.start(known());
    Response right = rightAnswer(start);
    refusesNull(() -> factor.start(nullOf(FactorContext.class)));
    refusesNull(() -> factor.verify(nullOf(FactorContext.class), start.state(), right));
    refusesNull(() -> factor.verify(known(), start.state(), nullOf(Response.class)));
    refusesNull(() -> factor.restart(nullOf(FactorContext.class), FactorState.empty()));
  }
}
