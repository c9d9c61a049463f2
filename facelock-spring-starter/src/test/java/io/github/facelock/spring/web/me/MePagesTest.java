package io.github.facelock.spring.web.me;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrlPattern;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.TotpParameters;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/** The pages, read as a browser without script reads them. */
class MePagesTest extends Account {

  private static final List<String> PAGES =
      List.of(
          "",
          "/face",
          "/totp",
          "/recovery-codes",
          "/devices",
          "/password",
          "/pin",
          "/email",
          "/phone",
          "/account");

  private String page(String path, RequestPostProcessor login) throws Exception {
    return body(mvc.perform(get("/facelock/me" + path).with(login)).andReturn());
  }

  @Test
  void allPagesAreWholeStrictAndNotKept() throws Exception {
    SubjectId anna = somebody();
    faceLock.enrolment().beginTotp(anna, TotpParameters.COMPATIBLE, "Phone");
    for (String path : PAGES) {
      MvcResult result =
          mvc.perform(get("/facelock/me" + path).with(as(anna, FactorType.PASSWORD)))
              .andExpect(status().isOk())
              .andExpect(header().string("Cache-Control", "no-store"))
              .andExpect(header().string("X-Frame-Options", "DENY"))
              .andReturn();
      assertThat(result.getResponse().getHeader("Content-Security-Policy"))
          .contains("frame-ancestors 'none'", "script-src 'self'")
          .doesNotContain("unsafe");
      String page = body(result);
      assertThat(page).as(path).contains("<h1").doesNotContain("{{", " style=", "onclick");
      // Every form that changes something carries the token.
      assertThat(page.split("<form method=\"post\"").length)
          .as(path)
          .isEqualTo(page.split("name=\"_csrf\" value=\"[^\"]+\"").length);
    }
  }

  @Test
  void nobodyButWhoIsLoggedInSeesThem() throws Exception {
    for (String path : PAGES) {
      mvc.perform(get("/facelock/me" + path)).andExpect(redirectedUrl("/facelock/login"));
    }
  }

  @Test
  void aStaleSessionIsLedToTheStepUpBeforeTheForm() throws Exception {
    SubjectId anna = somebody();
    RequestPostProcessor stale = as(anna, FRESH_FOR, FactorType.PASSWORD);
    mvc.perform(get("/facelock/me").with(stale)).andExpect(status().isOk());
    mvc.perform(get("/facelock/me/devices").with(stale)).andExpect(status().isOk());
    for (String path : List.of("/face", "/totp", "/recovery-codes", "/password", "/account")) {
      MockHttpSession session = new MockHttpSession();
      mvc.perform(get("/facelock/me" + path).with(stale).session(session))
          .andExpect(redirectedUrlPattern("/facelock/login/step-up?policy=*"));
      assertThat(session.getAttribute("SPRING_SECURITY_SAVED_REQUEST").toString())
          .contains("/facelock/me" + path);
      MvcResult posted = send(post("/facelock/me" + path), stale);
      assertThat(posted.getResponse().getStatus()).isIn(303, 405);
      if (statusOf(posted) == 303) {
        assertThat(posted.getResponse().getRedirectedUrl())
            .startsWith("/facelock/login/step-up?policy=");
      }
    }
  }

  @Test
  void anAppIsConnectedWithoutScript() throws Exception {
    SubjectId anna = somebody();
    RequestPostProcessor login = as(anna, FactorType.PASSWORD);
    String shown = body(send(post("/facelock/me/totp").param("label", "<b>Phone</b>"), login));
    String uri =
        first("href=\"(otpauth:[^\"]+)\"", shown).replace("&#x3D;", "=").replace("&amp;", "&");
    assertThat(first("src=\"(data:image/png;base64,[^\"]+)\"", shown)).isNotEmpty();
    String id = first("name=\"id\" value=\"([^\"]+)\"", shown);

    String wrong =
        body(
            send(post("/facelock/me/totp/confirm").param("id", id).param("code", "000000"), login));
    assertThat(wrong).contains("role=\"alert\"").doesNotContain("otpauth:");
    assertThat(
            send(
                    post("/facelock/me/totp/confirm")
                        .param("id", id)
                        .param("code", Totp.code(uri, clock.instant())),
                    login)
                .getResponse()
                .getRedirectedUrl())
        .isEqualTo("/facelock/me?done=totp");
    assertThat(page("", login))
        .contains("&lt;b&gt;Phone&lt;/b&gt;")
        .doesNotContain("<b>Phone", "otpauth:");
    assertThat(
            statusOf(
                send(post("/facelock/me/totp/" + id + "/remove"), as(anna, FactorType.PASSWORD))))
        .isEqualTo(303);
    assertThat(faceLock.enrolment().devices(anna)).isEmpty();
  }

  private static String first(String pattern, String page) {
    Matcher matcher = Pattern.compile(pattern).matcher(page);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group(1);
  }

  @Test
  void recoveryCodesAreOnThePageOnce() throws Exception {
    SubjectId anna = somebody();
    RequestPostProcessor login = as(anna, FactorType.PASSWORD);
    String shown = body(send(post("/facelock/me/recovery-codes"), login));
    String code = first("<li><code>([^<]+)</code>", shown);
    assertThat(faceLock.enrolment().recoveryCodesLeft(anna)).isPositive();
    assertThat(page("/recovery-codes", login)).doesNotContain(code);
  }

  @Test
  void aPictureIsSentWithoutScript() throws Exception {
    SubjectId anna = somebody();
    RequestPostProcessor login = as(anna, FactorType.PASSWORD);
    MockMultipartFile consent =
        new MockMultipartFile("consent", "yes".getBytes(StandardCharsets.US_ASCII));
    MockMultipartFile two =
        new MockMultipartFile("picture", "me.jpg", "image/jpeg", DemoFaces.two());
    MockMultipartFile bea =
        new MockMultipartFile("picture", "me.jpg", "image/jpeg", DemoFaces.bea());

    assertThat(body(send(multipart("/facelock/me/face").file(bea), login)))
        .contains("only if you agree");
    assertThat(body(send(multipart("/facelock/me/face").file(two).file(consent), login)))
        .contains("role=\"alert\"", "<facelock-capture data-submit=\"/facelock/api/me/faces\"");
    assertThat(
            send(multipart("/facelock/me/face").file(bea).file(consent), login)
                .getResponse()
                .getRedirectedUrl())
        .isEqualTo("/facelock/me?done=face");
    String page = page("", login);
    String id = faceLock.enrolment().faceReferences(anna).get(0).id().value();
    assertThat(page).contains("/me/face/" + id + "/remove");
    assertThat(
            statusOf(
                send(post("/facelock/me/face/" + id + "/remove"), as(somebody(), FactorType.PIN))))
        .isEqualTo(404);
    assertThat(faceLock.enrolment().faceReferences(anna)).hasSize(1);
    assertThat(statusOf(send(post("/facelock/me/face/" + id + "/remove"), login))).isEqualTo(303);
    assertThat(faceLock.enrolment().faceReferences(anna)).isEmpty();
  }

  @Test
  void anAddressIsConfirmedWithoutScriptAndEscaped() throws Exception {
    SubjectId anna = somebody();
    RequestPostProcessor login = as(anna, FactorType.PASSWORD);
    MockHttpSession session = new MockHttpSession();
    String address = "\"<script>alert(1)</script>\"." + anna.value() + "@example.org";
    MvcResult asked = send(post("/facelock/me/email").param("address", address), login, session);
    String shown =
        statusOf(asked) == 303
            ? body(mvc.perform(get("/facelock/me/email").session(session).with(login)).andReturn())
            : body(asked);
    assertThat(shown).doesNotContain("<script>alert");

    String plain = anna.value() + "@example.org";
    send(post("/facelock/me/email").param("address", plain), login, session);
    assertThat(
            body(mvc.perform(get("/facelock/me/email").session(session).with(login)).andReturn()))
        .contains(plain);
    String code = mail.awaitCode(plain, Duration.ofSeconds(30));
    assertThat(
            send(post("/facelock/me/email/confirm").param("code", code), login, session)
                .getResponse()
                .getRedirectedUrl())
        .isEqualTo("/facelock/me?done=email");
    assertThat(faceLock.enrolment().enrolledFactors(anna)).contains(FactorType.EMAIL_CODE);
    assertThat(send(post("/facelock/me/email/remove"), login).getResponse().getRedirectedUrl())
        .isEqualTo("/facelock/me?done=email-removed");
  }

  @Test
  void aPasswordIsChangedWithoutScriptAndNeverWrittenIntoAPage() throws Exception {
    SubjectId anna = somebody();
    RequestPostProcessor login = as(anna, FactorType.PASSWORD);
    String next = "another long password";
    MvcResult wrong =
        send(
            post("/facelock/me/password").param("current", "my-wrong-one").param("new", next),
            login);
    assertThat(statusOf(wrong)).isEqualTo(422);
    assertThat(body(wrong)).contains("role=\"alert\"").doesNotContain("my-wrong-one", next);
    assertThat(
            send(post("/facelock/me/password").param("current", PASSWORD).param("new", next), login)
                .getResponse()
                .getRedirectedUrl())
        .isEqualTo("/facelock/me?done=password");
  }

  @Test
  void anAddressPutsNoWordsIntoAPage() throws Exception {
    SubjectId anna = somebody();
    RequestPostProcessor login = as(anna, FactorType.PASSWORD);
    for (String words : List.of("hello", "<script>", "../x", "totp%00", "")) {
      String page =
          body(
              mvc.perform(
                      get("/facelock/me").param("done", words).param("problem", words).with(login))
                  .andReturn());
      assertThat(page).doesNotContain("class=\"notice\"", "class=\"error\"", "<script>");
    }
  }

  @Test
  void leavingNeedsASignAndTwoFactors() throws Exception {
    SubjectId anna = somebody();
    RequestPostProcessor one = as(anna, FactorType.PASSWORD);
    RequestPostProcessor both = as(anna, FactorType.PASSWORD, FactorType.FACE);
    assertThat(send(post("/facelock/me/account/erase"), both).getResponse().getRedirectedUrl())
        .isEqualTo("/facelock/me/account?problem=not-sure");
    assertThat(
            send(post("/facelock/me/account/erase").param("sure", "yes"), one)
                .getResponse()
                .getRedirectedUrl())
        .startsWith("/facelock/login/step-up");
    assertThat(faceLock.enrolment().enrolledFactors(anna)).isNotEmpty();
    assertThat(body(send(post("/facelock/me/account/export"), one))).contains(anna.value());
    assertThat(
            send(post("/facelock/me/account/erase").param("sure", "yes"), both)
                .getResponse()
                .getRedirectedUrl())
        .isEqualTo("/facelock/login");
    assertThat(faceLock.enrolment().register(anna)).isTrue();
  }

  @Test
  void theLastAdministratorStays() throws Exception {
    SubjectId root = somebody();
    faceLock.administration().bootstrap(root, "local");
    assertThat(
            body(
                send(
                    post("/facelock/me/account/erase").param("sure", "yes"),
                    as(root, FactorType.PASSWORD, FactorType.FACE))))
        .contains("last administrator");
    assertThat(faceLock.enrolment().setPassword(root, Secret.of("another long password")).name())
        .isEqualTo("ACCEPTED");
  }

  @Test
  void aDevicesNameIsEscaped() throws Exception {
    SubjectId anna = somebody();
    faceLock.enrolment().beginTotp(anna, TotpParameters.COMPATIBLE, "\"><img src=x onerror=y>");
    assertThat(page("", as(anna, FactorType.PASSWORD)))
        .contains("&quot;&gt;&lt;img")
        .doesNotContain("<img src=x");
  }
}
