package io.github.facelock.spring.web.admin;

import static io.github.facelock.spring.web.admin.AdminApp.BASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;

import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.Actor;
import io.github.facelock.api.admin.AuditQuery;
import io.github.facelock.api.admin.Role;
import io.github.facelock.core.FaceLock;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Who may do what at every endpoint, and that no endpoint was forgotten. */
@AdminTest
class RoleMatrixTest {

  @Autowired private MockMvc mvc;
  @Autowired private FaceLock faceLock;

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  private RequestMappingHandlerMapping mappings;

  /** Of an operator and an administrator; strangers, users and people without a login may not. */
  private static final String MATRIX =
      """
      GET    | /actor                         |                                  | 200 | 200
      GET    | /subjects                      |                                  | 200 | 200
      POST   | /subjects                      | {"subject":"m-new"}              | 403 | 201
      GET    | /subjects/{s}                  |                                  | 200 | 200
      POST   | /subjects/{s}/suspend          |                                  | 200 | 200
      POST   | /subjects/{s}/reactivate       |                                  | 200 | 200
      POST   | /subjects/{s}/unlock           | {"factor":"password"}            | 200 | 200
      PUT    | /subjects/{s}/roles/operator   |                                  | 403 | 200
      DELETE | /subjects/{s}/roles/operator   |                                  | 403 | 200
      GET    | /subjects/{s}/export           |                                  | 403 | 200
      POST   | /subjects/{s}/faces?consent=c1 | image                            | 403 | 422
      DELETE | /subjects/{s}/faces/none       |                                  | 403 | 404
      PUT    | /subjects/{s}/password         | {"password":"Horse battery 9!"}  | 403 | 204
      PUT    | /subjects/{s}/email            | {"address":"m@example.org"}      | 403 | 204
      PUT    | /subjects/{s}/phone            | {"address":"no number"}          | 403 | 422
      DELETE | /subjects/{s}                  |                                  | 403 | 204
      POST   | /import?consent=c1             | csv                              | 403 | 202
      GET    | /import                        |                                  | 403 | 200
      GET    | /import/none                   |                                  | 403 | 404
      GET    | /audit                         |                                  | 200 | 200
      GET    | /audit/export                  |                                  | 403 | 200
      GET    | /audit/live                    |                                  | 200 | 200
      GET    | /watch-list                    |                                  | 200 | 200
      POST   | /watch-list                    | {"subject":"m-bad","reason":"r"} | 403 | 201
      POST   | /watch-list/faces?reason=r     | image                            | 403 | 422
      DELETE | /watch-list/none               |                                  | 403 | 404
      GET    | /alerts                        |                                  | 200 | 200
      GET    | /alerts/templates              |                                  | 200 | 200
      POST   | /alerts/none/acknowledge       |                                  | 404 | 404
      GET    | /alerts/none/snapshot          |                                  | 404 | 404
      GET    | /statistics                    |                                  | 200 | 200
      GET    | /settings                      |                                  | 200 | 200
      """;

  static Stream<String> lines() {
    return MATRIX.lines();
  }

  private static String[] cells(String line) {
    return Stream.of(line.split("\\|")).map(String::strip).toArray(String[]::new);
  }

  private MockHttpServletRequestBuilder build(String[] cells, String subject) {
    MockHttpServletRequestBuilder built =
        request(HttpMethod.valueOf(cells[0]), BASE + cells[1].replace("{s}", subject));
    if (cells[2].startsWith("{")) {
      built.contentType("application/json").content(cells[2]);
    } else if (cells[2].equals("image")) {
      built.contentType("image/jpeg").content(new byte[] {1, 2, 3});
    } else if (cells[2].equals("csv")) {
      built.contentType("text/csv").content("username\n");
    }
    return built;
  }

  private MockHttpServletResponse perform(MockHttpServletRequestBuilder built) throws Exception {
    return mvc.perform(built).andReturn().getResponse();
  }

  private void know(String subject) {
    faceLock
        .administration()
        .create(new Actor(AdminApp.ROOT, "test"), SubjectId.of(subject), Set.of(Role.USER));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void rolesDecide(String line) throws Exception {
    String[] cells = cells(line);
    String subject = "matrix-" + Integer.toHexString(line.hashCode());
    know(subject);

    assertThat(perform(build(cells, subject).with(csrf())).getStatus())
        .as("nobody is logged in")
        .isEqualTo(401);
    for (String unprivileged : new String[] {"ann", "stranger"}) {
      MockHttpServletResponse refused =
          perform(build(cells, subject).with(csrf()).with(user(unprivileged).roles("ADMIN")));
      assertThat(refused.getStatus()).as(unprivileged).isEqualTo(403);
      assertThat(refused.getContentType()).isEqualTo("application/problem+json");
    }
    if (!cells[0].equals("GET")) {
      assertThat(perform(build(cells, subject).with(user("root"))).getStatus())
          .as("without a CSRF token")
          .isEqualTo(403);
    }
    if (cells[1].equals("/audit/live")) {
      // What is let in here goes on in another thread, while the mock's headers are still written:
      // AuditTest asks over Tomcat.
      return;
    }
    MockHttpServletResponse operator =
        perform(build(cells, subject).with(csrf()).with(user("olga")));
    assertThat(operator.getStatus()).as("operator").isEqualTo(Integer.parseInt(cells[3]));
    know(subject);
    MockHttpServletResponse admin = perform(build(cells, subject).with(csrf()).with(user("root")));
    assertThat(admin.getStatus()).as("admin").isEqualTo(Integer.parseInt(cells[4]));
    assertThat(admin.getHeader("Cache-Control")).contains("no-store");
    if (line.contains("/actor") || line.contains("/import/none")) {
      // Asked for again and again, and of no consequence.
      return;
    }
    assertThat(
            faceLock
                .administration()
                .searchAudit(
                    new Actor(AdminApp.ROOT, "test"),
                    AuditQuery.all().withTypes(Set.of("ADMINISTRATION")).withLimit(50))
                .value()
                .orElseThrow())
        .as("refusals are in the trail")
        .anyMatch(
            entry ->
                "refused".equals(entry.details().get("verdict"))
                    && "ann".equals(entry.details().get("actor")));
  }

  @Test
  void everyEndpointIsInTheMatrix() {
    Set<String> tested =
        lines()
            .map(RoleMatrixTest::cells)
            .map(cells -> cells[0] + " " + cells[1].replaceAll("\\?.*", ""))
            .map(
                line ->
                    line.replace("{s}", "{ref}")
                        .replace("roles/operator", "roles/{role}")
                        .replace("faces/none", "faces/{face}")
                        .replace("import/none", "import/{job}")
                        .replaceAll("(watch-list|alerts)/none", "$1/{id}"))
            .collect(Collectors.toSet());
    Set<String> mapped =
        mappings.getHandlerMethods().keySet().stream()
            .flatMap(
                info ->
                    info.getPatternValues().stream()
                        .filter(pattern -> pattern.startsWith(BASE))
                        .flatMap(
                            pattern ->
                                info.getMethodsCondition().getMethods().stream()
                                    .map(
                                        method -> method + " " + pattern.substring(BASE.length()))))
            .collect(Collectors.toSet());
    assertThat(mapped).isEqualTo(tested);
  }

  @ParameterizedTest
  @CsvSource({"suspend,POST", "'',DELETE", "roles/ADMIN,DELETE"})
  void theLastAdministratorStays(String act, String method) throws Exception {
    String path = BASE + "/subjects/root" + (act.isEmpty() ? "" : "/" + act);
    MockHttpServletResponse answer =
        perform(request(HttpMethod.valueOf(method), path).with(csrf()).with(user("root")));
    assertThat(answer.getStatus()).isEqualTo(409);
    assertThat(answer.getContentAsString()).contains("urn:facelock:problem:last-admin");
    assertThat(faceLock.administration().rolesOf(AdminApp.ROOT)).contains(Role.ADMIN);
  }

  @Test
  void anOperatorDoesNotSuspendAnAdministrator() throws Exception {
    MockHttpServletResponse answer =
        perform(
            request(HttpMethod.POST, BASE + "/subjects/root/suspend")
                .with(csrf())
                .with(user("olga")));
    assertThat(answer.getStatus()).isEqualTo(403);
  }
}
