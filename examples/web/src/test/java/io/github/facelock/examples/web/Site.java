package io.github.facelock.examples.web;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The running application with a mail server of its own. */
final class Site implements AutoCloseable {

  static final String GUARD = "guard@example.org";

  private static final Pattern CODE = Pattern.compile("\\b\\d{8}\\b");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final GreenMail mail =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private final ConfigurableApplicationContext application;
  private final Path data;
  private final Set<String> read = new HashSet<>();

  Site(Path data, Map<String, ?> properties) {
    this.data = data;
    mail.start();
    application =
        new SpringApplicationBuilder(WebExample.class)
            .properties(Map.copyOf(properties))
            .run(
                "--server.port=0",
                "--facelock.data-dir=" + data,
                "--facelock.mail.host=127.0.0.1",
                "--facelock.mail.port=" + mail.getSmtp().getPort(),
                "--facelock.mail.security=none",
                "--facelock.mail.accept-plain-text=true",
                "--facelock.mail.from=facelock@example.org");
  }

  String address() {
    return "http://localhost:" + application.getEnvironment().getProperty("local.server.port");
  }

  <T> T bean(Class<T> type) {
    return application.getBean(type);
  }

  /** The password that the demo people have. */
  String password() {
    try {
      return Files.readString(data.resolve("demo-password")).strip();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits for the next mail with a code to somebody, and reads the code. */
  String code(String address) {
    Matcher code =
        CODE.matcher(text(next(m -> to(m).equals(address) && CODE.matcher(text(m)).find())));
    if (!code.find()) {
      throw new AssertionError("A mail without a code");
    }
    return code.group();
  }

  /** Waits for a mail to somebody that has not been read, and reads it. */
  MimeMessage next(Predicate<MimeMessage> wanted) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      MimeMessage[] all = mail.getReceivedMessages();
      // The server lists them by mail box, not by time.
      for (MimeMessage each : all) {
        if (wanted.test(each) && read.add(id(each))) {
          return each;
        }
      }
      if (!mail.waitForIncomingEmail(1_000, all.length + 1) && System.nanoTime() > end) {
        throw new AssertionError("The mail did not come; these did: " + subjects(all));
      }
    }
  }

  private static String id(MimeMessage message) {
    try {
      return message.getMessageID();
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> subjects(MimeMessage[] mails) {
    List<String> subjects = new ArrayList<>();
    for (MimeMessage each : mails) {
      try {
        subjects.add(to(each) + ": " + each.getSubject());
      } catch (MessagingException e) {
        throw new IllegalStateException(e);
      }
    }
    return subjects;
  }

  static String to(MimeMessage message) {
    try {
      return message.getAllRecipients()[0].toString();
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  static String subject(MimeMessage message) {
    try {
      return message.getSubject();
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  static String text(Part part) {
    try {
      if (part.getContent() instanceof Multipart parts) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < parts.getCount(); i++) {
          all.append(text(parts.getBodyPart(i)));
        }
        return all.toString();
      }
      return part.isMimeType("text/plain") ? part.getContent().toString() : "";
    } catch (MessagingException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static boolean hasPicture(Part part) {
    try {
      if (part.getContent() instanceof Multipart parts) {
        for (int i = 0; i < parts.getCount(); i++) {
          BodyPart child = parts.getBodyPart(i);
          if (hasPicture(child)) {
            return true;
          }
        }
      }
      return part.isMimeType("image/jpeg");
    } catch (MessagingException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    application.close();
    mail.stop();
  }
}
