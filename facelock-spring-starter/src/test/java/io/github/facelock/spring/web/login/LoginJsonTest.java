package io.github.facelock.spring.web.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.spring.web.Browser;
import io.github.facelock.spring.web.Browser.Reply;
import io.github.facelock.spring.web.CodesApplication;
import io.github.facelock.spring.web.CodesApplication.People;
import io.github.facelock.test.InMemoryMailbox;
import io.github.facelock.test.MutableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The login by JSON, and what is done to it. */
@SpringBootTest(
    classes = CodesApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "server.forward-headers-strategy=native",
      "facelock.web.policies=mail",
      "facelock.web.rates.begin=40"
    })
class LoginJsonTest {

  private static final String LOGIN = "/facelock/api/login";
  private static final String ADVANCE = "/facelock/api/login/advance";
  private static final AtomicInteger NEXT = new AtomicInteger();

  @LocalServerPort int port;
  @Autowired People people;
  @Autowired MutableClock clock;
  @Autowired InMemoryMailbox mailbox;

  private String source = "";
  private String name = "";

  @BeforeEach
  void somebodyFromSomewhere() {
    int number = NEXT.incrementAndGet();
    source = "203.0.113." + number;
    name = people.enrol("person-" + number);
  }

  private Browser browser() {
    return new Browser(port).with("X-Forwarded-For", source).with("Accept-Language", "en");
  }

  private static Map<String, Object> answer(Reply challenge, String factor, String secret) {
    return Map.of(
        "transaction", challenge.text("/transaction"), "factor", factor, "secret", secret);
  }

  private Reply password(Browser browser) {
    Reply begun = browser.json(LOGIN, Map.of("username", name));
    return browser.json(ADVANCE, answer(begun, "password", People.PASSWORD));
  }

  private Reply logIn(Browser browser) {
    clock.advance(Duration.ofSeconds(30));
    return browser.json(ADVANCE, answer(password(browser), "totp", people.code(name)));
  }

  @Test
  void aPasswordAndACodeLogIn() {
    Browser browser = browser();
    Reply begun = browser.json(LOGIN, Map.of("username", name));
    assertThat(begun.status()).isEqualTo(200);
    assertThat(begun.header("Cache-Control")).isEqualTo("no-store");
    assertThat(begun.text("/status")).isEqualTo("challenge");
    assertThat(begun.text("/step/prompts/0/factor")).isEqualTo("password");
    assertThat(begun.text("/step/prompts/0/label")).isEqualTo("Password");
    assertThat(begun.text("/step/feedback/kind")).isEqualTo("none");
    assertThat(browser.get("/").header("Location")).endsWith("/facelock/login");

    Reply second = browser.json(ADVANCE, answer(begun, "password", People.PASSWORD));
    assertThat(second.json().at("/step/number").asInt()).isEqualTo(2);
    assertThat(browser.get("/").status()).isEqualTo(302);

    Reply granted = browser.json(ADVANCE, answer(second, "totp", people.code(name)));
    assertThat(granted.text("/status")).isEqualTo("granted");
    assertThat(granted.text("/subject")).isEqualTo(name);
    assertThat(granted.text("/level")).isEqualTo("AAL2");
    assertThat(granted.json().at("/factors")).hasSize(2);
    assertThat(granted.json().has("proof")).isFalse();
    assertThat(granted.text("/redirect")).isEqualTo("/");
    assertThat(browser.get("/").body())
        .isEqualTo(name + " [FACTOR_PASSWORD, FACTOR_TOTP, ROLE_USER]");
  }

  @Test
  void aWrongAnswerIsAskedAgainAndTheThirdIsDenied() {
    Browser browser = browser();
    Reply at = browser.json(LOGIN, Map.of("username", name));
    for (int i = 0; i < 2; i++) {
      at = browser.json(ADVANCE, answer(at, "password", "wrong " + i));
      assertThat(at.text("/step/feedback/kind")).isEqualTo("not-verified");
    }
    Reply denied = browser.json(ADVANCE, answer(at, "password", "wrong again"));
    assertThat(denied.status()).isEqualTo(401);
    assertThat(denied.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(denied.text("/type")).isEqualTo("urn:facelock:problem:denied");
    assertThat(denied.text("/reason")).isEqualTo("not-verified");
    assertThat(denied.header("Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void anUnknownPersonIsAnsweredAsAKnownOne() {
    Browser browser = browser();
    Reply known = browser.json(LOGIN, Map.of("username", name));
    Reply unknown = browser.json(LOGIN, Map.of("username", "nobody-of-this-name"));
    assertThat(shape(unknown)).isEqualTo(shape(known));
    Reply knownWrong = browser.json(ADVANCE, answer(known, "password", "wrong"));
    Reply unknownWrong = browser.json(ADVANCE, answer(unknown, "password", "wrong"));
    assertThat(shape(unknownWrong)).isEqualTo(shape(knownWrong));
  }

  /** All that is told, without what is random. */
  private static String shape(Reply reply) {
    return reply.status()
        + reply.body().replaceAll("\"transaction\":\"[^\"]+\"", "")
        + reply.headers().keySet();
  }

  @Test
  void aMailedCodeIsSentWhenChosenAndOnlyOnceForAReload() {
    Browser browser = browser();
    Reply second = password(browser);
    assertThat(second.json().at("/step/prompts/1/started").asBoolean()).isFalse();
    Map<String, Object> choice =
        Map.of("transaction", second.text("/transaction"), "factor", "email-code", "choice", true);
    Reply chosen = browser.json(ADVANCE, choice);
    String code = mailbox.awaitCode(People.mail(name));
    assertThat(shape(browser.json(ADVANCE, choice))).isEqualTo(shape(chosen));
    Reply granted = browser.json(ADVANCE, answer(chosen, "email-code", code));
    assertThat(granted.text("/status")).isEqualTo("granted");
    assertThat(mailbox.received().stream().filter(m -> m.destination().equals(People.mail(name))))
        .hasSize(1);
  }

  @Test
  void aDoubleClickIsJudgedOnceAndAnsweredTwice() {
    Browser browser = browser();
    Reply second = password(browser);
    String csrf = browser.csrf();
    Map<String, Object> code = answer(second, "totp", people.code(name));
    clock.advance(Duration.ZERO);
    List<CompletableFuture<Reply>> clicks =
        Stream.generate(
                () -> CompletableFuture.supplyAsync(() -> browser.json(ADVANCE, code, csrf)))
            .limit(2)
            .toList();
    List<Reply> replies = clicks.stream().map(CompletableFuture::join).toList();
    // One that came after the first was done has the old session's cookie, or is told the same.
    assertThat(replies).anySatisfy(r -> assertThat(r.text("/status")).isEqualTo("granted"));
    assertThat(replies).allSatisfy(r -> assertThat(r.text("/reason")).isNotEqualTo("not-verified"));
  }

  @Test
  void theSameAnswerTwiceWithinTenSecondsIsToldTheFirstsOutcomeAndLaterThatItIsSpent() {
    Browser browser = browser();
    Reply begun = browser.json(LOGIN, Map.of("username", name));
    Map<String, Object> password = answer(begun, "password", People.PASSWORD);
    Reply first = browser.json(ADVANCE, password);
    Reply again = browser.json(ADVANCE, password);
    assertThat(again.body()).isEqualTo(first.body());
    clock.advance(Duration.ofSeconds(11));
    Reply late = browser.json(ADVANCE, password);
    assertThat(late.status()).isEqualTo(401);
    assertThat(late.text("/reason")).isEqualTo("expired");
    Reply goesOn = browser.json(ADVANCE, answer(first, "totp", people.code(name)));
    assertThat(goesOn.text("/status")).isEqualTo("granted");
  }

  @Test
  void aHandleWorksOnlyInTheSessionThatBeganIt() {
    Browser victim = browser();
    Reply second = password(victim);
    Browser thief = browser();
    Map<String, Object> stolen = answer(second, "totp", people.code(name));
    Reply refused = thief.json(ADVANCE, stolen);
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.text("/reason")).isEqualTo("expired");
    // Also one that has logins of its own; and the victim is not disturbed.
    thief.json(LOGIN, Map.of("username", "somebody-else"));
    assertThat(thief.json(ADVANCE, stolen).text("/reason")).isEqualTo("expired");
    thief.json("/facelock/api/login/cancel", Map.of("transaction", second.text("/transaction")));
    assertThat(victim.json(ADVANCE, stolen).text("/status")).isEqualTo("granted");
  }

  @Test
  void aGrantedHandlesReplayByAnotherSessionGetsNothing() {
    Browser victim = browser();
    clock.advance(Duration.ofSeconds(30));
    Reply second = password(victim);
    Map<String, Object> code = answer(second, "totp", people.code(name));
    assertThat(victim.json(ADVANCE, code).text("/status")).isEqualTo("granted");
    Browser thief = browser();
    thief.json(LOGIN, Map.of("username", "somebody-else"));
    assertThat(thief.json(ADVANCE, code).status()).isEqualTo(401);
  }

  @Test
  void theSessionIdChangesAtTheGrantSoThatAPlantedOneIsWorthNothing() {
    Browser attacker = browser();
    attacker.csrf();
    String planted = attacker.session().orElseThrow();
    Browser victim = browser();
    victim.setSession(planted);
    assertThat(logIn(victim).text("/status")).isEqualTo("granted");
    assertThat(victim.session().orElseThrow()).isNotEqualTo(planted);
    assertThat(attacker.get("/").header("Location")).endsWith("/facelock/login");
  }

  @Test
  void parallelLoginsOfOneSessionDoNotDisturbEachOther() {
    Browser browser = browser();
    Reply one = browser.json(LOGIN, Map.of("username", name));
    Reply other = browser.json(LOGIN, Map.of("username", name));
    Reply otherSecond = browser.json(ADVANCE, answer(other, "password", People.PASSWORD));
    Reply oneSecond = browser.json(ADVANCE, answer(one, "password", "wrong"));
    assertThat(otherSecond.json().at("/step/number").asInt()).isEqualTo(2);
    assertThat(oneSecond.json().at("/step/number").asInt()).isEqualTo(1);
    assertThat(
            browser.json(ADVANCE, answer(otherSecond, "totp", people.code(name))).text("/status"))
        .isEqualTo("granted");
  }

  @Test
  void anotherTabCannotSkipTheCode() {
    Browser browser = browser();
    password(browser);
    Reply fresh = browser.json(LOGIN, Map.of("username", name));
    assertThat(fresh.json().at("/step/number").asInt()).isEqualTo(1);
    Reply skipped = browser.json(ADVANCE, answer(fresh, "totp", people.code(name)));
    assertThat(skipped.status()).isEqualTo(401);
    assertThat(skipped.text("/reason")).isEqualTo("mismatched-response");
    assertThat(browser.get("/").status()).isEqualTo(302);
  }

  @Test
  void anExpiredTransactionIsDenied() {
    Browser browser = browser();
    Reply second = password(browser);
    clock.advance(Duration.ofMinutes(11));
    Reply late = browser.json(ADVANCE, answer(second, "totp", people.code(name)));
    assertThat(late.status()).isEqualTo(401);
    assertThat(late.text("/reason")).isEqualTo("expired");
  }

  @Test
  void aCancelledLoginDoesNotGoOn() {
    Browser browser = browser();
    Reply second = password(browser);
    Reply cancelled =
        browser.json(
            "/facelock/api/login/cancel", Map.of("transaction", second.text("/transaction")));
    assertThat(cancelled.status()).isEqualTo(204);
    assertThat(browser.json(ADVANCE, answer(second, "totp", people.code(name))).text("/reason"))
        .isEqualTo("expired");
  }

  @Test
  void repeatingGivesANewHandleForTheSameStep() {
    Browser browser = browser();
    Reply second = password(browser);
    Reply anew =
        browser.json(
            "/facelock/api/login/repeat", Map.of("transaction", second.text("/transaction")));
    assertThat(anew.json().at("/step/number").asInt()).isEqualTo(2);
    assertThat(anew.text("/transaction")).isNotEqualTo(second.text("/transaction"));
    assertThat(browser.json(ADVANCE, answer(second, "totp", people.code(name))).text("/reason"))
        .isEqualTo("expired");
    assertThat(browser.json(ADVANCE, answer(anew, "totp", people.code(name))).text("/status"))
        .isEqualTo("granted");
  }

  @Test
  void nothingThatAClientAddsMakesItSomebodyElse() {
    Browser browser = browser();
    Reply begun =
        browser.json(
            LOGIN,
            Map.of(
                "username", name, "subject", "admin", "roles", List.of("ADMIN"), "stepUp", true));
    Reply second =
        browser.json(
            ADVANCE,
            Map.of(
                "transaction",
                begun.text("/transaction"),
                "factor",
                "password",
                "secret",
                People.PASSWORD,
                "subject",
                "admin",
                "satisfied",
                List.of("password", "totp")));
    assertThat(second.text("/status")).isEqualTo("challenge");
    Reply granted = browser.json(ADVANCE, answer(second, "totp", people.code(name)));
    assertThat(granted.text("/subject")).isEqualTo(name);
    assertThat(browser.get("/").body()).doesNotContain("ROLE_ADMIN");
  }

  @Test
  void aLoginMayNotChooseAnEasierPolicyThanTheConfiguredOnes() {
    Browser browser = browser();
    Reply refused = browser.json(LOGIN, Map.of("username", name, "policy", "confirm"));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("/type")).isEqualTo("urn:facelock:problem:unknown-policy");
    assertThat(refused.body()).doesNotContain("mail");
    Reply allowed = browser.json(LOGIN, Map.of("username", name, "policy", "mail"));
    Reply second = browser.json(ADVANCE, answer(allowed, "password", People.PASSWORD));
    assertThat(second.json().at("/step/prompts")).hasSize(1);
  }

  @Test
  void withoutTheTokenNothingIsDone() {
    Browser browser = browser();
    browser.csrf();
    for (String path : List.of(LOGIN, ADVANCE, "/facelock/api/login/cancel")) {
      Reply refused = browser.json(path, Map.of("username", name), "forged");
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.text("/type")).isEqualTo("urn:facelock:problem:csrf");
    }
  }

  @Test
  void whatIsMalformedIsAProblemThatRepeatsNothing() {
    Browser browser = browser();
    for (Object body :
        List.of(
            Map.of(),
            Map.of("username", ""),
            Map.of("username", "x".repeat(500)),
            Map.of("username", List.of("a")),
            Map.of("username", "a\u202Eb"),
            List.of(1, 2))) {
      Reply reply = browser.json(LOGIN, body);
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.text("/type")).isEqualTo("urn:facelock:problem:malformed");
      assertThat(reply.body()).doesNotContain("xxxx").doesNotContain("Exception");
    }
    Reply begun = browser.json(LOGIN, Map.of("username", name));
    Reply unknownFactor = browser.json(ADVANCE, answer(begun, "palm", "x"));
    assertThat(unknownFactor.status()).isEqualTo(400);
    Reply longSecret = browser.json(ADVANCE, answer(begun, "password", "x".repeat(1025)));
    assertThat(longSecret.status()).isEqualTo(400);
    assertThat(browser.json(ADVANCE, answer(begun, "password", People.PASSWORD)).status())
        .isEqualTo(200);
  }

  @Test
  void oneSourceBeginsOnlySoManyLoginsInAMinute() {
    Browser browser = browser();
    String csrf = browser.csrf();
    Reply last = browser.json(LOGIN, Map.of("username", name), csrf);
    int begun = 1;
    while (last.status() == 200 && begun < 100) {
      last = browser.json(LOGIN, Map.of("username", "other-" + begun), csrf);
      begun++;
    }
    assertThat(begun).isEqualTo(41);
    assertThat(last.status()).isEqualTo(429);
    assertThat(last.text("/type")).isEqualTo("urn:facelock:problem:too-many-requests");
    assertThat(Integer.parseInt(last.header("Retry-After"))).isBetween(1, 60);
    clock.advance(Duration.ofMinutes(1));
    assertThat(browser.json(LOGIN, Map.of("username", name), csrf).status()).isEqualTo(200);
  }

  @Test
  void aSessionKeepsOnlySoManyOpenLogins() {
    Browser browser = browser();
    String csrf = browser.csrf();
    Reply first = browser.json(LOGIN, Map.of("username", name), csrf);
    for (int i = 0; i < OpenLogins.MOST; i++) {
      clock.advance(Duration.ofSeconds(2));
      browser.json(LOGIN, Map.of("username", name), csrf);
    }
    assertThat(browser.json(ADVANCE, answer(first, "password", People.PASSWORD)).text("/reason"))
        .isEqualTo("expired");
  }

  @Test
  void theLoginLeadsToThePageThatItWasAskedFor() {
    Browser browser = browser();
    browser.get("/orders?of=today");
    assertThat(logIn(browser).text("/redirect")).isEqualTo("/orders?of=today");
    assertThat(browser.get("/orders").body()).isEqualTo("orders");
  }

  @Test
  void aForgedHostDoesNotLeadAway() {
    Browser browser = browser().with("X-Forwarded-Host", "evil.example");
    browser.get("/orders");
    assertThat(logIn(browser).text("/redirect")).isEqualTo("/orders");
  }

  @Test
  void loggingOutEndsTheSession() {
    Browser browser = browser();
    assertThat(logIn(browser).text("/status")).isEqualTo("granted");
    Reply page = browser.get("/facelock/logout");
    Reply out = browser.post("/facelock/logout", page.form("/facelock/logout"));
    assertThat(out.header("Location")).endsWith("/facelock/login?out");
    assertThat(browser.get("/").status()).isEqualTo(302);
  }
}
