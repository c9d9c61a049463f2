package io.github.facelock.spring.web.admin;

import static io.github.facelock.spring.web.admin.AdminApp.BASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.Actor;
import io.github.facelock.api.admin.Role;
import io.github.facelock.core.FaceLock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import tools.jackson.databind.json.JsonMapper;

@AdminTest
class SubjectsTest {

  private static final String SUBJECTS = BASE + "/subjects";

  @Autowired private MockMvc mvc;
  @Autowired private FaceLock faceLock;

  private ResultActions asRoot(MockHttpServletRequestBuilder request) throws Exception {
    return mvc.perform(request.with(csrf()).with(user("root")));
  }

  private void create(String name) {
    assertThat(
            faceLock
                .administration()
                .create(new Actor(AdminApp.ROOT, "test"), SubjectId.of(name), Set.of(Role.USER))
                .value())
        .isPresent();
  }

  private static String json(Object value) {
    return JsonMapper.shared().writeValueAsString(value);
  }

  @Test
  void aSubjectIsMadeWithNothingButANameAndRoles() throws Exception {
    asRoot(
            post(SUBJECTS)
                .contentType("application/json")
                .content(
                    """
                    {"subject":"mass","roles":["user"],"suspended":true,"createdAt":"1970-01-01T00:00:00Z",
                     "version":99,"id":"root","subject.roles":["ADMIN"],"admin":true}
                    """))
        .andExpect(status().isCreated())
        .andExpect(jsonPath("$.subject.id", is("mass")))
        .andExpect(jsonPath("$.subject.roles", is(List.of("USER"))))
        .andExpect(jsonPath("$.subject.suspended", is(false)));
    assertThat(faceLock.administration().rolesOf(SubjectId.of("mass"))).containsExactly(Role.USER);

    asRoot(
            put(SUBJECTS + "/mass/password")
                .contentType("application/json")
                .content(
                    """
                    {"password":"Correct horse 7","roles":["ADMIN"],"subject":"root"}
                    """))
        .andExpect(status().isNoContent());
    assertThat(faceLock.administration().rolesOf(SubjectId.of("mass"))).containsExactly(Role.USER);
    assertThat(faceLock.enrolment().enrolledFactors(AdminApp.ROOT)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"subject\":\"\"}",
        "{\"subject\":\" a\"}",
        "{\"subject\":\"a\\u0000b\"}",
        "{\"subject\":\"ok\",\"roles\":[\"GOD\"]}",
        "{\"subject\":\"ok\",\"roles\":[null]}",
        "{\"subject\":{\"a\":1}}",
        "[1",
        ""
      })
  void whatIsNoSubjectIsRefused(String body) throws Exception {
    asRoot(post(SUBJECTS).contentType("application/json").content(body))
        .andExpect(status().isBadRequest())
        .andExpect(content().contentType("application/problem+json"));
  }

  @Test
  void aNameIsTakenOnce() throws Exception {
    create("taken");
    asRoot(post(SUBJECTS).contentType("application/json").content("{\"subject\":\"taken\"}"))
        .andExpect(status().isConflict())
        .andExpect(jsonPath("$.type", is("urn:facelock:problem:name-taken")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<img src=x onerror=alert(1)>",
        "\"><script>alert(1)</script>",
        "a/b;c%2e..\\d",
        "Ann-Kathrin Müller",
        "日本 ☃",
        "~tilde",
        "..",
        "'; DROP TABLE subject; --"
      })
  void oddNamesAreTextInEveryAnswerAndHaveAPath(String name) throws Exception {
    asRoot(post(SUBJECTS).contentType("application/json").content(json(Map.of("subject", name))))
        .andExpect(status().isCreated())
        .andExpect(content().contentTypeCompatibleWith("application/json"))
        .andExpect(header().string("X-Content-Type-Options", "nosniff"))
        .andExpect(jsonPath("$.subject.id", is(name)));
    String listed =
        asRoot(get(SUBJECTS).param("query", name))
            .andExpect(status().isOk())
            .andReturn()
            .getResponse()
            .getContentAsString();
    String ref = JsonPath.read(listed, "$.subjects[0].ref");
    assertThat(ref).matches("[A-Za-z0-9._@+~=-]+").isNotIn(".", "..");
    asRoot(get(SUBJECTS + "/" + ref))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$.subject.id", is(name)));
    asRoot(delete(SUBJECTS + "/" + ref)).andExpect(status().isNoContent());
    asRoot(get(SUBJECTS + "/" + ref)).andExpect(status().isNotFound());
  }

  @ParameterizedTest
  @ValueSource(strings = {"~", "~!!!", "~_w", "~AA", "nobody", "%20", "~wK0"})
  void aPathThatNamesNobodyIsNotFound(String ref) throws Exception {
    for (MockHttpServletRequestBuilder request :
        List.of(
            get(java.net.URI.create(SUBJECTS + "/" + ref)),
            delete(java.net.URI.create(SUBJECTS + "/" + ref)),
            post(java.net.URI.create(SUBJECTS + "/" + ref + "/unlock")))) {
      asRoot(request).andExpect(status().isNotFound());
    }
  }

  @Test
  void pagesFollowOneAnother() throws Exception {
    for (int i = 0; i < 7; i++) {
      create("page-" + i);
    }
    List<String> seen = new ArrayList<>();
    String after = "";
    for (int page = 0; page < 10; page++) {
      MockHttpServletRequestBuilder request =
          get(SUBJECTS).param("query", "page-").param("limit", "3");
      if (!after.isEmpty()) {
        request.param("after", after);
      }
      String answer =
          asRoot(request).andExpect(status().isOk()).andReturn().getResponse().getContentAsString();
      List<String> ids = JsonPath.read(answer, "$.subjects[*].id");
      assertThat(ids).hasSizeLessThanOrEqualTo(3);
      seen.addAll(ids);
      String next = JsonPath.read(answer, "$.next");
      if (next == null) {
        break;
      }
      after = next;
    }
    assertThat(seen)
        .containsExactly("page-0", "page-1", "page-2", "page-3", "page-4", "page-5", "page-6");
    for (String limit : List.of("0", "-1", "201", "x", "99999999999")) {
      asRoot(get(SUBJECTS).param("limit", limit)).andExpect(status().isBadRequest());
    }
    asRoot(get(SUBJECTS).param("role", "god")).andExpect(status().isBadRequest());
    asRoot(get(SUBJECTS).param("query", "x".repeat(500))).andExpect(status().isBadRequest());
    asRoot(get(SUBJECTS).param("role", "admin"))
        .andExpect(jsonPath("$.subjects[*].id", is(List.of("root"))));
  }

  @Test
  void aPhotographBecomesAReferenceOfThisSubjectAlone() throws Exception {
    create("faced");
    String answer =
        asRoot(
                post(SUBJECTS + "/faced/faces")
                    .param("consent", "notice-1")
                    .contentType("image/jpeg")
                    .content(AdminApp.bea()))
            .andExpect(status().isCreated())
            .andReturn()
            .getResponse()
            .getContentAsString();
    String face = JsonPath.read(answer, "$.references[0]");
    asRoot(get(SUBJECTS + "/faced"))
        .andExpect(jsonPath("$.factors", is(List.of("face"))))
        .andExpect(jsonPath("$.faces[0].kind", is("uploaded")))
        .andExpect(jsonPath("$.faces[0].consent", is("notice-1")));

    create("double");
    asRoot(
            post(SUBJECTS + "/double/faces")
                .param("consent", "notice-1")
                .contentType("image/jpeg")
                .content(AdminApp.bea()))
        .andExpect(status().isConflict())
        .andExpect(jsonPath("$.reason", is("duplicate-person")))
        .andExpect(content().string(org.hamcrest.Matchers.not(containsString("faced"))));
    // The same id below another subject is nobody's.
    asRoot(delete(SUBJECTS + "/double/faces/" + face)).andExpect(status().isNotFound());
    asRoot(delete(SUBJECTS + "/faced/faces/" + face)).andExpect(status().isNoContent());
    assertThat(faceLock.enrolment().faceReferences(SubjectId.of("faced"))).isEmpty();
  }

  @Test
  void onlyFacesAreRemovedAsFaces() throws Exception {
    create("keeper");
    faceLock
        .enrolment()
        .setPassword(SubjectId.of("keeper"), io.github.facelock.api.Secret.of("Correct horse 8"));
    String export =
        asRoot(get(SUBJECTS + "/keeper/export"))
            .andExpect(status().isOk())
            .andExpect(header().string("Content-Disposition", containsString("attachment")))
            .andExpect(content().string(containsString("facelock-subject/1")))
            .andReturn()
            .getResponse()
            .getContentAsString();
    assertThat(export).doesNotContain("argon2");
    String password = JsonPath.read(export, "$.credentials[0].id");
    asRoot(delete(SUBJECTS + "/keeper/faces/" + password)).andExpect(status().isNotFound());
    assertThat(faceLock.enrolment().enrolledFactors(SubjectId.of("keeper")))
        .contains(FactorType.PASSWORD);
  }

  @Test
  void uploadsThatAreNoFaceAreToldWhatIsWrong() throws Exception {
    create("hostile");
    String faces = SUBJECTS + "/hostile/faces";
    asRoot(post(faces).param("consent", "c").contentType("image/jpeg").content(new byte[0]))
        .andExpect(status().isBadRequest());
    asRoot(post(faces).param("consent", "c").contentType("image/png").content(bombPng()))
        .andExpect(status().isUnprocessableContent())
        .andExpect(jsonPath("$.guidance", is("unreadable-picture")));
    asRoot(
            post(faces)
                .param("consent", "c")
                .contentType("image/jpeg")
                .content(new byte[(2 << 20) + 1]))
        .andExpect(status().isContentTooLarge())
        .andExpect(jsonPath("$.type", is("urn:facelock:problem:too-large")));
    asRoot(post(faces).param("consent", "c").contentType("image/svg+xml").content("<svg/>"))
        .andExpect(status().isUnsupportedMediaType());
    asRoot(post(faces).contentType("image/jpeg").content(AdminApp.dora()))
        .andExpect(status().isBadRequest());
    asRoot(
            post(faces)
                .param("consent", "c".repeat(200))
                .contentType("image/jpeg")
                .content(AdminApp.dora()))
        .andExpect(status().isBadRequest());
    assertThat(faceLock.enrolment().faceReferences(SubjectId.of("hostile"))).isEmpty();
  }

  /** A PNG header of 60 000 × 60 000 pixels, of which nothing follows. */
  private static byte[] bombPng() {
    byte[] png = new byte[200];
    byte[] head = {
      (byte) 0x89,
      'P',
      'N',
      'G',
      13,
      10,
      26,
      10,
      0,
      0,
      0,
      13,
      'I',
      'H',
      'D',
      'R',
      0,
      0,
      (byte) 0xEA,
      0x60,
      0,
      0,
      (byte) 0xEA,
      0x60,
      8,
      2,
      0,
      0,
      0
    };
    System.arraycopy(head, 0, png, 0, head.length);
    return png;
  }

  @Test
  void addressesAndPasswordsAreCheckedAndNeverRepeated() throws Exception {
    create("given");
    asRoot(
            put(SUBJECTS + "/given/email")
                .contentType("application/json")
                .content("{\"address\":\"not an address\"}"))
        .andExpect(status().isUnprocessableContent())
        .andExpect(content().string(org.hamcrest.Matchers.not(containsString("not an"))));
    asRoot(
            put(SUBJECTS + "/given/password")
                .contentType("application/json")
                .content("{\"password\":\"short\"}"))
        .andExpect(status().isUnprocessableContent())
        .andExpect(jsonPath("$.verdict", is("too-short")));
    asRoot(
            put(SUBJECTS + "/given/password")
                .contentType("application/json")
                .content("{\"password\":\"" + "x".repeat(5000) + "\"}"))
        .andExpect(status().isBadRequest());
    asRoot(
            put(SUBJECTS + "/nobody/password")
                .contentType("application/json")
                .content("{\"password\":\"Correct horse 7\"}"))
        .andExpect(status().isNotFound());
  }

  @Test
  void aUserSeesOnlyItself() throws Exception {
    mvc.perform(get(SUBJECTS + "/ann").with(user("ann"))).andExpect(status().isOk());
    mvc.perform(get(SUBJECTS + "/root").with(user("ann"))).andExpect(status().isForbidden());
    mvc.perform(get(SUBJECTS + "/nobody").with(user("ann"))).andExpect(status().isForbidden());
    mvc.perform(get(SUBJECTS + "/root/export").with(user("ann"))).andExpect(status().isForbidden());
    mvc.perform(get(BASE + "/audit").param("subject", "root").with(user("ann")))
        .andExpect(status().isForbidden());
    mvc.perform(get(SUBJECTS).with(user("ann"))).andExpect(status().isForbidden());
    asRoot(get(SUBJECTS).param("query", "ann")).andExpect(jsonPath("$.subjects", hasSize(1)));
  }
}
