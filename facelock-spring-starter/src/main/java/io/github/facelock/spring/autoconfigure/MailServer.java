package io.github.facelock.spring.autoconfigure;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.Secret;
import io.github.facelock.core.mail.SmtpSecurity;
import io.github.facelock.core.mail.SmtpSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * The mail server of facelock.mail, or else of spring.mail.
 *
 * @param host its name
 * @param port its port
 * @param security the protection of the connection
 * @param user empty where nobody logs in
 * @param password empty where nobody logs in
 */
record MailServer(
    String host,
    int port,
    SmtpSecurity security,
    @Nullable String user,
    @Nullable Secret password) {

  private static final String BOOT = "spring.mail.";
  private static final int SUBMISSION = 587;
  private static final int SUBMISSIONS = 465;

  static MailServer of(MailProperties mail, Environment environment) {
    String own = mail.host();
    if (own != null) {
      int port = mail.port() == null ? SUBMISSION : mail.port();
      SmtpSecurity security = mail.security() == null ? usual(port) : mail.security();
      return new MailServer(own, port, security, mail.username(), mail.password());
    }
    String host = environment.getProperty(BOOT + "host");
    if (host == null) {
      throw new FaceLockSettingException(
          "No mail server is named", "Set facelock.mail.host, or spring.mail.host.");
    }
    int port =
        mail.port() == null
            ? environment.getProperty(BOOT + "port", Integer.class, SUBMISSION)
            : mail.port();
    String user = environment.getProperty(BOOT + "username");
    String password = environment.getProperty(BOOT + "password");
    return new MailServer(
        host,
        port,
        mail.security() == null ? ofBoot(host, port, environment) : mail.security(),
        mail.username() == null ? user : mail.username(),
        mail.password() != null || password == null ? mail.password() : Secret.of(password));
  }

  private static SmtpSecurity usual(int port) {
    return port == SUBMISSIONS ? SmtpSecurity.IMPLICIT_TLS : SmtpSecurity.STARTTLS_REQUIRED;
  }

  private static SmtpSecurity ofBoot(String host, int port, Environment environment) {
    boolean tls =
        isTrue(environment, "ssl.enabled")
            || isTrue(environment, "properties.mail.smtp.ssl.enable")
            || environment.getProperty(BOOT + "protocol", "smtp").equals("smtps");
    if (tls) {
      return SmtpSecurity.IMPLICIT_TLS;
    }
    boolean startTls =
        isTrue(environment, "properties.mail.smtp.starttls.enable")
            || isTrue(environment, "properties.mail.smtp.starttls.required");
    boolean here = host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
    return here && !startTls && port != SUBMISSIONS ? SmtpSecurity.NONE : usual(port);
  }

  private static boolean isTrue(Environment environment, String property) {
    return environment.getProperty(BOOT + property, Boolean.class, false);
  }

  SmtpSettings settings(MailProperties mail, String application) {
    String from = mail.from() == null ? user : mail.from();
    if (from == null || from.indexOf('@') < 0) {
      throw new FaceLockSettingException(
          "The mail server " + host + " is set without the sender's address",
          "Set facelock.mail.from, for example to login@your-domain.");
    }
    SmtpSettings.Builder settings =
        SmtpSettings.server(host, port, from)
            .security(security)
            .application(application)
            .timeouts(mail.connectTimeout(), mail.readTimeout(), mail.writeTimeout())
            .deliverWithin(mail.deliverWithin());
    if (user != null && password != null) {
      settings.credentials(user, password);
    }
    if (mail.acceptPlainText()) {
      settings.acceptPlainText();
    }
    return settings.build();
  }

  /**
   * Looks whether the server is there.
   *
   * @throws FaceLockException.Delivery if it does not greet
   */
  void greet(Duration within) {
    int millis = (int) Math.min(within.toMillis(), Integer.MAX_VALUE);
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), millis);
      socket.setSoTimeout(millis);
      // Behind TLS the greeting comes after a handshake; that the port is open must do.
      if (security != SmtpSecurity.IMPLICIT_TLS) {
        String greeting =
            new String(socket.getInputStream().readNBytes(3), StandardCharsets.US_ASCII);
        if (!greeting.toLowerCase(Locale.ROOT).equals("220")) {
          throw new IOException("no greeting");
        }
      }
    } catch (IOException e) {
      throw new FaceLockException.Delivery(
          "Mail server "
              + host
              + ":"
              + port
              + " does not greet as a mail server; check host, port and firewall",
          true,
          e);
    }
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
