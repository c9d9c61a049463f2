package io.github.facelock.benchmarks;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.benchmarks.accuracy.Json;
import io.github.facelock.benchmarks.jmh.Scene;
import io.github.facelock.benchmarks.load.Attempts;
import io.github.facelock.benchmarks.load.LoadReport;
import io.github.facelock.benchmarks.load.Logins;
import io.github.facelock.benchmarks.load.Rate;
import io.github.facelock.benchmarks.load.References;
import io.github.facelock.benchmarks.load.Target;
import io.github.facelock.core.crypto.FixedKeys;
import io.github.facelock.core.onnx.OnnxModels;
import io.github.facelock.core.password.Argon2Parameters;
import io.github.facelock.core.store.redis.Redis;
import io.github.facelock.core.store.redis.RedisAttemptStore;
import io.github.facelock.core.store.redis.RedisSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures what a database carries, as pgbench does for statements: logins and attempts in a
 * second, the time and memory to load references, the speed of a rotation of keys.
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar io.github.facelock.benchmarks.Load \
 *     --url "jdbc:postgresql://localhost/load?reWriteBatchedInserts=true" --user me \
 *     --references 100000 --json figures.json --markdown figures.md
 * }</pre>
 *
 * <p>Use an empty database of its own: the tool writes, and removes nothing. Rows are written in
 * batches for the references alone; all else goes through FaceLock. Without {@code --url} it takes
 * an H2 file in a temporary folder, which is removed at the end.
 */
@Command(
    name = "Load",
    mixinStandardHelpOptions = true,
    version = "FaceLock Load",
    description = "Measures what a database carries. It writes, and removes nothing.")
public final class Load implements Callable<Integer> {

  private static final int FAULT = 1;

  /** What is measured. */
  enum Part {
    CODES,
    FACES,
    ATTEMPTS,
    REFERENCES,
    ROTATION
  }

  private final PrintStream out;
  private final PrintStream err;
  private final SecureRandom random = new SecureRandom();

  @Option(names = "--url", paramLabel = "JDBC", description = "The database; an H2 file if absent.")
  private Optional<String> url = Optional.empty();

  @Option(names = "--user", paramLabel = "NAME", description = "Who connects.")
  private Optional<String> user = Optional.empty();

  @Option(names = "--password", paramLabel = "TEXT", description = "What they connect with.")
  private Optional<String> password = Optional.empty();

  @Option(
      names = "--redis",
      paramLabel = "PORT",
      description = "Counts attempts in a Redis of this machine, too.")
  private Optional<Integer> redis = Optional.empty();

  @Option(
      names = "--parts",
      split = ",",
      paramLabel = "PART",
      defaultValue = "CODES,FACES,ATTEMPTS,REFERENCES,ROTATION",
      description = "What is measured (${DEFAULT-VALUE}).")
  private List<Part> parts = List.of();

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "10",
      description = "How long each rate is measured (${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "4",
      description = "How many act at once (${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = "--people",
      paramLabel = "N",
      defaultValue = "32",
      description = "How many log in by turns (${DEFAULT-VALUE}).")
  private int people;

  @Option(
      names = "--references",
      paramLabel = "N",
      defaultValue = "10000",
      description = "How many references are loaded (${DEFAULT-VALUE}).")
  private int references;

  @Option(names = "--json", paramLabel = "JSON", description = "Writes all figures.")
  private Optional<Path> json = Optional.empty();

  @Option(names = "--markdown", paramLabel = "FILE", description = "Writes a table.")
  private Optional<Path> markdown = Optional.empty();

  Load(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /**
   * Measures.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(out, err, arguments));
  }

  static int run(PrintStream out, PrintStream err, String... arguments) {
    return new CommandLine(new Load(out, err)).execute(arguments);
  }

  @Override
  public Integer call() throws IOException {
    Optional<Path> folder =
        url.isPresent()
            ? Optional.empty()
            : Optional.of(Files.createTempDirectory("facelock-load"));
    String address =
        url.orElseGet(
            () -> "jdbc:h2:file:" + folder.orElseThrow().resolve("load") + ";WRITE_DELAY=0");
    try (Target target = Target.open(address, user, password)) {
      LoadReport report = new LoadReport(target.product());
      measure(target, report);
      out.print(report.markdown());
      if (json.isPresent()) {
        Files.writeString(json.get(), Json.write(report.tree()));
      }
      if (markdown.isPresent()) {
        Files.writeString(markdown.get(), report.markdown());
      }
      return 0;
    } catch (FaceLockException | IllegalStateException e) {
      err.println(e.getMessage());
      return FAULT;
    } finally {
      folder.ifPresent(Load::remove);
    }
  }

  private void measure(Target target, LoadReport report) throws IOException {
    Map<String, SecretKey> both = Map.of("k1", key(1), "k2", key(2));
    FixedKeys before = new FixedKeys("k1", both);
    Duration time = Duration.ofSeconds(seconds);
    Logins logins = new Logins(target, before, people, threads, time);
    Argon2Parameters usual = Argon2Parameters.recommended();
    Argon2Parameters cheap = new Argon2Parameters(8, 1, 1);
    if (parts.contains(Part.CODES)) {
      report.rate("logins, PIN + TOTP", logins.withCodes(usual));
      report.rate("logins, PIN + TOTP, cheap hash", logins.withCodes(cheap));
    }
    if (parts.contains(Part.FACES)) {
      report.rate("logins, PIN + face", logins.withFaces(usual, Scene.file()));
    }
    if (parts.contains(Part.ATTEMPTS)) {
      report.rate("attempts", Attempts.measure(target.stores().attempts(), threads, time));
      redis.ifPresent(port -> report.rate("attempts, Redis", attemptsOnRedis(port, time)));
    }
    if (parts.contains(Part.REFERENCES) || parts.contains(Part.ROTATION)) {
      references(target, before, both, report);
    }
  }

  private void references(
      Target target, FixedKeys before, Map<String, SecretKey> both, LoadReport report) {
    try (OnnxModels models = OnnxModels.bundled()) {
      References many = new References(target, models.embedder(), random);
      report.filled(references, many.fill(references, before));
      if (parts.contains(Part.REFERENCES)) {
        report.loaded(references, many.load(before));
      }
      if (parts.contains(Part.ROTATION)) {
        report.rotated(
            many.rotate(new FixedKeys("k2", both), Duration.ofSeconds(Math.max(60, 6L * seconds))));
      }
    }
  }

  private Rate attemptsOnRedis(int port, Duration time) {
    try (Redis server = Redis.connect(RedisSettings.of("127.0.0.1", port), random)) {
      return Attempts.measure(new RedisAttemptStore(server, Clock.systemUTC()), threads, time);
    }
  }

  /** Known to all: nothing that this tool writes is anybody's. Its second run reads its first. */
  private static SecretKey key(int number) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) number;
    return new SecretKeySpec(bytes, "AES");
  }

  private static void remove(Path folder) {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
