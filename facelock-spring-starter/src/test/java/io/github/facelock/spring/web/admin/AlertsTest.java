package io.github.facelock.spring.web.admin;

import static io.github.facelock.spring.web.admin.AdminApp.BASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.Actor;
import io.github.facelock.api.admin.AuditQuery;
import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.core.FaceLock;
import io.github.facelock.spi.Alert;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

@AdminTest
class AlertsTest {

  private static final String NAME = "<b onmouseover=alert(1)>";

  @Autowired private MockMvc mvc;
  @Autowired private FaceLock faceLock;

  private String raise(Alert.Cause cause, String subject) throws Exception {
    faceLock
        .alerts()
        .raise(
            new Alert(
                Instant.now(),
                cause,
                Optional.of(SubjectId.of(subject)),
                Optional.of(FactorType.FACE),
                "192.0.2.9",
                Map.of("cause", "test", "score", "0.431")),
            Optional.of(CapturedFrame.encoded(Duration.ZERO, AdminApp.bea())));
    String answer =
        mvc.perform(get(BASE + "/alerts").param("limit", "200").with(user("olga")))
            .andExpect(status().isOk())
            .andReturn()
            .getResponse()
            .getContentAsString();
    List<String> ids = JsonPath.read(answer, "$.alerts[?(@.subject == '" + subject + "')].id");
    assertThat(ids).hasSize(1);
    assertThat(answer).doesNotContain("0.431");
    return ids.get(0);
  }

  @Test
  void anAlertIsSeenAcknowledgedOnceAndTold() throws Exception {
    String id = raise(Alert.Cause.WATCH_LIST, NAME);
    mvc.perform(post(BASE + "/alerts/" + id + "/acknowledge").with(csrf()).with(user("olga")))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$.already", is(false)));
    mvc.perform(post(BASE + "/alerts/" + id + "/acknowledge").with(csrf()).with(user("root")))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$.already", is(true)));
    mvc.perform(get(BASE + "/alerts").with(user("root")))
        .andExpect(jsonPath("$.alerts[?(@.id == '" + id + "')].acknowledgedBy", hasItem("olga")));
  }

  @Test
  void aSnapshotIsAFileForWhoeverIsOnDutyAndEachLookIsTold() throws Exception {
    String id = raise(Alert.Cause.ATTACK_SUSPECTED, "pictured");
    String path = BASE + "/alerts/" + id + "/snapshot";
    mvc.perform(get(path)).andExpect(status().isUnauthorized());
    mvc.perform(get(path).with(user("ann").roles("ADMIN"))).andExpect(status().isForbidden());

    byte[] jpeg =
        mvc.perform(get(path).with(user("olga")))
            .andExpect(status().isOk())
            .andExpect(content().contentType("image/jpeg"))
            .andExpect(header().string("Content-Disposition", containsString("attachment")))
            .andExpect(header().string("X-Content-Type-Options", "nosniff"))
            .andExpect(header().string("Cache-Control", containsString("no-store")))
            .andExpect(header().string("Content-Security-Policy", containsString("sandbox")))
            .andReturn()
            .getResponse()
            .getContentAsByteArray();
    assertThat(ImageIO.read(new ByteArrayInputStream(jpeg)).getHeight()).isEqualTo(640);
    assertThat(
            faceLock
                .administration()
                .searchAudit(
                    new Actor(AdminApp.ROOT, "test"),
                    AuditQuery.all().withSubject(SubjectId.of("pictured")))
                .value()
                .orElseThrow())
        .anyMatch(
            entry ->
                "alert-snapshot".equals(entry.details().get("action"))
                    && id.equals(entry.details().get("about"))
                    && "olga".equals(entry.details().get("actor")))
        .anyMatch(
            entry ->
                "refused".equals(entry.details().get("verdict"))
                    && "ann".equals(entry.details().get("actor")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "a'b", "x' OR 1=1", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
  void anAlertThatIsNotThereIsNotFound(String id) throws Exception {
    mvc.perform(get(BASE + "/alerts/{id}/snapshot", id).with(user("root")))
        .andExpect(status().isNotFound());
    mvc.perform(post(BASE + "/alerts/{id}/acknowledge", id).with(csrf()).with(user("root")))
        .andExpect(status().isNotFound());
  }

  @Test
  void alertsComePageByPage() throws Exception {
    for (int i = 0; i < 5; i++) {
      raise(Alert.Cause.UNKNOWN_FACE, "paged-" + i);
    }
    String first =
        mvc.perform(get(BASE + "/alerts").param("limit", "2").with(user("root")))
            .andExpect(jsonPath("$.alerts", hasSize(2)))
            .andReturn()
            .getResponse()
            .getContentAsString();
    Integer next = JsonPath.read(first, "$.next");
    String second =
        mvc.perform(
                get(BASE + "/alerts")
                    .param("limit", "2")
                    .param("after", next.toString())
                    .with(user("root")))
            .andExpect(jsonPath("$.alerts", hasSize(2)))
            .andReturn()
            .getResponse()
            .getContentAsString();
    assertThat(JsonPath.<List<String>>read(second, "$.alerts[*].id"))
        .doesNotContainAnyElementsOf(JsonPath.<List<String>>read(first, "$.alerts[*].id"));
    for (String bad : List.of("-1", "x", "100001")) {
      mvc.perform(get(BASE + "/alerts").param("after", bad).with(user("root")))
          .andExpect(status().isBadRequest());
    }
    mvc.perform(get(BASE + "/alerts").param("state", "odd").with(user("root")))
        .andExpect(status().isBadRequest());
  }

  @Test
  void whatAStormOnlyWroteDownIsShownWhereAskedFor() throws Exception {
    for (int i = 0; i < 25; i++) {
      faceLock
          .alerts()
          .raise(
              new Alert(
                  Instant.now(),
                  Alert.Cause.DURESS,
                  Optional.of(SubjectId.of("storm-" + i)),
                  Optional.empty(),
                  "192.0.2.9",
                  Map.of()));
    }
    assertThat(storm("false")).hasSize(20);
    assertThat(storm("true")).hasSize(25);
  }

  private List<String> storm(String held) throws Exception {
    return JsonPath.read(
        mvc.perform(
                get(BASE + "/alerts").param("held", held).param("limit", "200").with(user("olga")))
            .andReturn()
            .getResponse()
            .getContentAsString(),
        "$.alerts[?(@.cause == 'duress')].subject");
  }

  @Test
  void templatesAndRulesAreShown() throws Exception {
    mvc.perform(get(BASE + "/alerts/templates").with(user("olga")))
        .andExpect(jsonPath("$.templates", hasSize(5)))
        .andExpect(jsonPath("$.templates[0].text", containsString("erika.example")));
    mvc.perform(get(BASE + "/settings").with(user("olga")))
        .andExpect(jsonPath("$.policies[0].name", is("office")))
        .andExpect(jsonPath("$.policies[0].steps", hasSize(3)))
        .andExpect(jsonPath("$.models[0].licence").isNotEmpty())
        .andExpect(jsonPath("$.lockout.knowledge.free", is(5)))
        .andExpect(
            jsonPath("$.alerts.rules[?(@.cause == 'watch-list')].severity", hasItem("critical")))
        .andExpect(jsonPath("$.alerts.escalations.critical[0].targets", is(List.of("guard"))));
  }

  @Test
  void theWatchListIsKeptByNameAndFace() throws Exception {
    String named =
        mvc.perform(
                post(BASE + "/watch-list")
                    .contentType("application/json")
                    .content(
                        """
                        {"subject":"%s","reason":"<script>","addedBy":"rule:x","id":"mine",
                         "expiresAt":"2999-01-01T00:00:00Z"}
                        """
                            .formatted("w-named"))
                    .with(csrf())
                    .with(user("root")))
            .andExpect(status().isCreated())
            .andReturn()
            .getResponse()
            .getContentAsString();
    String id = JsonPath.read(named, "$.id");
    String face =
        JsonPath.read(
            mvc.perform(
                    post(BASE + "/watch-list/faces")
                        .param("reason", "seen at the door")
                        .contentType("image/jpeg")
                        .content(AdminApp.dora())
                        .with(csrf())
                        .with(user("root")))
                .andExpect(status().isCreated())
                .andReturn()
                .getResponse()
                .getContentAsString(),
            "$.id");
    mvc.perform(get(BASE + "/watch-list").with(user("olga")))
        .andExpect(jsonPath("$.entries[?(@.id == '" + id + "')].addedBy", hasItem("root")))
        .andExpect(jsonPath("$.entries[?(@.id == '" + id + "')].reason", hasItem("<script>")))
        .andExpect(jsonPath("$.entries[?(@.id == '" + face + "')].kind", hasItem("face")));
    for (String entry : List.of(id, face)) {
      mvc.perform(delete(BASE + "/watch-list/" + entry).with(csrf()).with(user("root")))
          .andExpect(status().isNoContent());
      mvc.perform(delete(BASE + "/watch-list/" + entry).with(csrf()).with(user("root")))
          .andExpect(status().isNotFound());
    }
    for (String body :
        List.of(
            "{\"subject\":\"a\"}",
            "{\"subject\":\"a\",\"reason\":\"x\\ny\"}",
            "{\"subject\":\"a\",\"reason\":\"x\\ud800\"}",
            "{\"subject\":\"a\",\"reason\":\"x\",\"expiresAt\":\"2001-01-01T00:00:00Z\"}",
            "{\"subject\":\"a\",\"reason\":\"x\",\"expiresAt\":\"soon\"}")) {
      mvc.perform(
              post(BASE + "/watch-list")
                  .contentType("application/json")
                  .content(body)
                  .with(csrf())
                  .with(user("root")))
          .andExpect(status().isBadRequest());
    }
  }

  @Test
  void statisticsNameNobody() throws Exception {
    faceLock
        .authenticator()
        .begin(SubjectId.of("counted"), io.github.facelock.api.RequestContext.local());
    String answer =
        mvc.perform(
                get(BASE + "/statistics")
                    .param("hours", "1")
                    .param("slots", "4")
                    .with(user("olga")))
            .andExpect(status().isOk())
            .andExpect(jsonPath("$.logins.slots", hasSize(4)))
            .andReturn()
            .getResponse()
            .getContentAsString();
    List<Integer> begun = JsonPath.read(answer, "$.logins.slots[*].begun");
    assertThat(begun.stream().mapToInt(Integer::intValue).sum()).isGreaterThan(0);
    assertThat(answer).doesNotContain("counted");
    for (String[] bad : List.of(new String[] {"hours", "0"}, new String[] {"slots", "401"})) {
      mvc.perform(get(BASE + "/statistics").param(bad[0], bad[1]).with(user("root")))
          .andExpect(status().isBadRequest());
    }
    assertThat(List.of(answer.split("\""))).doesNotContain("olga", "root");
  }
}
