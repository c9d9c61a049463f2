package io.github.facelock.spring.web.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.spring.web.Browser;
import io.github.facelock.spring.web.Browser.Reply;
import io.github.facelock.spring.web.CodesApplication;
import io.github.facelock.spring.web.CodesApplication.People;
import io.github.facelock.spring.web.page.Pages;
import io.github.facelock.test.InMemoryMailbox;
import io.github.facelock.test.MutableClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The login by pages, without script, and what is done to it. */
@SpringBootTest(
    classes = CodesApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "server.forward-headers-strategy=native",
      "facelock.web.policies=mail",
      "facelock.web.rates.begin=40"
    })
class LoginPagesTest {

  private static final String LOGIN = "/facelock/login";
  private static final String STEP = "/facelock/login/step";
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
    source = "198.51.100." + number;
    name = people.enrol("reader-" + number);
  }

  private Browser browser() {
    return new Browser(port).with("X-Forwarded-For", source).with("Accept-Language", "en");
  }

  private Reply begin(Browser browser, String username) {
    return browser.submit(browser.get(LOGIN), LOGIN, Map.of("username", username));
  }

  private Reply password(Browser browser) {
    return browser.submit(begin(browser, name), STEP, Map.of("secret", People.PASSWORD));
  }

  @Test
  void formsAloneLeadFromThePageThatWasAskedForToItself() {
    Browser browser = browser();
    Reply login = browser.open("/orders");
    assertThat(login.body()).contains("<h1>Log in</h1>", "autocomplete=\"username\"");
    Reply password = browser.submit(login, LOGIN, Map.of("username", name));
    assertThat(password.body()).contains("Enter your password", "current-password", name);
    Reply code = browser.submit(password, STEP, Map.of("secret", People.PASSWORD));
    assertThat(code.body()).contains("one-time-code", "Send a code by e-mail");
    String typed = people.code(name);
    Reply in =
        browser.submit(
            code, STEP, Map.of("secret", typed.substring(0, 3) + " " + typed.substring(3)));
    assertThat(in.body()).isEqualTo("orders");
  }

  @Test
  void everyPageForbidsForeignAndInlineCodeFramesAndCaches() {
    Browser browser = browser();
    for (Reply page :
        new Reply[] {
          browser.get(LOGIN),
          begin(browser, name),
          browser.get("/facelock/login/denied"),
          browser.get("/facelock/login?out")
        }) {
      assertThat(page.status()).isEqualTo(200);
      assertThat(page.header("Content-Security-Policy")).isEqualTo(Pages.CONTENT_SECURITY_POLICY);
      assertThat(Pages.CONTENT_SECURITY_POLICY).doesNotContain("unsafe");
      assertThat(page.header("X-Frame-Options")).isEqualTo("DENY");
      assertThat(page.header("Cache-Control")).contains("no-store");
      assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(page.body())
          .doesNotContainPattern("(?i)<script(?![^>]*\\ssrc=)")
          .doesNotContainPattern("(?i)<style")
          .doesNotContainPattern("(?i)\\sstyle=")
          .doesNotContainPattern("(?i)\\son[a-z]+=")
          .doesNotContainPattern("https?://");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' autofocus onfocus='alert(1)",
        "{{base}}{{{csrf}}}",
        "</strong><h1>x"
      })
  void aNameIsTextWhateverItHolds(String evil) {
    Browser browser = browser();
    Reply page = begin(browser, evil);
    assertThat(page.body())
        .contains("Enter your password")
        .doesNotContain("<script>alert", "<img src=x", "onfocus='alert", "</strong><h1>x");
    assertThat(page.body()).contains(evil.contains("{{") ? "{{{csrf}}}" : "&");
  }

  @Test
  void aWrongAnswerIsSaidAtItsFieldAndInTheTitle() {
    Browser browser = browser();
    Reply page = browser.submit(begin(browser, name), STEP, Map.of("secret", "wrong"));
    assertThat(page.body())
        .contains("<title>Error: Enter your password", "role=\"alert\" id=\"error\"")
        .contains("aria-invalid=\"true\"")
        .contains("That did not match")
        .doesNotContain("value=\"wrong\"");
  }

  @Test
  void anUnknownPersonSeesWhatAKnownOneSees() {
    Browser browser = browser();
    Reply known = begin(browser, name);
    Reply unknown = begin(browser, "nobody-here");
    assertThat(shape(unknown, "nobody-here")).isEqualTo(shape(known, name));
    known = browser.submit(known, STEP, Map.of("secret", "wrong"));
    unknown = browser.submit(unknown, STEP, Map.of("secret", "wrong"));
    assertThat(shape(unknown, "nobody-here")).isEqualTo(shape(known, name));
  }

  private static String shape(Reply reply, String name) {
    return reply.status()
        + reply
            .body()
            .replace(name, "NAME")
            .replaceAll("(value|content)=\"[A-Za-z0-9_=-]{20,}\"", "$1")
            .replaceAll("t=[A-Za-z0-9_-]{22}", "t");
  }

  @Test
  void loadingAPageAgainSendsNothing() {
    Browser browser = browser();
    Reply code = password(browser);
    Map<String, String> choice = code.form("/facelock/login/choose");
    Reply sent = browser.follow(browser.post("/facelock/login/choose", choice));
    mailbox.awaitCode(People.mail(name));
    String address = sent.from().getPath() + "?" + sent.from().getQuery();
    for (int i = 0; i < 3; i++) {
      assertThat(browser.get(address).body()).contains("code from the e-mail");
    }
    assertThat(mailbox.received().stream().filter(m -> m.destination().equals(People.mail(name))))
        .hasSize(1);
  }

  @Test
  void aCodeByMailLogsInAndTheAppIsOneLinkAway() {
    Browser browser = browser();
    Reply code = password(browser);
    Reply sent =
        browser.follow(browser.post("/facelock/login/choose", code.form("/facelock/login/choose")));
    assertThat(sent.body()).contains("Use the authenticator app", "Send the code again");
    String back = sent.body().replaceAll("(?s).*href=\"([^\"]*/step\\?[^\"]*)\".*", "$1");
    assertThat(browser.get(back.replace("&amp;", "&").replace("&#x3D;", "=")).body())
        .contains("Enter the code from your app");
    Reply in = browser.submit(sent, STEP, Map.of("secret", mailbox.awaitCode(People.mail(name))));
    assertThat(in.body()).startsWith(name).contains("FACTOR_EMAIL_CODE");
  }

  @Test
  void theBackButtonShowsAndAnswersTheStepThatIsDue() {
    Browser browser = browser();
    Reply password = begin(browser, name);
    Reply code = browser.submit(password, STEP, Map.of("secret", People.PASSWORD));
    assertThat(code.body()).contains("code from your app");
    // The old page is sent once more: at once, and when its first answer is forgotten.
    Reply again = browser.submit(password, STEP, Map.of("secret", People.PASSWORD));
    assertThat(again.body()).contains("code from your app");
    clock.advance(Duration.ofSeconds(15));
    Reply late = browser.submit(password, STEP, Map.of("secret", "something else"));
    assertThat(late.body()).contains("code from your app").doesNotContain("did not match");
    Reply in = browser.submit(late, STEP, Map.of("secret", people.code(name)));
    assertThat(in.body()).startsWith(name);
    // And back after the grant leads on.
    String address = code.from().getPath() + "?" + code.from().getQuery();
    assertThat(browser.open(address).body()).startsWith(name);
  }

  @Test
  void twoTabsAreTwoLogins() {
    Browser browser = browser();
    String other = people.enrol("other-of-" + name);
    Reply one = begin(browser, name);
    Reply two = begin(browser, other);
    two = browser.submit(two, STEP, Map.of("secret", People.PASSWORD));
    one = browser.submit(one, STEP, Map.of("secret", People.PASSWORD));
    assertThat(one.body()).contains("<strong>" + name + "</strong>");
    assertThat(two.body()).contains("<strong>" + other + "</strong>");
    Reply in = browser.submit(two, STEP, Map.of("secret", people.code(other)));
    assertThat(in.body()).startsWith(other + " ");
  }

  @Test
  void anotherSessionsPageShowsNothing() {
    Browser victim = browser();
    Reply code = password(victim);
    Browser thief = browser();
    begin(thief, "somebody");
    String address = code.from().getPath() + "?" + code.from().getQuery();
    assertThat(thief.get(address).header("Location")).endsWith(LOGIN);
    Map<String, String> stolen = new HashMap<>(code.form(STEP));
    stolen.put("_csrf", thief.get(LOGIN).form(LOGIN).get("_csrf"));
    stolen.put("secret", people.code(name));
    assertThat(thief.follow(thief.post(STEP, stolen)).body()).contains("You are not logged in");
    assertThat(thief.get("/").status()).isEqualTo(302);
  }

  @Test
  void aFormWithoutTheTokenIsRefused() {
    Browser browser = browser();
    Map<String, String> form = new HashMap<>(begin(browser, name).form(STEP));
    form.put("secret", People.PASSWORD);
    form.remove("_csrf");
    assertThat(browser.post(STEP, form).status()).isEqualTo(403);
    assertThat(browser.post(LOGIN, Map.of("username", name)).status()).isEqualTo(403);
  }

  @Test
  void whatTookTooLongOrFailedTooOftenIsSaidAndCanBeBegunAgain() {
    Browser browser = browser();
    Reply code = password(browser);
    clock.advance(Duration.ofMinutes(11));
    Reply late = browser.submit(code, STEP, Map.of("secret", people.code(name)));
    assertThat(late.body()).contains("This login is over", "href=\"/facelock/login\"");
    Reply at = begin(browser, name);
    for (int i = 0; i < 3; i++) {
      at = browser.submit(at, STEP, Map.of("secret", "wrong " + i));
    }
    assertThat(at.body()).contains("The answers did not match");
  }

  @Test
  void cancellingEndsTheLogin() {
    Browser browser = browser();
    Reply code = password(browser);
    Reply out =
        browser.follow(browser.post("/facelock/login/cancel", code.form("/facelock/login/cancel")));
    assertThat(out.body()).contains("<h1>Log in</h1>");
    Reply late = browser.submit(code, STEP, Map.of("secret", people.code(name)));
    assertThat(late.body()).contains("You are not logged in");
  }

  @Test
  void nobodyIsLedToAnotherHost() {
    Browser browser = browser();
    browser.get("/facelock/login?continue=https://evil.example&redirect=//evil.example");
    Reply code = password(browser);
    Map<String, String> form = new HashMap<>(code.form(STEP));
    form.put("secret", people.code(name));
    form.put("redirect", "//evil.example");
    Reply to = browser.post(STEP, form);
    assertThat(to.header("Location")).startsWith("/facelock/login/step?t=");
    String second = browser.get(to.header("Location")).header("Location");
    assertThat(second).isEqualTo("/");
    assertThat(Targets.path("//evil.example/x")).contains("/x");
    assertThat(Targets.path("https://evil.example//x")).isEmpty();
    assertThat(Targets.path("/\\evil.example")).isEmpty();
    assertThat(Targets.path("javascript:alert(1)")).isEmpty();
    assertThat(Targets.path("https://evil.example/orders?a=b")).contains("/orders?a=b");
  }

  @ParameterizedTest
  @CsvSource({
    "en,Log in,Enter your password",
    "es-MX,Iniciar sesión,Escriba su contraseña",
    "de-AT,Anmelden,Geben Sie Ihr Passwort ein",
    "hi,लॉग इन करें,अपना पासवर्ड लिखें",
    "bn,লগ ইন করুন,আপনার পাসওয়ার্ড লিখুন",
    "'fr,de;q=0.5',Anmelden,Geben Sie Ihr Passwort ein",
    "fr,Log in,Enter your password"
  })
  void pagesSpeakThePersonsLanguage(String accepted, String heading, String asked) {
    Browser browser =
        new Browser(port).with("X-Forwarded-For", source).with("Accept-Language", accepted);
    Reply login = browser.get(LOGIN);
    assertThat(login.body()).contains("<h1>" + heading + "</h1>");
    assertThat(begin(browser, name).body()).contains(asked);
  }

  @Test
  void aStepUpBeginsWithAButtonAndAddsAFactor() {
    Browser browser = browser();
    Reply code = password(browser);
    Reply sent =
        browser.follow(browser.post("/facelock/login/choose", code.form("/facelock/login/choose")));
    browser.submit(sent, STEP, Map.of("secret", mailbox.awaitCode(People.mail(name))));
    Reply confirm = browser.get("/facelock/login/step-up?policy=confirm");
    assertThat(confirm.body()).contains("Confirm that it is you");
    Reply asked = browser.submit(confirm, "/facelock/login/step-up", Map.of());
    // The password is fresh enough.
    assertThat(asked.body()).contains("code from your app");
    Reply in = browser.submit(asked, STEP, Map.of("secret", people.code(name)));
    assertThat(in.body())
        .isEqualTo(name + " [FACTOR_EMAIL_CODE, FACTOR_PASSWORD, FACTOR_TOTP, ROLE_USER]");
  }
}
