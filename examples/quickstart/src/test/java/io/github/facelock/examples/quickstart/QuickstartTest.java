package io.github.facelock.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartTest {

  @TempDir Path mails;

  @Test
  void everythingGoesAsItShould() throws Exception {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    int surprises = Quickstart.run(new PrintStream(shown, true, StandardCharsets.UTF_8), mails);
    String text = shown.toString(StandardCharsets.UTF_8);

    assertThat(surprises).as(text).isZero();
    assertThat(text).doesNotContain("EXPECTED");
    assertThat(lines(text, "login")).hasSize(23);
    assertThat(lines(text, "login").stream().filter(line -> line.contains(" granted "))).hasSize(4);

    assertThat(line(text, "right person, another day")).contains(" granted ");
    assertThat(
            List.of(
                line(text, "recording of an earlier login"),
                line(text, "her photograph, held up and tilted"),
                line(text, "her photograph on a screen, tilted")))
        .noneMatch(line -> line.contains(" granted "));

    assertThat(lines(text, "watch")).singleElement().asString().contains(" watched ");
    assertThat(line(text, "everything right")).contains(" not-verified ");
    assertThat(line(text, "too late")).contains(" factor-locked ");
    assertThat(line(text, "by mail instead")).contains(" granted ");
    assertThat(lines(text, "mail"))
        .satisfiesExactly(
            watched -> assertThat(watched).contains("on the watch-list", " with-picture "),
            locked -> assertThat(locked).contains("A factor is locked", " no-picture "));
    assertThat(lines(text, "audit"))
        .satisfiesExactly(
            known -> assertThat(known).contains(" yes "),
            verified -> assertThat(verified).containsPattern("[1-9][0-9]+ records +intact "));
    assertThat(pictureInMail("watch-list")).isPositive();
  }

  private static List<String> lines(String text, String kind) {
    return text.lines().filter(line -> line.startsWith("  " + kind + " ")).toList();
  }

  private static String line(String text, String part) {
    return text.lines().filter(line -> line.contains(part)).findFirst().orElseThrow();
  }

  /** The height of the picture that is attached to the mail about something. */
  private int pictureInMail(String about) throws Exception {
    try (Stream<Path> files = Files.list(mails)) {
      for (Path file : files.toList()) {
        MimeMessage mail = read(file);
        if (mail.getSubject().contains(about)) {
          MimeMultipart parts = (MimeMultipart) mail.getContent();
          try (InputStream jpeg = parts.getBodyPart(parts.getCount() - 1).getInputStream()) {
            return ImageIO.read(jpeg).getHeight();
          }
        }
      }
    }
    throw new AssertionError("No mail about " + about);
  }

  private static MimeMessage read(Path file) throws Exception {
    try (InputStream in = Files.newInputStream(file)) {
      return new MimeMessage(Session.getInstance(new Properties()), in);
    } catch (IOException e) {
      throw new AssertionError(file.toString(), e);
    }
  }
}
