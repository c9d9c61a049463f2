package io.github.facelock.core.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;

/** A server process of this test run, which ends with it. */
public abstract class LocalServer implements AutoCloseable {

  private static final boolean REQUIRED = Boolean.getBoolean("facelock.it.required");
  private static final long READY_NANOS = TimeUnit.SECONDS.toNanos(120);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final String name;
  private final String packageName;
  private final String user;
  private final Path folder;
  private final int port;
  private Optional<Process> process = Optional.empty();

  LocalServer(String name, String packageName, String user) {
    this.name = name;
    this.packageName = packageName;
    this.user = user;
    this.port = freePort();
    this.folder = folder(name);
    Runtime.getRuntime().addShutdownHook(new Thread(this::discard, name + "-end"));
  }

  /** Fails, or skips the test where servers are not required, if a program is not installed. */
  static Path program(String packageName, String... places) {
    for (String place : places) {
      if (Files.isExecutable(Path.of(place))) {
        return Path.of(place);
      }
    }
    String cure = "not installed: apt-get install " + packageName;
    if (REQUIRED) {
      throw new IllegalStateException(cure);
    }
    Assumptions.abort(cure);
    throw new IllegalStateException(cure);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder(String name) {
    try {
      Path folder = Files.createTempDirectory("facelock-" + name + "-");
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The port on the loopback interface. */
  public final int port() {
    return port;
  }

  /** Where the server keeps its files. */
  public final Path folder() {
    return folder;
  }

  final String packageName() {
    return packageName;
  }

  /** Tells the command that runs in the foreground. */
  abstract List<String> command();

  /** Tells whether the server answers; throws while it does not. */
  abstract void greet() throws Exception;

  /** Starts the server, and returns when it answers. */
  public final synchronized void start() {
    if (process.filter(Process::isAlive).isPresent()) {
      return;
    }
    try {
      process = Optional.of(builder(command()).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    awaitAnswer();
  }

  private void awaitAnswer() {
    long end = System.nanoTime() + READY_NANOS;
    while (true) {
      try {
        greet();
        return;
      } catch (Exception e) {
        if (System.nanoTime() > end || !process.orElseThrow().isAlive()) {
          throw new IllegalStateException(name + " does not answer: " + output(), e);
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  /** Runs a command of the server's user to its end. */
  final void run(List<String> command) {
    try {
      Process finished = builder(command).start();
      if (finished.waitFor() != 0) {
        throw new IllegalStateException(name + ": " + command + " failed: " + output());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Hands a folder to the server's user. */
  final void give(Path path) {
    if (isRoot()) {
      runAsRoot(List.of("chown", "-R", user, path.toString()));
    }
  }

  private void runAsRoot(List<String> command) {
    try {
      if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
        throw new IllegalStateException(command + " failed");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private ProcessBuilder builder(List<String> command) {
    List<String> all = new ArrayList<>();
    if (isRoot()) {
      // Without a session of its own: a signal to the child is a signal to the server.
      all.addAll(List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups"));
    }
    all.addAll(command);
    return new ProcessBuilder(all)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("output.log").toFile()));
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private String output() {
    try {
      String all = Files.readString(folder.resolve("output.log"));
      return all.substring(Math.max(0, all.length() - 2000));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Stops the process at once, as a power failure would. */
  public final synchronized void kill() {
    process.ifPresent(
        running -> {
          running.toHandle().descendants().forEach(ProcessHandle::destroyForcibly);
          running.destroyForcibly().onExit().join();
        });
    process = Optional.empty();
  }

  /** Stops the process; its folder goes when this JVM ends. */
  @Override
  public final void close() {
    kill();
  }

  /** Suspends the process: connections stay open, and nothing answers. */
  public final void freeze() {
    signal("-STOP");
  }

  /** Lets the process go on. */
  public final void thaw() {
    signal("-CONT");
  }

  private void signal(String signal) {
    ProcessHandle handle = process.orElseThrow().toHandle();
    List<String> command = new ArrayList<>(List.of("kill", signal, Long.toString(handle.pid())));
    handle.descendants().forEach(child -> command.add(Long.toString(child.pid())));
    runAsRoot(command);
  }

  private void discard() {
    kill();
    try (var paths = Files.walk(folder)) {
      paths.sorted(java.util.Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      // A temporary folder that stays is no fault of a test.
      folder.toFile().deleteOnExit();
    }
  }
}
