package io.github.facelock.spring.web.admin;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.Consent;
import io.github.facelock.api.enrolment.Enrolment;
import io.github.facelock.core.migration.ImportLine;
import io.github.facelock.core.migration.PeopleImport;
import io.github.facelock.core.migration.PeopleSource;
import io.github.facelock.core.migration.UsersTable;
import io.github.facelock.spring.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpStatus;
import org.springframework.util.FileSystemUtils;

/**
 * Imports of this node, one at a time; the last ones are remembered. The same file goes on where an
 * earlier import of it ended early. Thread-safe.
 */
final class ImportJobs implements DisposableBean {

  private static final Logger LOG = LoggerFactory.getLogger(ImportJobs.class);

  private static final int REMEMBERED = 10;
  private static final int MOST_LINES = 500;

  private final Enrolment enrolment;
  private final FaceLockAdminProperties bounds;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final AtomicBoolean busy = new AtomicBoolean();
  private final Deque<Job> jobs = new ArrayDeque<>();
  private volatile boolean closed;
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "facelock-import");
            thread.setDaemon(true);
            return thread;
          });

  ImportJobs(Enrolment enrolment, FaceLockAdminProperties bounds, Clock clock) {
    this.enrolment = enrolment;
    this.bounds = bounds;
    this.clock = clock;
  }

  /** What became of one person who was not imported without remarks. */
  record LineView(String place, String result, List<String> remarks) {}

  /**
   * An import.
   *
   * @param state {@code running}, {@code done} or {@code failed}
   * @param fault why it failed: {@code unreadable-archive}, {@code no-heading}, {@code store}…
   * @param total how many people the file holds
   * @param lines the first remarks, at most 500
   */
  record JobView(
      String id,
      String state,
      Optional<String> fault,
      String startedBy,
      Instant startedAt,
      Optional<Instant> endedAt,
      long total,
      long imported,
      long skipped,
      long refused,
      List<LineView> lines) {}

  /** Takes a request's body and begins; the answer does not wait for the end. */
  JobView begin(HttpServletRequest request, boolean table, Consent consent, SubjectId by)
      throws IOException {
    if (closed || !busy.compareAndSet(false, true)) {
      throw new ProblemException(HttpStatus.CONFLICT, "import-running");
    }
    boolean begun = false;
    Optional<Path> folder = Optional.empty();
    try {
      Path home = home();
      folder = Optional.of(Files.createTempDirectory(home, "import-"));
      Path file = folder.get().resolve(table ? "table.csv" : "archive.zip");
      String digest = RequestFile.save(request, file, bounds.maxImport().toBytes());
      Job job = new Job(newId(), by, clock.instant());
      remember(job);
      Path place = folder.get();
      Path journal = home.resolve(digest + ".journal");
      worker.execute(() -> run(job, place, file, table, journal, consent));
      begun = true;
      return job.view();
    } finally {
      if (!begun) {
        remove(folder);
        busy.set(false);
      }
    }
  }

  private Path home() throws IOException {
    Path home =
        bounds
            .importFolder()
            .map(Path::of)
            .orElseGet(
                () ->
                    Path.of(System.getProperty("java.io.tmpdir", ".")).resolve("facelock-import"));
    return PrivateFolder.make(home);
  }

  private String newId() {
    byte[] name = new byte[16];
    random.nextBytes(name);
    return HexFormat.of().formatHex(name);
  }

  private void remember(Job job) {
    synchronized (jobs) {
      jobs.addFirst(job);
      while (jobs.size() > REMEMBERED) {
        jobs.removeLast();
      }
    }
  }

  private void run(Job job, Path folder, Path file, boolean table, Path journal, Consent consent) {
    String fault = "";
    try {
      PeopleSource source =
          table
              ? UsersTable.at(file, Files.createDirectory(folder.resolve("none")))
              : Archive.unpack(file, folder.resolve("unpacked"), bounds.maxUnpacked().toBytes());
      source.forEach(person -> job.counted());
      new PeopleImport(enrolment, consent).run(source, journal, line -> taken(job, line));
      Files.deleteIfExists(journal);
    } catch (Archive.Unusable e) {
      fault = e.code();
    } catch (IllegalArgumentException e) {
      fault = "no-heading";
    } catch (Stopped e) {
      fault = "stopped";
    } catch (FaceLockException e) {
      LOG.warn("An import ended early: {}", e.toString());
      fault = "store";
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("An import ended early: {}", e.toString());
      fault = "unreadable";
    } catch (RuntimeException | Error e) {
      LOG.error("An import ended early", e);
      fault = "fault";
    } finally {
      remove(Optional.of(folder));
      job.end(clock.instant(), fault);
      busy.set(false);
    }
  }

  private void taken(Job job, ImportLine line) {
    job.add(line);
    if (closed) {
      throw new Stopped();
    }
  }

  private static void remove(Optional<Path> folder) {
    if (folder.isPresent()) {
      try {
        FileSystemUtils.deleteRecursively(folder.get());
      } catch (IOException e) {
        LOG.warn("An import's folder {} could not be removed", folder.get());
      }
    }
  }

  Optional<JobView> find(String id) {
    synchronized (jobs) {
      return jobs.stream().filter(job -> job.id.equals(id)).findFirst().map(Job::view);
    }
  }

  List<JobView> list() {
    synchronized (jobs) {
      return jobs.stream().map(Job::view).toList();
    }
  }

  @Override
  public void destroy() {
    closed = true;
    worker.shutdown();
  }

  /** The application ends; the same file goes on later. */
  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** One import. Guarded by itself. */
  private static final class Job {

    private final String id;
    private final SubjectId by;
    private final Instant startedAt;
    private Optional<Instant> endedAt = Optional.empty();
    private String fault = "";
    private long total;
    private long imported;
    private long skipped;
    private long refused;
    private final List<LineView> lines = new ArrayList<>();

    Job(String id, SubjectId by, Instant startedAt) {
      this.id = id;
      this.by = by;
      this.startedAt = startedAt;
    }

    synchronized void counted() {
      total++;
    }

    synchronized void add(ImportLine line) {
      switch (line.result()) {
        case IMPORTED -> imported++;
        case SKIPPED -> skipped++;
        case REFUSED -> refused++;
      }
      if (!line.remarks().isEmpty() && lines.size() < MOST_LINES) {
        lines.add(new LineView(line.place(), Desk.code(line.result()), line.remarks()));
      }
    }

    synchronized void end(Instant at, String why) {
      endedAt = Optional.of(at);
      fault = why;
    }

    synchronized JobView view() {
      String state = endedAt.isEmpty() ? "running" : fault.isEmpty() ? "done" : "failed";
      return new JobView(
          id,
          state,
          Optional.of(fault).filter(why -> !why.isEmpty()),
          by.value(),
          startedAt,
          endedAt,
          total,
          imported,
          skipped,
          refused,
          List.copyOf(lines));
    }
  }
}
