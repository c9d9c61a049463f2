package io.github.facelock.examples.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The administration's files hold nothing that could make markup of a name, or break the CSP. */
class AdminFilesTest {

  private static final Path FILES = Path.of("src/main/resources/static/admin");

  private static List<Path> files(String ending) throws IOException {
    try (Stream<Path> all = Files.list(FILES)) {
      return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  @Test
  void scriptsBuildNodesAndNeverMarkup() throws IOException {
    assertThat(files(".js")).hasSizeGreaterThan(5);
    for (Path script : files(".js")) {
      assertThat(Files.readString(script))
          .as(script.toString())
          .doesNotContain("innerHTML")
          .doesNotContain("outerHTML")
          .doesNotContain("insertAdjacentHTML")
          .doesNotContain("document.write")
          .doesNotContain("DOMParser")
          .doesNotContain("srcdoc")
          .doesNotContain("eval(")
          .doesNotContain("javascript:");
    }
  }

  @Test
  void pagesHaveNothingInlineAndNothingFromElsewhere() throws IOException {
    assertThat(files(".html")).hasSize(6);
    for (Path page : files(".html")) {
      assertThat(Files.readString(page))
          .as(page.toString())
          .doesNotContainPattern("<script(?![^>]* src=\"/admin/)")
          .doesNotContainPattern("<style|style=|\\son[a-z]+=")
          .doesNotContainPattern("(?:src|href)=\"(?:https?:)?//")
          .contains("<html lang=\"en\">", "aria-current=\"page\"", "Skip to the content");
    }
    for (Path sheet : files(".css")) {
      assertThat(Files.readString(sheet)).doesNotContain("@import").doesNotContain("url(");
    }
  }
}
