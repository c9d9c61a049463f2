package io.github.facelock.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.Outcome;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Response;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.Consent;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.core.migration.ImportLine;
import io.github.facelock.core.migration.ImportLine.Result;
import io.github.facelock.core.migration.ImportReport;
import io.github.facelock.core.migration.PeopleImport;
import io.github.facelock.core.migration.PeopleSource;
import io.github.facelock.core.migration.PhotographFolder;
import io.github.facelock.core.migration.UsersTable;
import io.github.facelock.test.InMemoryMailbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People of other systems, with real photographs and real hashes. */
class PeopleImportTest {

  /** OpenBSD's test vector: U*U. */
  private static final String BCRYPT =
      "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";

  private static final String ENCODING =
      IntStream.range(0, 128)
          .mapToObj(i -> "-0.0%d1".formatted(i))
          .collect(Collectors.joining(", ", "[", "]"));

  @TempDir private Path folder;
  private Path pictures;
  private Path journal;
  private FaceLock faceLock;
  private final List<ImportLine> lines = new ArrayList<>();

  @BeforeEach
  void open() throws Exception {
    pictures = Files.createDirectory(folder.resolve("pictures"));
    journal = folder.resolve("journal");
    faceLock =
        FaceLock.builder()
            .policy(Policy.named("web").step(FactorType.PASSWORD).step(FactorType.FACE).build())
            .codeChannel(new InMemoryMailbox(FactorType.EMAIL_CODE))
            .build();
  }

  @AfterEach
  void close() {
    faceLock.close();
  }

  private ImportReport run(PeopleSource source) {
    lines.clear();
    return new PeopleImport(faceLock.enrolment(), Consent.to("notice-1"))
        .run(source, journal, lines::add);
  }

  private Result resultOf(String place) {
    return lineOf(place).result();
  }

  private ImportLine lineOf(String place) {
    return lines.stream().filter(line -> line.place().equals(place)).findFirst().orElseThrow();
  }

  @Test
  void aFolderForEachPersonIsImportedAndTheRestIsReported() throws Exception {
    Path bea = Files.createDirectory(pictures.resolve("bea"));
    Files.write(bea.resolve("1.jpg"), DemoFaces.bea());
    Files.writeString(bea.resolve("notes.txt"), "not a picture");
    Path dora = Files.createDirectory(pictures.resolve("dora"));
    Files.write(dora.resolve("two.jpg"), DemoFaces.two());
    Path old = Files.createDirectory(pictures.resolve("old"));
    Files.writeString(old.resolve("encoding.npy"), "numbers");
    Files.writeString(pictures.resolve("faces.pkl"), "numbers");
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.write(outside.resolve("1.jpg"), DemoFaces.dora());
    Path linked = Files.createDirectory(pictures.resolve("linked"));
    Files.createSymbolicLink(linked.resolve("1.jpg"), outside.resolve("1.jpg"));

    ImportReport report = run(PhotographFolder.at(pictures));

    assertThat(report).isEqualTo(new ImportReport(1, 0, 4));
    assertThat(resultOf("folder bea")).isEqualTo(Result.IMPORTED);
    assertThat(faceLock.enrolment().enrolledFactors(SubjectId.of("bea"))).contains(FactorType.FACE);
    assertThat(lineOf("folder dora").remarks().get(0)).contains("was not taken");
    assertThat(lineOf("folder old").remarks().get(0)).contains("another model");
    assertThat(lineOf("folder faces.pkl").remarks().get(0)).contains("another model");
    assertThat(lineOf("folder linked").remarks().get(0)).contains("leads out");
    for (String nobody : List.of("dora", "old", "linked")) {
      assertThat(faceLock.enrolment().suspend(SubjectId.of(nobody))).isFalse();
    }
  }

  @Test
  void aTableOfUsersIsImportedAndBadLinesStopNobody() throws Exception {
    Files.write(pictures.resolve("bea.jpg"), DemoFaces.bea());
    Files.write(folder.resolve("secret.jpg"), DemoFaces.dora());
    String dora = Base64.getEncoder().encodeToString(DemoFaces.dora());
    Path table =
        Files.writeString(
            folder.resolve("users.csv"),
            String.join(
                "\r\n",
                "\uFEFFUsername,Email,Password_hash,Image,Note",
                "bea,bea@example.org," + BCRYPT + ",bea.jpg,\"says \"\"hi\"\",\r\n twice\"",
                "dora,dora@example.org,,data:image/jpeg;base64," + "\"" + "\",x",
                "dora,dora@example.org,,\"data:image/jpeg;base64," + dora + "\",x",
                "traverse,,,../secret.jpg,x",
                "absolute,,," + folder.resolve("secret.jpg") + ",x",
                "gone,,,gone.jpg,x",
                "short,line",
                ",nobody@example.org,,,x",
                "plain,plain@example.org,hunter2,,x",
                "encoded,,,\"" + ENCODING + "\",x",
                "empty,,,,x",
                "bea,other@example.org,,bea.jpg,x",
                "mail,mail@example.org,,,x",
                "bad,no address,,,x",
                ""));

    ImportReport report = run(UsersTable.at(table, pictures));

    assertThat(resultOf("line 2")).isEqualTo(Result.IMPORTED);
    assertThat(lines.get(1).result()).isEqualTo(Result.REFUSED);
    assertThat(resultOf("line 5")).isEqualTo(Result.IMPORTED);
    assertThat(lineOf("line 6").remarks().get(0)).contains("leads out");
    assertThat(lineOf("line 7").remarks().get(0)).contains("leads out");
    assertThat(lineOf("line 8").remarks().get(0)).contains("not there");
    assertThat(lineOf("line 9").remarks().get(0)).contains("2 fields");
    assertThat(lineOf("line 10").remarks().get(0)).contains("a name");
    assertThat(resultOf("line 11")).isEqualTo(Result.IMPORTED);
    assertThat(lineOf("line 11").remarks().get(0)).contains("new password");
    assertThat(lineOf("line 12").remarks().get(0)).contains("another model");
    assertThat(lineOf("line 13").remarks().get(0)).contains("nothing to log in with");
    assertThat(resultOf("line 14")).isEqualTo(Result.SKIPPED);
    assertThat(resultOf("line 15")).isEqualTo(Result.IMPORTED);
    assertThat(resultOf("line 16")).isEqualTo(Result.REFUSED);
    assertThat(report).isEqualTo(new ImportReport(4, 1, 9));
    assertThat(lines.toString())
        .doesNotContain("example.org")
        .doesNotContain("hunter2")
        .doesNotContain(BCRYPT);
    assertThat(Files.readString(journal)).doesNotContain("bea");
    // The other system's password works.
    Outcome asked =
        faceLock.authenticator().begin(SubjectId.of("bea"), RequestContext.from("192.0.2.1"));
    assertThat(
            faceLock
                .authenticator()
                .advance(
                    ((Outcome.Challenge) asked).handle(),
                    Response.password("U*U"),
                    RequestContext.from("192.0.2.1")))
        .isInstanceOf(Outcome.Challenge.class);
  }

  @Test
  void aSecondRunGoesOnWhereTheFirstOneEnded() throws Exception {
    Path table = table(40);
    assertThatThrownBy(
            () ->
                new PeopleImport(faceLock.enrolment(), Consent.to("notice-1"))
                    .run(
                        UsersTable.at(table, pictures),
                        journal,
                        line -> {
                          if (line.place().equals("line 21")) {
                            throw new IllegalStateException("the plug is pulled");
                          }
                        }))
        .hasMessageContaining("plug");
    // A crash in the middle of a line, and of a person: registered, begun, and not done.
    Files.writeString(journal, "D 0123", StandardOpenOption.APPEND);

    assertThat(run(UsersTable.at(table, pictures))).isEqualTo(new ImportReport(20, 20, 0));
    assertThat(run(UsersTable.at(table, pictures))).isEqualTo(new ImportReport(0, 40, 0));
    for (int i = 0; i < 40; i++) {
      assertThat(faceLock.enrolment().suspend(SubjectId.of("user " + i))).isTrue();
    }
  }

  @Test
  void namesThatWereThereBeforeAreLeftAlone() throws Exception {
    faceLock.enrolment().register(SubjectId.of("user 0"));
    assertThat(run(UsersTable.at(table(2), pictures))).isEqualTo(new ImportReport(1, 1, 0));
  }

  @Test
  void whatIsNoTableIsRefusedAtOnce() throws Exception {
    Path table = Files.writeString(folder.resolve("t.csv"), "a,b\n1,2\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(UsersTable.at(table, pictures)))
        .withMessageContaining("username");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UsersTable.at(folder.resolve("none"), pictures));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PhotographFolder.at(folder.resolve("none")));
  }

  private Path table(int users) throws Exception {
    StringBuilder text = new StringBuilder("username,email\n");
    for (int i = 0; i < users; i++) {
      text.append("user ").append(i).append(",u").append(i).append("@example.org\n");
    }
    return Files.writeString(folder.resolve("users.csv"), text);
  }
}
