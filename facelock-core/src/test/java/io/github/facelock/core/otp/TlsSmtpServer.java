package io.github.facelock.core.otp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A mail server with STARTTLS (RFC 3207) and AUTH PLAIN (RFC 4954), which writes down who says
 * what.
 */
final class TlsSmtpServer implements AutoCloseable {

  /** What the server does; "drips" is to answer byte by byte, without an end. */
  enum Conduct {
    PROPER,
    TLS_AT_ONCE,
    DRIPS,
    DRIPS_IN_HANDSHAKE,
    DRIPS_AFTER_STARTTLS,
    HANGS_UP_IN_HANDSHAKE,
    LOGIN_BUSY
  }

  static final String USER = "acme-mailer";
  static final String PASSWORD = "correct horse";

  private final ServerSocket socket;
  private final SSLContext tls;
  private final Conduct conduct;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final List<String> inClear = new CopyOnWriteArrayList<>();
  private final List<String> underTls = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  TlsSmtpServer(SSLContext tls, Conduct conduct) throws IOException {
    this.tls = tls;
    this.conduct = conduct;
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::accept, "tls-smtp");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return socket.getLocalPort();
  }

  /** What clients said readable by anyone. */
  List<String> inClear() {
    return inClear;
  }

  /** What clients said under TLS. */
  List<String> underTls() {
    return underTls;
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        open.add(client);
        greet(client);
      } catch (IOException expected) {
        // The client or the test hung up.
      }
    }
  }

  private void greet(Socket client) throws IOException {
    switch (conduct) {
      case DRIPS -> drip(client, "220-");
      case DRIPS_IN_HANDSHAKE -> drip(client, "\u0016\u0003\u0003?\u00ff");
      case HANGS_UP_IN_HANDSHAKE -> {
        int unused = client.getInputStream().read();
        client.close();
      }
      case TLS_AT_ONCE -> {
        Socket secured = secured(client);
        say(secured, "220 here");
        talk(secured, underTls);
      }
      default -> {
        say(client, "220 here");
        talk(client, inClear);
      }
    }
  }

  private void talk(Socket greeted, List<String> from) throws IOException {
    Socket client = greeted;
    List<String> heard = from;
    BufferedReader in = reader(client);
    boolean loggedIn = false;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      heard.add(line);
      String verb = line.toUpperCase(Locale.ROOT);
      if (verb.startsWith("EHLO")) {
        // AUTH is offered in clear too: a client must not take that up.
        say(
            client,
            heard == inClear
                ? "250-here\r\n250-AUTH PLAIN\r\n250 STARTTLS"
                : "250-here\r\n250 AUTH PLAIN");
      } else if (verb.equals("STARTTLS")) {
        say(client, "220 go on");
        client = secured(client);
        in = reader(client);
        heard = underTls;
        if (conduct == Conduct.DRIPS_AFTER_STARTTLS) {
          drip(client, "250-");
          return;
        }
      } else if (verb.startsWith("AUTH PLAIN")) {
        if (conduct == Conduct.LOGIN_BUSY) {
          say(client, "454 4.7.0 later");
          continue;
        }
        loggedIn = isRight(line.substring(10).trim());
        say(client, loggedIn ? "235 welcome" : "535 5.7.8 no, " + USER + " " + PASSWORD);
      } else if (verb.startsWith("QUIT")) {
        say(client, "221 bye");
        client.close();
        return;
      } else if (!loggedIn) {
        say(client, "530 5.7.0 log in first");
      } else if (verb.startsWith("DATA")) {
        say(client, "354 go on");
        for (String data = in.readLine(); data != null; data = in.readLine()) {
          heard.add(data);
          if (data.equals(".")) {
            break;
          }
        }
        say(client, "250 taken");
      } else {
        say(client, "250 ok");
      }
    }
  }

  private Socket secured(Socket client) throws IOException {
    SSLSocket secured = (SSLSocket) tls.getSocketFactory().createSocket(client, "client", 0, true);
    secured.setUseClientMode(false);
    secured.startHandshake();
    return secured;
  }

  /** RFC 4616: whom to act as (nobody, or the user), the user, the password. */
  private static boolean isRight(String encoded) {
    String said = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    String login = "\0" + USER + "\0" + PASSWORD;
    return said.equals(login) || said.equals(USER + login);
  }

  /** A byte each 20 ms: no read time-out ever strikes. */
  private void drip(Socket client, String start) throws IOException {
    OutputStream out = client.getOutputStream();
    out.write(start.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
    try {
      while (!closed.await(20, TimeUnit.MILLISECONDS)) {
        out.write('x');
        out.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static BufferedReader reader(Socket client) throws IOException {
    return new BufferedReader(
        new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
  }

  private static void say(Socket client, String line) throws IOException {
    OutputStream out = client.getOutputStream();
    out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    socket.close();
    for (Socket client : open) {
      client.close();
    }
  }
}
