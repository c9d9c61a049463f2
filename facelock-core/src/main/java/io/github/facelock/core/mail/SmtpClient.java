package io.github.facelock.core.mail;

import io.github.facelock.api.FaceLockException;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.EOFException;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.net.SocketException;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * Hands mails to a server by SMTP (RFC 5321). Thread-safe; one connection for each mail, for no
 * longer than {@link SmtpSettings.Builder#deliverWithin}. What it throws holds neither addresses
 * nor words of the mail. Connects directly: SOCKS settings of the JVM are not used.
 */
public final class SmtpClient {

  private final SmtpSettings settings;
  private final Clock clock;
  private final Session session;
  private final ScheduledExecutorService timer = timer();

  /**
   * Uses a server. Connects when the first mail is sent.
   *
   * @param settings which server, and how
   * @param clock dates the mails
   */
  public SmtpClient(SmtpSettings settings, Clock clock) {
    this.settings = Objects.requireNonNull(settings, "settings");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.session = Session.getInstance(properties(settings));
  }

  /**
   * Names who sends, for the words of a mail.
   *
   * @return the application's name
   */
  public String application() {
    return settings.application();
  }

  /**
   * Hands a mail over.
   *
   * @param mail what to send, and to whom
   * @throws FaceLockException.Delivery if the server did not take it
   */
  public void send(OutgoingMail mail) {
    try (Deadline deadline = new Deadline(timer, settings.deliverWithin())) {
      send(mail, deadline);
    }
  }

  private void send(OutgoingMail mail, Deadline deadline) {
    SMTPTransport transport = transport();
    try {
      MimeMessage message =
          MimeMails.message(
              session, mail, settings.from(), settings.application(), clock.instant());
      connect(transport);
      transport.sendMessage(message, message.getAllRecipients());
    } catch (MessagingException e) {
      throw explained(e, transport.getLastReturnCode(), deadline.missed());
    } catch (UnsupportedEncodingException e) {
      throw delivery("This Java runtime does not offer UTF-8; use a standard one", false, -1);
    } finally {
      hangUp(transport);
    }
  }

  private SMTPTransport transport() {
    try {
      return (SMTPTransport) session.getTransport("smtp");
    } catch (MessagingException e) {
      throw delivery("No SMTP provider was found; add org.eclipse.angus:angus-mail", false, -1);
    }
  }

  private void connect(SMTPTransport transport) throws MessagingException {
    if (settings.password().isPresent()) {
      String password = new String(settings.password().get().reveal());
      transport.connect(settings.host(), settings.port(), settings.user(), password);
    } else {
      transport.connect(settings.host(), settings.port(), null, null);
    }
  }

  private FaceLockException.Delivery explained(MessagingException e, int code, boolean late) {
    String server = "Mail server " + settings.host() + ":" + settings.port();
    if (late) {
      return delivery(
          server
              + " did not take the mail within "
              + settings.deliverWithin().toMillis()
              + " ms; check its load, or give it longer by deliverWithin",
          true,
          -1);
    }
    if (has(e, SSLException.class) && !has(e, EOFException.class, SocketException.class)) {
      return delivery(
          server
              + " could not prove who it is by TLS; check its certificate and name, or give the"
              + " right trust store",
          false,
          code);
    }
    if (e instanceof AuthenticationFailedException) {
      // RFC 4954, section 6: 454 is temporary.
      return delivery(
          server + " refused the login; check the user and password", code / 100 == 4, code);
    }
    if (code / 100 == 4) {
      return delivery(
          server + " refused the mail for now (greylisting, load); it is tried again", true, code);
    }
    if (code / 100 == 5) {
      return delivery(
          server + " refused the mail; check sender, address and the server's rules", false, code);
    }
    if (has(e, IOException.class) || code <= 0) {
      return delivery(
          server + " does not answer as a mail server; check host, port and firewall", true, code);
    }
    return delivery(
        server + " lacks what the settings ask for (STARTTLS, a login); change either",
        false,
        code);
  }

  private static boolean has(MessagingException e, Class<?>... types) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      for (Class<?> type : types) {
        if (type.isInstance(cause)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Without the exception beneath: its message repeats the address. */
  private static FaceLockException.Delivery delivery(String text, boolean retryable, int code) {
    String reply = code > 0 ? "SMTP reply " + code : "No SMTP reply";
    return new FaceLockException.Delivery(
        text + " (" + reply + ")", retryable, new IOException(reply));
  }

  private static void hangUp(SMTPTransport transport) {
    try {
      transport.close();
    } catch (MessagingException e) {
      // The verdict on the mail is known by now; a lost QUIT changes nothing.
      return;
    }
  }

  /** One thread, which ends when there is nothing to watch: a channel needs no closing. */
  private static ScheduledExecutorService timer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "facelock-mail-deadline");
              thread.setDaemon(true);
              return thread;
            });
    timer.setKeepAliveTime(10, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  private static Properties properties(SmtpSettings settings) {
    Properties properties = new Properties();
    properties.put("mail.smtp.connectiontimeout", millis(settings.connectTimeout()));
    properties.put("mail.smtp.timeout", millis(settings.readTimeout()));
    properties.put("mail.smtp.writetimeout", millis(settings.writeTimeout()));
    properties.put("mail.smtp.auth", Boolean.toString(settings.password().isPresent()));
    properties.put("mail.smtp.localhost", "localhost");
    // Waiting for the answer to QUIT costs a time-out with servers that hang.
    properties.put("mail.smtp.quitwait", "false");
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    // Their blocking calls end when the thread is interrupted: by the deadline, or at shutdown.
    properties.put("mail.smtp.usesocketchannels", "true");
    switch (settings.security()) {
      case STARTTLS_REQUIRED -> {
        properties.put("mail.smtp.starttls.enable", "true");
        properties.put("mail.smtp.starttls.required", "true");
      }
      case IMPLICIT_TLS -> properties.put("mail.smtp.ssl.enable", "true");
      case NONE -> properties.put("mail.smtp.starttls.enable", "false");
    }
    settings
        .tls()
        .ifPresent(tls -> properties.put("mail.smtp.ssl.socketFactory", tls.getSocketFactory()));
    return properties;
  }

  private static String millis(Duration timeout) {
    return Long.toString(timeout.toMillis());
  }

  @Override
  public String toString() {
    return "SmtpClient[" + settings + "]";
  }
}
