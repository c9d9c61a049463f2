package io.github.facelock.core.otp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A mail server that misbehaves on purpose, over real TCP. */
final class FakeSmtpServer implements AutoCloseable {

  /** What the server does. */
  enum Manner {
    HANGS,
    GARBAGE,
    HANGS_UP,
    GREYLISTS_TWICE,
    NO_SUCH_USER,
    NO_STARTTLS
  }

  private final ServerSocket socket;
  private final Manner manner;
  private final AtomicInteger recipients = new AtomicInteger();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final List<String> messageIds = new CopyOnWriteArrayList<>();

  FakeSmtpServer(Manner manner) throws IOException {
    this.manner = manner;
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::accept, "fake-smtp");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return socket.getLocalPort();
  }

  List<String> messageIds() {
    return messageIds;
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        open.add(client);
        talk(client);
      } catch (IOException expected) {
        // The client or the test hung up.
      }
    }
  }

  private void talk(Socket client) throws IOException {
    switch (manner) {
      case HANGS -> {
        return;
      }
      case HANGS_UP -> {
        client.close();
        return;
      }
      case GARBAGE -> {
        say(client, "\u0000\u0001 what is this");
        client.close();
        return;
      }
      default -> say(client, "220 fake");
    }
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String verb = line.toUpperCase(Locale.ROOT);
      if (verb.startsWith("RCPT")) {
        say(client, answerToRecipient(line));
      } else if (verb.startsWith("DATA")) {
        say(client, "354 go on");
        for (String data = in.readLine(); !".".equals(data); data = in.readLine()) {
          if (data.startsWith("Message-ID:")) {
            messageIds.add(data);
          }
        }
        say(client, "250 taken");
      } else if (verb.startsWith("QUIT")) {
        say(client, "221 bye");
        client.close();
        return;
      } else {
        say(client, "250 ok");
      }
    }
  }

  private String answerToRecipient(String line) {
    return switch (manner) {
      case GREYLISTS_TWICE ->
          recipients.incrementAndGet() <= 2 ? "451 4.7.1 greylisted " + line : "250 ok";
      case NO_SUCH_USER -> "550 5.1.1 no such user " + line;
      default -> "250 ok";
    };
  }

  private static void say(Socket client, String line) throws IOException {
    OutputStream out = client.getOutputStream();
    out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket client : open) {
      client.close();
    }
  }
}
