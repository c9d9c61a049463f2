package io.github.facelock.spring.web.admin;

import static io.github.facelock.spring.web.admin.AdminApp.BASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.Role;
import io.github.facelock.core.FaceLock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

@AdminTest
class ImportTest {

  private static final String BCRYPT =
      "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";

  @Autowired private MockMvc mvc;
  @Autowired private FaceLock faceLock;
  @Autowired private ImportJobs jobs;

  private ResultActions begin(String type, byte[] body) throws Exception {
    Awaitility.await()
        .until(() -> jobs.list().stream().noneMatch(job -> job.state().equals("running")));
    return mvc.perform(
        post(BASE + "/import")
            .param("consent", "notice-1")
            .contentType(type)
            .content(body)
            .with(csrf())
            .with(user("root")));
  }

  private ImportJobs.JobView run(String type, byte[] body) throws Exception {
    String answer =
        begin(type, body)
            .andExpect(status().isAccepted())
            .andReturn()
            .getResponse()
            .getContentAsString();
    String id = JsonPath.read(answer, "$.id");
    Awaitility.await().until(() -> !jobs.find(id).orElseThrow().state().equals("running"));
    mvc.perform(get(BASE + "/import/" + id).with(user("root")))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$.startedBy", is("root")));
    return jobs.find(id).orElseThrow();
  }

  /** Entries by turns: a name, its bytes. */
  private static byte[] zip(Object... entries) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (int i = 0; i < entries.length; i += 2) {
        zip.putNextEntry(new ZipEntry((String) entries[i]));
        zip.write((byte[]) entries[i + 1]);
        zip.closeEntry();
      }
    }
    return out.toByteArray();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private boolean isKnown(String name) {
    return faceLock.administration().rolesOf(SubjectId.of(name)).contains(Role.USER);
  }

  private static void assertNothingIsLeft() throws IOException {
    try (Stream<Path> left = Files.list(Path.of("target/imports"))) {
      assertThat(left.filter(Files::isDirectory)).isEmpty();
    }
  }

  @Test
  void aTableIsImportedLineByLineAndHostileLinesStopNobody() throws Exception {
    String table =
        "username,email,password_hash,image,roles,admin\r\n"
            + "i-good,good@example.org,"
            + BCRYPT
            + ",,ADMIN,true\r\n"
            + "i-path,p@example.org,,../../../../etc/passwd,,\r\n"
            + "\"=HYPERLINK(\"\"http://evil\"\")\",h@example.org,,,,\r\n"
            + "\"<script>alert(1)</script>\",s@example.org,,,,\r\n"
            + "root,root@evil.example,,,,\r\n"
            + "i-short,only\r\n"
            + "i-null\u0000,n@example.org,,,,\r\n"
            + ",x@example.org,,,,\r\n"
            + "i-plain,q@example.org,plaintext-password,,,\r\n"
            + "\"never closed";

    ImportJobs.JobView job = run("text/csv", text(table));

    assertThat(job.state()).isEqualTo("done");
    assertThat(job.total()).isEqualTo(10);
    assertThat(job.imported() + job.skipped() + job.refused()).isEqualTo(10);
    assertThat(isKnown("i-good")).isTrue();
    assertThat(faceLock.administration().rolesOf(SubjectId.of("i-good")))
        .as("a table gives no roles")
        .containsExactly(Role.USER);
    assertThat(isKnown("i-path")).isFalse();
    assertThat(faceLock.enrolment().enrolledFactors(AdminApp.ROOT))
        .as("a name that is known stays as it is")
        .doesNotContain(FactorType.EMAIL_CODE);
    assertThat(job.lines().toString())
        .doesNotContain("example.org")
        .doesNotContain("plaintext-password")
        .doesNotContain(BCRYPT);
    assertNothingIsLeft();

    assertThat(run("text/csv", text(table)).skipped()).as("again").isGreaterThanOrEqualTo(4);
  }

  @Test
  void anArchiveOfPhotographsIsImported() throws Exception {
    ImportJobs.JobView job =
        run(
            "application/zip",
            zip(
                "people/i-dora/1.jpg", AdminApp.dora(),
                "people/i-none/1.jpg", text("no picture"),
                "people/.DS_Store", text("x"),
                "__MACOSX/people/._1.jpg", text("x")));
    assertThat(job.state()).isEqualTo("done");
    assertThat(job.imported()).isEqualTo(1);
    assertThat(job.refused()).isEqualTo(1);
    assertThat(faceLock.enrolment().enrolledFactors(SubjectId.of("i-dora")))
        .containsExactly(FactorType.FACE);
    assertThat(isKnown("i-none")).isFalse();
    assertNothingIsLeft();
    faceLock.enrolment().erase(SubjectId.of("i-dora"));
  }

  @Test
  void anArchiveMayHoldATableAndItsPhotographs() throws Exception {
    ImportJobs.JobView job =
        run(
            "application/zip",
            zip(
                "users.csv", text("username,image\ni-table,pictures/d.jpg\n"),
                "pictures/d.jpg", AdminApp.dora()));
    assertThat(job.imported()).as(job.toString()).isEqualTo(1);
    faceLock.enrolment().erase(SubjectId.of("i-table"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil.jpg",
        "a/../../evil.jpg",
        "/etc/evil",
        "C:/evil",
        "a\\..\\evil",
        "a/b/c/d/e/f/g/h"
      })
  void namesThatLeadOutEndTheImport(String name) throws Exception {
    ImportJobs.JobView job = run("application/zip", zip("ok/1.jpg", text("x"), name, text("x")));
    assertThat(job.state()).isEqualTo("failed");
    assertThat(job.fault()).contains("unsafe-name");
    assertThat(Path.of("target/evil.jpg")).doesNotExist();
    assertThat(Path.of("target/imports/evil.jpg")).doesNotExist();
    assertNothingIsLeft();
  }

  @Test
  void aBombIsNotUnpacked() throws Exception {
    // 100 MB of zeros in some 100 kB.
    byte[] zeros = new byte[100 << 20];
    byte[] bomb = zip("a/1.jpg", zeros);
    assertThat(bomb.length).isLessThan(200_000);
    ImportJobs.JobView job = run("application/zip", bomb);
    assertThat(job.fault()).contains("too-large-unpacked");
    assertNothingIsLeft();

    // Many small ones: the sum counts.
    Object[] many = new Object[40];
    for (int i = 0; i < many.length; i += 2) {
      many[i] = "a/" + i + ".jpg";
      many[i + 1] = new byte[1 << 19];
    }
    assertThat(run("application/zip", zip(many)).fault()).contains("too-large-unpacked");
  }

  @Test
  void whatIsNoArchiveOrNoTableFails() throws Exception {
    assertThat(run("application/zip", text("PK no archive")).fault())
        .contains("unreadable-archive");
    assertThat(run("text/csv", text("a,b\n1,2\n")).fault()).contains("no-heading");
    assertThat(
            run("application/zip", zip("a.csv", text("username\n"), "b.csv", text("username\n")))
                .fault())
        .contains("several-tables");
  }

  @Test
  void bodiesThatAreTooLargeOrEmptyOrOfAnotherKindAreRefused() throws Exception {
    begin("text/csv", new byte[(4 << 20) + 1])
        .andExpect(status().isContentTooLarge())
        .andExpect(jsonPath("$.most", is(4 << 20)));
    begin("text/csv", new byte[0]).andExpect(status().isBadRequest());
    begin("application/json", text("{}")).andExpect(status().isUnsupportedMediaType());
    assertNothingIsLeft();
    for (String job : List.of("none", "..%2f", "00000000000000000000000000000000")) {
      mvc.perform(get(BASE + "/import/{job}", job).with(user("root")))
          .andExpect(status().is4xxClientError());
    }
  }
}
