package io.github.facelock.spring.web.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.Consent;
import io.github.facelock.api.enrolment.Enrolment;
import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.LivenessChallenge;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.spring.web.Browser;
import io.github.facelock.spring.web.Browser.Reply;
import io.github.facelock.spring.web.FilmedPerson;
import io.github.facelock.test.InMemoryMailbox;
import io.github.facelock.test.MutableClock;
import java.awt.Rectangle;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;

/** The face step over HTTP with clips of a simulated person, and uploads that are none. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "facelock.web.uploads.max-request=6MB",
      "facelock.web.uploads.max-frame=200KB",
      "facelock.web.uploads.max-frames=150",
      "facelock.web.uploads.in-flight=8MB"
    })
class FaceLoginTest {

  private static final String ADVANCE = "/facelock/api/login/advance";
  private static final String PASSWORD = "correct horse battery";

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {
    @Bean
    Policy policy() {
      return Policy.named("seen")
          .step(FactorType.PASSWORD)
          .step(FactorType.FACE)
          .step(FactorType.EMAIL_CODE)
          .build();
    }

    @Bean
    InMemoryMailbox mailbox() {
      return new InMemoryMailbox(FactorType.EMAIL_CODE);
    }

    @Bean
    MutableClock clock() {
      return MutableClock.at(Instant.parse("2026-11-25T12:00:00Z"));
    }
  }

  @LocalServerPort int port;
  @Autowired Enrolment enrolment;
  @Autowired InMemoryMailbox mailbox;
  @Autowired MutableClock clock;

  private final FilmedPerson atEnrolment =
      FilmedPerson.of("sample3.jpg", new Rectangle(1079, 192, 222, 310));
  private Browser browser = new Browser(0);

  @BeforeEach
  void aBrowser() {
    browser = new Browser(port).with("Accept-Language", "en");
  }

  private Reply toTheFace(String name) {
    Reply begun = browser.json("/facelock/api/login", Map.of("username", name));
    return browser.json(
        ADVANCE,
        Map.of(
            "transaction", begun.text("/transaction"), "factor", "password", "secret", PASSWORD));
  }

  private void enrol(String name) {
    SubjectId subject = SubjectId.of(name);
    enrolment.register(subject);
    enrolment.setPassword(subject, Secret.of(PASSWORD));
    enrolment.setEmail(subject, Secret.of(name + "@example.org"));
  }

  private static LivenessChallenge challenge(Reply reply) {
    Map<String, String> parameters = new HashMap<>();
    JsonNode given = reply.json().at("/step/prompts/0/parameters");
    given.propertyNames().forEach(name -> parameters.put(name, given.get(name).asString()));
    return LivenessChallenge.in(parameters).orElseThrow();
  }

  private Reply send(Reply asked, Capture clip) {
    return browser.multipart(
        ADVANCE,
        Map.of(
            "transaction",
            asked.text("/transaction"),
            "factor",
            "face",
            "times",
            FilmedPerson.times(clip)),
        FilmedPerson.files(clip));
  }

  @Test
  void passwordThenFaceThenMailedCode() {
    enrol("anna");
    enrolment.enrolFace(
        SubjectId.of("anna"),
        Capture.ofImages(List.of(atEnrolment.jpeg())),
        Consent.to("face-notice-1"));
    Reply asked = toTheFace("anna");
    assertThat(asked.text("/step/prompts/0/parameters/liveness")).isEqualTo("active");
    assertThat(asked.text("/step/prompts/0/parameters/actions")).contains(",");

    Reply advice =
        browser.multipart(
            "/facelock/api/guidance",
            Map.of("action", "hold-still".getBytes(StandardCharsets.UTF_8)),
            List.of(atEnrolment.jpeg()),
            browser.csrf());
    assertThat(advice.status()).isEqualTo(200);
    assertThat(advice.text("/guidance/code")).isNotBlank();
    assertThat(advice.text("/guidance/text")).isNotBlank();

    // A person tries again too.
    Reply at = asked;
    for (int i = 0; i < 3 && at.text("/step/prompts/0/factor").equals("face"); i++) {
      Capture clip = atEnrolment.film(challenge(at));
      // A clip that took longer than there was time for is none.
      clock.advance(Duration.ofSeconds(13));
      at = send(at, clip);
      assertThat(at.status()).as(at.body()).isEqualTo(200);
    }
    assertThat(at.text("/step/prompts/0/factor")).as(at.body()).isEqualTo("email-code");
    Reply granted =
        browser.json(
            ADVANCE,
            Map.of(
                "transaction",
                at.text("/transaction"),
                "factor",
                "email-code",
                "secret",
                mailbox.awaitCode("anna@example.org")));
    assertThat(granted.text("/status")).isEqualTo("granted");
    assertThat(granted.json().at("/factors")).hasSize(3);
  }

  @Test
  void aClipOfNothingIsNotAcquiredAndTheNextChallengeComesWithIt() {
    enrol("bea");
    Reply asked = toTheFace("bea");
    Reply unclear =
        browser.multipart(
            ADVANCE,
            Map.of(
                "transaction", asked.text("/transaction"),
                "factor", "face",
                "times", List.of(0, 100, 200)),
            Collections.nCopies(3, new byte[] {1, 2, 3}));
    assertThat(unclear.status()).isEqualTo(200);
    assertThat(unclear.text("/step/feedback/kind")).isEqualTo("not-acquired");
    assertThat(unclear.text("/step/feedback/guidance/text")).isNotBlank();
    assertThat(unclear.text("/transaction")).isNotEqualTo(asked.text("/transaction"));
  }

  @Test
  void whoCannotTurnIsAskedForSomethingElse() {
    enrol("cleo");
    Reply asked = toTheFace("cleo");
    Reply other =
        browser.json(
            "/facelock/api/login/repeat",
            Map.of(
                "transaction",
                asked.text("/transaction"),
                "needs",
                List.of("no-turning", "no-colours", "no-such-need")));
    assertThat(other.text("/step/prompts/0/parameters/actions")).doesNotContain("turn-");
    assertThat(other.json().at("/step/prompts/0/parameters").has("colours")).isFalse();
  }

  @Test
  void uploadsBeyondTheBoundsAreRefusedAndTheLoginGoesOn() {
    enrol("dora");
    Reply asked = toTheFace("dora");
    Map<String, Object> request =
        Map.of("transaction", asked.text("/transaction"), "factor", "face", "times", List.of(0));
    Reply largeFrame = browser.multipart(ADVANCE, request, List.of(new byte[300_000]));
    assertThat(largeFrame.status()).isEqualTo(413);
    assertThat(largeFrame.text("/type")).isEqualTo("urn:facelock:problem:too-large");
    Reply many = browser.multipart(ADVANCE, request, Collections.nCopies(160, new byte[10]));
    assertThat(many.status()).isEqualTo(413);
    Reply largeRequest =
        browser.multipart(ADVANCE, request, Collections.nCopies(40, new byte[190_000]));
    assertThat(largeRequest.status()).isEqualTo(413);
    Reply timesMissing = browser.multipart(ADVANCE, request, Collections.nCopies(2, new byte[10]));
    assertThat(timesMissing.status()).isEqualTo(400);
    Reply another = browser.json(ADVANCE, Map.of("transaction", "x", "factor", "face"));
    assertThat(another.status()).isEqualTo(400);
    Reply goesOn = browser.multipart(ADVANCE, request, List.of(new byte[10]));
    assertThat(goesOn.status()).isEqualTo(200);
  }

  @Test
  void nobodyUploadsWhoHasNoLoginUnderWay() {
    Reply stranger =
        browser.multipart(
            ADVANCE,
            Map.of("transaction", "x".repeat(43), "factor", "face", "times", List.of(0)),
            List.of(new byte[10]));
    assertThat(stranger.status()).isEqualTo(401);
    Reply advice =
        browser.multipart("/facelock/api/guidance", Map.of(), List.of(new byte[9]), browser.csrf());
    assertThat(advice.status()).isEqualTo(401);
  }

  @Test
  void anUploadThatTricklesIsBrokenOff() throws IOException {
    enrol("emma");
    toTheFace("emma");
    String csrf = browser.csrf();
    try (Socket socket = new Socket("localhost", port)) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST "
                  + ADVANCE
                  + " HTTP/1.1\r\nHost: localhost\r\nX-CSRF-TOKEN: "
                  + csrf
                  + "\r\nCookie: JSESSIONID="
                  + browser.session().orElseThrow()
                  + "\r\nContent-Type: multipart/form-data; boundary=b\r\n"
                  + "Content-Length: 100000\r\n\r\n--b\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      InputStream in = socket.getInputStream();
      StringBuilder answer = new StringBuilder();
      // Whatever arrives after its time is over: the clock is the application's.
      for (int i = 0; i < 90_000 && in.available() == 0; i++) {
        clock.advance(Duration.ofSeconds(1));
        out.write('x');
        out.flush();
        // Slower than the server, which may only now begin to read.
        LockSupport.parkNanos(1_000_000);
      }
      int read;
      while (!answer.toString().contains("\r\n\r\n") && (read = in.read()) >= 0) {
        answer.append((char) read);
      }
      assertThat(answer.toString()).startsWith("HTTP/1.1 408");
    }
  }

  @Test
  void thePageOfTheFaceStepCarriesTheChallengeForTheComponent() {
    enrol("fay");
    Reply page =
        browser.submit(
            browser.get("/facelock/login"), "/facelock/login", Map.of("username", "fay"));
    page = browser.submit(page, "/facelock/login/step", Map.of("secret", PASSWORD));
    assertThat(page.body())
        .contains("<facelock-capture data-challenge=\"{&quot;", "/assets/step.js", "data-next=")
        .contains("data-transaction=\"", "data-factor=\"face\"", "<noscript>")
        .doesNotContain("style=");
  }
}
