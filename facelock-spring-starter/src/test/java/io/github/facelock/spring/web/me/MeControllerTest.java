package io.github.facelock.spring.web.me;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.http.MediaType.APPLICATION_JSON;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

class MeControllerTest extends Account {

  private static MockHttpServletRequestBuilder newPassword(String current, String replacement) {
    return put("/facelock/api/me/password")
        .contentType(APPLICATION_JSON)
        .content("{\"current\":\"%s\",\"new\":\"%s\"}".formatted(current, replacement));
  }

  @Test
  void whoIsLoggedInSeesTheirAccount() throws Exception {
    SubjectId anna = somebody();
    mvc.perform(get("/facelock/api/me").with(as(anna, FactorType.PASSWORD)))
        .andExpect(status().isOk())
        .andExpect(header().string("Cache-Control", "no-store"))
        .andExpect(jsonPath("subject").value(anna.value()))
        .andExpect(jsonPath("factors[0]").value("password"))
        .andExpect(jsonPath("fresh").value(true));
    mvc.perform(get("/facelock/api/me/factors").with(as(anna, FactorType.PASSWORD)))
        .andExpect(jsonPath("password").value(true))
        .andExpect(jsonPath("faces").isEmpty())
        .andExpect(jsonPath("recoveryCodesLeft").value(0));
    mvc.perform(get("/facelock/api/me")).andExpect(status().isUnauthorized());
  }

  @Test
  void aChangeWithoutTheTokenIsRefused() throws Exception {
    SubjectId anna = somebody();
    RequestPostProcessor login = as(anna, FactorType.FACE);
    for (MockHttpServletRequestBuilder request :
        new MockHttpServletRequestBuilder[] {
          newPassword(PASSWORD, "another long password"),
          post("/facelock/api/me/totp"),
          post("/facelock/api/me/recovery-codes"),
          post("/facelock/api/me/faces/challenge"),
          delete("/facelock/api/me")
        }) {
      mvc.perform(request.with(login))
          .andExpect(status().isForbidden())
          .andExpect(jsonPath("type").value("urn:facelock:problem:csrf"));
    }
    assertThat(faceLock.enrolment().devices(anna)).isEmpty();
  }

  @Test
  void theNewPasswordWorksAndTheOldOneNoMore() throws Exception {
    SubjectId anna = somebody();
    RequestPostProcessor login = as(anna, FactorType.PASSWORD);
    String next = "another long password";

    assertThat(body(send(newPassword(PASSWORD, next), login))).contains("accepted");
    assertThat(body(send(newPassword(PASSWORD, "a third long password"), login)))
        .contains("present-secret-wrong");
    assertThat(statusOf(send(newPassword(next, "a third long password"), login))).isEqualTo(200);
  }

  @Test
  void whoGuessesThePresentPasswordIsLockedLikeAtALogin() throws Exception {
    SubjectId anna = somebody();
    RequestPostProcessor login = as(anna, FactorType.FACE);
    int tries = 0;
    while (statusOf(send(newPassword("guess-" + tries, "another long password"), login)) != 429) {
      assertThat(++tries).isLessThan(101);
    }
    assertThat(statusOf(send(newPassword(PASSWORD, "another long password"), login)))
        .isEqualTo(429);
  }

  @Test
  void aWeakPasswordIsRefusedWithItsVerdict() throws Exception {
    SubjectId anna = somebody();
    RequestPostProcessor login = as(anna, FactorType.PASSWORD);
    assertThat(body(send(newPassword(PASSWORD, "tiny1"), login)))
        .contains("\"verdict\":\"too-short\"")
        .doesNotContain("tiny1");
    assertThat(body(send(newPassword(PASSWORD, "x".repeat(2000)), login))).contains("too-long");
    assertThat(statusOf(send(newPassword(PASSWORD, ""), login))).isEqualTo(422);
  }

  @Test
  void aPinIsSetWithoutAndChangedWithThePresentOne() throws Exception {
    SubjectId anna = somebody();
    RequestPostProcessor login = as(anna, FactorType.PASSWORD);
    assertThat(statusOf(send(pin("", "471829"), login))).isEqualTo(200);
    assertThat(body(send(pin("000000", "582930"), login))).contains("present-secret-wrong");
    assertThat(statusOf(send(pin("471829", "582930"), login))).isEqualTo(200);
    assertThat(body(send(pin("582930", "12ab56"), login))).contains("not-digits");
  }

  private static MockHttpServletRequestBuilder pin(String current, String replacement) {
    return put("/facelock/api/me/pin")
        .contentType(APPLICATION_JSON)
        .content("{\"current\":\"%s\",\"new\":\"%s\"}".formatted(current, replacement));
  }

  @Test
  void aStaleSessionMustStepUpFirst() throws Exception {
    SubjectId anna = somebody();
    RequestPostProcessor stale = as(anna, FRESH_FOR, FactorType.PASSWORD, FactorType.FACE);
    mvc.perform(get("/facelock/api/me").with(stale))
        .andExpect(status().isOk())
        .andExpect(jsonPath("fresh").value(false));
    for (MockHttpServletRequestBuilder request :
        new MockHttpServletRequestBuilder[] {
          newPassword(PASSWORD, "another long password"),
          post("/facelock/api/me/totp"),
          post("/facelock/api/me/recovery-codes"),
          post("/facelock/api/me/faces/challenge"),
          delete("/facelock/api/me/devices"),
          delete("/facelock/api/me"),
          get("/facelock/api/me/export")
        }) {
      assertThat(body(send(request, stale)))
          .contains("step-up-required")
          .containsPattern("\"policy\":\"(all|recovery)\"");
    }
    assertThat(
            statusOf(
                send(
                    post("/facelock/api/me/totp"),
                    as(anna, FRESH_FOR.minusSeconds(1), FactorType.PASSWORD))))
        .isEqualTo(201);
  }

  @Test
  void theFactorThatIsChangedIsNotEnoughWhereThereIsAnother() throws Exception {
    SubjectId anna = somebody();
    faceLock.enrolment().setEmail(anna, Secret.of("anna@example.org"));
    String next = "another long password";
    assertThat(body(send(newPassword(PASSWORD, next), as(anna, FactorType.PASSWORD))))
        .contains("step-up-required");
    assertThat(
            statusOf(
                send(
                    newPassword(PASSWORD, next),
                    as(anna, FactorType.PASSWORD, FactorType.EMAIL_CODE))))
        .isEqualTo(200);
  }

  @Test
  void factorsOfTheFutureAreNotFresh() throws Exception {
    SubjectId anna = somebody();
    assertThat(
            statusOf(
                send(
                    post("/facelock/api/me/totp"),
                    as(anna, Duration.ofMinutes(-1), FactorType.FACE))))
        .isEqualTo(403);
  }

  @Test
  void nobodyChangesAnothersAccountByNamingIt() throws Exception {
    SubjectId anna = somebody();
    SubjectId mallory = somebody();
    String body =
        """
        {"current":"%s","new":"%s","subject":"%s","username":"%s","roles":["ADMIN"]}"""
            .formatted(PASSWORD, "mallory's long password", anna.value(), anna.value());
    assertThat(
            statusOf(
                send(
                    put("/facelock/api/me/password?subject=" + anna.value())
                        .contentType(APPLICATION_JSON)
                        .content(body),
                    as(mallory, FactorType.PASSWORD))))
        .isEqualTo(200);
    // Anna's is as it was.
    assertThat(
            statusOf(
                send(
                    newPassword(PASSWORD, "another long password"), as(anna, FactorType.PASSWORD))))
        .isEqualTo(200);
    mvc.perform(get("/facelock/api/me").with(as(mallory, FactorType.PASSWORD)))
        .andExpect(jsonPath("roles[0]").value("USER"))
        .andExpect(jsonPath("roles[1]").doesNotExist());
  }

  @Test
  void whatIsKeptCanBeTakenAlong() throws Exception {
    SubjectId anna = somebody();
    mvc.perform(get("/facelock/api/me/export").with(as(anna, FactorType.PASSWORD)))
        .andExpect(status().isOk())
        .andExpect(
            header().string("Content-Disposition", "attachment; filename=\"facelock-export.json\""))
        .andExpect(header().string("Cache-Control", "no-store"))
        .andExpect(jsonPath("$..credentials").exists());
  }

  @Test
  void anAccountIsErasedAfterTwoKindsOfFactorsAndTheSessionEnds() throws Exception {
    SubjectId anna = somebody();
    assertThat(body(send(delete("/facelock/api/me"), as(anna, FactorType.PASSWORD))))
        .contains("step-up-required");
    assertThat(
            body(send(delete("/facelock/api/me"), as(anna, FactorType.PASSWORD, FactorType.PIN))))
        .contains("step-up-required");
    var left = send(delete("/facelock/api/me"), as(anna, FactorType.PASSWORD, FactorType.TOTP));
    assertThat(statusOf(left)).isEqualTo(204);
    assertThat(left.getRequest().getSession(false)).isNull();
    assertThat(left.getResponse().getHeaders("Set-Cookie"))
        .anyMatch(cookie -> cookie.startsWith("facelock-device=;") && cookie.contains("Max-Age=0"));
    assertThat(faceLock.enrolment().enrolledFactors(anna)).isEmpty();
    assertThat(faceLock.enrolment().register(anna)).isTrue();
  }

  @Test
  void malformedJsonIsAProblemThatRepeatsNothing() throws Exception {
    SubjectId anna = somebody();
    var answer =
        send(
            put("/facelock/api/me/password")
                .contentType(APPLICATION_JSON)
                .content("{\"current\": my-secret"),
            as(anna, FactorType.FACE));
    assertThat(statusOf(answer)).isEqualTo(400);
    assertThat(body(answer)).contains("malformed").doesNotContain("my-secret");
  }
}
