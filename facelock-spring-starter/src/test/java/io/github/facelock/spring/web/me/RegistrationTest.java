package io.github.facelock.spring.web.me;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.http.MediaType.APPLICATION_JSON;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.Outcome;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Response;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.Actor;
import io.github.facelock.api.admin.SubjectQuery;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.request.AbstractMockHttpServletRequestBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A free name and a taken one are answered alike, and only a free one becomes an account. */
class RegistrationTest extends Account {

  private MvcResult send(AbstractMockHttpServletRequestBuilder<?> request, MockHttpSession session)
      throws Exception {
    return mvc.perform(request.session(session).with(csrf().asHeader())).andReturn();
  }

  private MvcResult register(String username, String password, MockHttpSession session)
      throws Exception {
    return send(
        post("/facelock/register").param("username", username).param("password", password),
        session);
  }

  private static MockMultipartFile consent() {
    return new MockMultipartFile("consent", "yes".getBytes(StandardCharsets.US_ASCII));
  }

  /** All that somebody sees who registers, with a picture, an app, and mistakes. */
  private List<String> wholeWay(String username, byte[] picture) throws Exception {
    List<String> seen = new ArrayList<>();
    MockHttpSession session = new MockHttpSession();
    add(seen, register(username, "tiny1", session));
    add(seen, register(username, username + "1", session));
    add(seen, register(username, PASSWORD, session));
    add(seen, send(get("/facelock/register/face"), session));
    add(seen, send(multipart("/facelock/register/face"), session));
    MockMultipartFile file = new MockMultipartFile("picture", "me.jpg", "image/jpeg", picture);
    add(seen, send(multipart("/facelock/register/face").file(file).file(consent()), session));
    add(seen, send(multipart("/facelock/register/face").file(file).file(consent()), session));
    JsonNode app =
        JsonMapper.shared().readTree(body(send(post("/facelock/api/register/totp"), session)));
    String uri = app.get("uri").asString();
    assertThat(uri).contains(":" + username + "?").doesNotContain("registration-");
    add(
        seen,
        send(
            post("/facelock/register/totp/confirm")
                .param("id", app.get("id").asString())
                .param("code", "000000"),
            session));
    add(
        seen,
        send(
            post("/facelock/register/totp/confirm")
                .param("id", app.get("id").asString())
                .param("code", Totp.code(uri, clock.instant())),
            session));
    add(seen, send(get("/facelock/register/done"), session));
    add(seen, send(post("/facelock/register/done"), session));
    add(seen, send(get("/facelock/register/face"), session));
    return seen.stream().map(text -> text.replace(username, "NAME")).toList();
  }

  private static void add(List<String> seen, MvcResult result) throws Exception {
    seen.add(
        statusOf(result)
            + " "
            + result.getResponse().getRedirectedUrl()
            + " "
            + body(result)
                .replaceAll("(name=\"_csrf\" value=|facelock-csrf\" content=)\"[^\"]*\"", "CSRF")
                .replaceAll("totp-[0-9a-f]{32}", "APP"));
  }

  @Test
  void aTakenNameIsAnsweredLikeAFreeOne() throws Exception {
    SubjectId anna = somebody();
    String free = anna.value() + "x";
    List<String> ofTaken = wholeWay(anna.value(), DemoFaces.dora());
    List<String> ofFree = wholeWay(free, DemoFaces.dora());
    assertThat(ofTaken).isEqualTo(ofFree);
    assertThat(ofFree.get(5)).startsWith("303 /facelock/register/totp");

    // Anna's account is as it was, and the stand-in is gone.
    assertThat(faceLock.enrolment().enrolledFactors(anna)).containsExactly(FactorType.PASSWORD);
    assertThat(faceLock.enrolment().faceReferences(anna)).isEmpty();
    assertThat(faceLock.enrolment().enrolledFactors(SubjectId.of(free)))
        .containsExactlyInAnyOrder(FactorType.PASSWORD, FactorType.FACE, FactorType.TOTP);
    assertThat(standIns()).isEmpty();
    faceLock.enrolment().erase(SubjectId.of(free));
  }

  private List<String> standIns() {
    SubjectId root = SubjectId.of("registration-watcher");
    faceLock.administration().bootstrap(root, "local");
    return faceLock
        .administration()
        .list(new Actor(root, "local"), SubjectQuery.all())
        .value()
        .orElse(List.of())
        .stream()
        .map(subject -> subject.id().value())
        .filter(name -> name.matches("registration-[0-9a-f]{32}"))
        .toList();
  }

  @Test
  void nobodyIsLoggedInByRegistering() throws Exception {
    MockHttpSession session = new MockHttpSession();
    String before = session.getId();
    register("nobody-logged-in", PASSWORD, session);
    assertThat(session.getId()).isNotEqualTo(before);
    mvc.perform(get("/facelock/me").session(session)).andExpect(redirectedUrl("/facelock/login"));
    mvc.perform(get("/facelock/api/me").session(session)).andExpect(status().isUnauthorized());
    Outcome asked =
        faceLock.authenticator().begin(SubjectId.of("nobody-logged-in"), RequestContext.local());
    assertThat(
            faceLock
                .authenticator()
                .advance(
                    ((Outcome.Challenge) asked).handle(),
                    Response.password(PASSWORD),
                    RequestContext.local()))
        .isInstanceOf(Outcome.Challenge.class);
  }

  @Test
  void aRegistrationEndsAfterHalfAnHourAndInAnotherSession() throws Exception {
    MockHttpSession session = new MockHttpSession();
    register("late-comer", PASSWORD, session);
    assertThat(
            send(post("/facelock/register/totp"), new MockHttpSession())
                .getResponse()
                .getRedirectedUrl())
        .isEqualTo("/facelock/register?problem=registration-over");
    clock.advance(Duration.ofMinutes(30));
    assertThat(send(post("/facelock/register/totp"), session).getResponse().getRedirectedUrl())
        .isEqualTo("/facelock/register?problem=registration-over");
    assertThat(faceLock.enrolment().devices(SubjectId.of("late-comer"))).isEmpty();
  }

  @Test
  void registeringAsSomebodyDoesNotTouchThem() throws Exception {
    SubjectId anna = somebody();
    MockHttpSession session = new MockHttpSession();
    send(
        post("/facelock/api/register")
            .contentType(APPLICATION_JSON)
            .content(
                "{\"username\":\"%s\",\"password\":\"another long password\",\"roles\":[\"ADMIN\"]}"
                    .formatted(anna.value())),
        session);
    assertThat(
            statusOf(
                send(
                    put("/facelock/api/me/password")
                        .contentType(APPLICATION_JSON)
                        .content(
                            "{\"current\":\"%s\",\"new\":\"a third long password\"}"
                                .formatted(PASSWORD)),
                    as(anna, FactorType.PASSWORD))))
        .isEqualTo(200);
  }

  @Test
  void oddNamesAreRefusedAndEscaped() throws Exception {
    for (String name :
        List.of("", " ", "a".repeat(65), "a\u0000b", "a\u202eb", "registration-00")) {
      MvcResult answer = register(name, PASSWORD, new MockHttpSession());
      assertThat(statusOf(answer)).as(name).isEqualTo(422);
    }
    assertThat(body(register("<script>x</script>", "tiny1", new MockHttpSession())))
        .contains("&lt;script&gt;")
        .doesNotContain("<script>x", "tiny1");
  }

  @Test
  void aRegistrationNeedsTheToken() throws Exception {
    mvc.perform(post("/facelock/register").param("username", "x").param("password", PASSWORD))
        .andExpect(status().isForbidden());
  }
}
