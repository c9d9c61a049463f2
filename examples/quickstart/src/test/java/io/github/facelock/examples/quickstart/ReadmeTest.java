package io.github.facelock.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.Prompt;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Response;
import io.github.facelock.api.Secret;
import io.github.facelock.api.Step;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.TotpProvisioning;
import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.LivenessChallenge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The example of the README is the code of {@link FirstLogin}, and that code runs. */
class ReadmeTest {

  private static final Path ROOT = Path.of(System.getProperty("facelock.root"));
  private static final Path SOURCE =
      ROOT.resolve(
          "examples/quickstart/src/main/java/io/github/facelock/examples/quickstart/FirstLogin.java");

  private static final int PATIENCE = 3;

  private static Studio studio;

  @BeforeAll
  static void openStudio() {
    studio = new Studio();
  }

  @AfterAll
  static void closeStudio() {
    studio.close();
  }

  @Test
  void theReadmeShowsTheCodeThatIsTested() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    String shown = readme.substring(readme.indexOf("```java\n") + 8);
    shown = shown.substring(0, shown.indexOf("```"));

    String source = Files.readString(SOURCE);
    String tested =
        source.substring(
            source.indexOf("// tag::login[]\n") + 16, source.indexOf("// end::login[]"));

    // stripIndent counts the last line's indentation, so it must not be there.
    assertThat(shown).isEqualTo(tested.stripTrailing().stripIndent() + "\n");
  }

  @Test
  void theExampleLetsTheRightPersonIn() {
    // A person who is asked again, or was misjudged, tries once more, as at any door.
    assertThat(
            Stream.generate(() -> logIn(studio.person(DemoPeople.bea())))
                .limit(PATIENCE)
                .anyMatch(granted -> granted))
        .isTrue();
  }

  @Test
  void theExampleTurnsAnotherPersonAway() {
    assertThat(logIn(studio.person(DemoPeople.cleo()))).isFalse();
  }

  @Test
  void theExampleTurnsAPhotographAway() {
    assertThat(logIn(studio.print(DemoPeople.bea()))).isFalse();
  }

  private static boolean logIn(Camera camera) {
    Telephone telephone = new Telephone();
    AtomicInteger clips = new AtomicInteger();
    return FirstLogin.enrolAndLogIn(
        SubjectId.of("alice"),
        List.of(DemoPeople.bea().jpeg()),
        RequestContext.from("192.0.2.7"),
        telephone::firstCode,
        ask(camera, telephone, clips));
  }

  private static Function<Step, Response> ask(
      Camera camera, Telephone telephone, AtomicInteger clips) {
    return step -> {
      if (step.prompt(FactorType.PASSWORD).isPresent()) {
        return Response.password("correct horse battery");
      }
      return step.prompt(FactorType.FACE)
          .map(Prompt::parameters)
          .flatMap(LivenessChallenge::in)
          // Whoever has filmed this often gives up: a code is not what the step asks for.
          .filter(challenge -> clips.incrementAndGet() <= PATIENCE)
          .map(challenge -> Response.face(filmed(camera, challenge)))
          .orElseGet(() -> Response.totp(telephone.nextCode()));
    };
  }

  /** The example runs by the system's clock, by which a camera takes as long as its clip lasts. */
  private static Capture filmed(Camera camera, LivenessChallenge challenge) {
    Clock clock = Clock.systemUTC();
    Instant begin = clock.instant();
    Capture clip = camera.film(challenge);
    Instant end = begin.plus(clip.frames().get(clip.frames().size() - 1).at());
    while (clock.instant().isBefore(end)) {
      LockSupport.parkUntil(end.toEpochMilli());
    }
    return clip;
  }

  /** The person's authenticator app: confirmed with the code before the present one. */
  private static final class Telephone {
    private AuthenticatorApp app;

    Secret firstCode(TotpProvisioning provisioning) {
      Clock clock = Clock.systemUTC();
      app = AuthenticatorApp.scan(provisioning.uri(), clock);
      Clock before = Clock.offset(clock, Duration.ofSeconds(-30));
      return Secret.of(AuthenticatorApp.scan(provisioning.uri(), before).code());
    }

    String nextCode() {
      return app.code();
    }
  }
}
