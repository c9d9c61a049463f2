package io.github.facelock.examples.web.mailbox;

import io.github.facelock.spring.autoconfigure.FaceLockProperties;
import io.github.facelock.spring.web.page.Pages;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The development mail box: the newest mails of the folder. */
@Controller
@ConditionalOnBooleanProperty("facelock.development")
class MailboxController {

  private static final int SHOWN = 30;

  private final Path folder;
  private final Pages pages;

  MailboxController(FaceLockProperties properties, Pages pages) {
    this.folder = properties.dataDir().resolve("mails");
    this.pages = pages;
  }

  @GetMapping("/mailbox")
  ResponseEntity<String> mailbox(HttpServletRequest request) throws IOException {
    Map<String, Object> model = new HashMap<>();
    model.put("mails", newest().stream().map(MailboxController::view).toList());
    return pages.page(request, "mailbox", model);
  }

  private List<DevelopmentMail> newest() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".eml"))
          .map(MailboxController::read)
          .sorted(Comparator.comparing(DevelopmentMail::sent).reversed())
          .limit(SHOWN)
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private static DevelopmentMail read(Path file) {
    try {
      return DevelopmentMail.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, ?> view(DevelopmentMail mail) {
    return Map.of(
        "id", mail.id(),
        "to", mail.to(),
        "subject", mail.subject(),
        "sent", mail.sent().toString(),
        "text", mail.text(),
        "pictures", mail.pictures());
  }
}
