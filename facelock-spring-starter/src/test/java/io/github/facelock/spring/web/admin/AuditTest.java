package io.github.facelock.spring.web.admin;

import static io.github.facelock.spring.web.admin.AdminApp.BASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.Actor;
import io.github.facelock.api.admin.Role;
import io.github.facelock.core.FaceLock;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.servlet.MockMvc;

@AdminTest
class AuditTest {

  private static final Actor ROOT = new Actor(AdminApp.ROOT, "test");

  @Autowired private MockMvc mvc;
  @Autowired private FaceLock faceLock;
  @LocalServerPort private int port;

  private final HttpClient http = HttpClient.newHttpClient();

  private HttpRequest request(String path, String name, String... headers) {
    String basic =
        Base64.getEncoder().encodeToString((name + ":pw").getBytes(StandardCharsets.UTF_8));
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + BASE + path))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", "Basic " + basic);
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    return builder.build();
  }

  private void begin(String name) {
    faceLock.authenticator().begin(SubjectId.of(name), RequestContext.from("198.51.100.7"));
  }

  @Test
  void theTrailIsSearchedPageByPage() throws Exception {
    for (int i = 0; i < 5; i++) {
      begin("searched");
    }
    Set<Integer> numbers = new HashSet<>();
    String next = "";
    for (int page = 0; page < 3; page++) {
      var request =
          get(BASE + "/audit")
              .param("subject", "searched")
              .param("type", "CHALLENGED")
              .param("limit", "2");
      if (!next.isEmpty()) {
        request.param("after", next);
      }
      String answer =
          mvc.perform(request.with(user("olga")))
              .andExpect(status().isOk())
              .andExpect(jsonPath("$.entries[*].subject", everyItem(is("searched"))))
              .andExpect(jsonPath("$.entries[*].source", everyItem(is("198.51.100.7"))))
              .andReturn()
              .getResponse()
              .getContentAsString();
      numbers.addAll(JsonPath.<List<Integer>>read(answer, "$.entries[*].number"));
      next = String.valueOf(JsonPath.<Object>read(answer, "$.next"));
    }
    assertThat(numbers).hasSize(5);
    assertThat(next).isEqualTo("null");
  }

  @ParameterizedTest
  @CsvSource({
    "type,NOTHING",
    "from,yesterday",
    "to,1",
    "limit,501",
    "limit,0",
    "after,x",
    "factor,FACE!"
  })
  void aMalformedSearchIsRefused(String name, String value) throws Exception {
    mvc.perform(get(BASE + "/audit").param(name, value).with(user("root")))
        .andExpect(status().isBadRequest());
  }

  @Test
  void measuredValuesStayOut() {
    assertThat(
            AuditViews.shown(
                Map.of(
                    "score", "0.613",
                    "depth", "-1.250",
                    "references", "3",
                    "source", "192.0.2.1",
                    "cause", "no-match")))
        .containsOnlyKeys("references", "source", "cause");
  }

  @Test
  void theExportIsAFileOfLinesThatEndsWithItsOwnRequest() throws Exception {
    for (int i = 0; i < 1200; i++) {
      begin("exported");
    }
    HttpResponse<InputStream> answer =
        http.send(request("/audit/export", "root"), HttpResponse.BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Disposition"))
        .hasValueSatisfying(value -> assertThat(value).contains("attachment"));
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.headers().firstValue("Content-Length")).as("streamed").isEmpty();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      List<String> all = lines.lines().toList();
      assertThat(all).hasSizeGreaterThan(1200);
      assertThat(JsonPath.<Integer>read(all.get(0), "$.number")).isEqualTo(1);
      assertThat(JsonPath.<String>read(all.get(all.size() - 1), "$.details.action"))
          .isEqualTo("export-audit");
    }
    HttpResponse<String> refused =
        http.send(request("/audit/export", "olga"), HttpResponse.BodyHandlers.ofString());
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("urn:facelock:problem:forbidden").doesNotContain("link");
  }

  @Test
  @Timeout(60)
  void theLiveViewShowsWhatHappensAndEndsWithTheRole() throws Exception {
    faceLock.administration().create(ROOT, SubjectId.of("stranger"), Set.of(Role.OPERATOR));
    HttpResponse<InputStream> answer =
        http.send(
            request("/audit/live?type=CHALLENGED&subject=watched", "stranger"),
            HttpResponse.BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).startsWith(":live");
      begin("another");
      begin("watched");
      String data = next(lines, "data:");
      assertThat(JsonPath.<String>read(data, "$.subject")).isEqualTo("watched");
      long number = JsonPath.<Integer>read(data, "$.number").longValue();

      HttpResponse<InputStream> resumed =
          http.send(
              request(
                  "/audit/live?type=CHALLENGED&subject=watched",
                  "root",
                  "Last-Event-ID",
                  Long.toString(number - 1)),
              HttpResponse.BodyHandlers.ofInputStream());
      try (BufferedReader again =
          new BufferedReader(new InputStreamReader(resumed.body(), StandardCharsets.UTF_8))) {
        assertThat(JsonPath.<Integer>read(next(again, "data:"), "$.number").longValue())
            .isEqualTo(number);
        // This application allows five views, some of which may be other tests'.
        List<HttpResponse<InputStream>> more = new ArrayList<>();
        do {
          more.add(
              http.send(request("/audit/live", "root"), HttpResponse.BodyHandlers.ofInputStream()));
        } while (more.get(more.size() - 1).statusCode() == 200 && more.size() < 5);
        assertThat(more.get(more.size() - 1).statusCode()).isEqualTo(503);
        for (HttpResponse<InputStream> one : more) {
          one.body().close();
        }
      }

      faceLock.administration().revoke(ROOT, SubjectId.of("stranger"), Role.OPERATOR);
      assertThat(next(lines, "event:")).isEqualTo("ended");
      assertThat(lines.lines().filter(line -> line.startsWith("event:record"))).isEmpty();
    } finally {
      faceLock.administration().erase(ROOT, SubjectId.of("stranger"));
    }
  }

  /** The rest of the next line that begins so. */
  private static String next(BufferedReader lines, String begin) throws Exception {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(begin) && !line.equals("event:record")) {
        return line.substring(begin.length());
      }
    }
    throw new AssertionError("The stream ended before " + begin);
  }
}
