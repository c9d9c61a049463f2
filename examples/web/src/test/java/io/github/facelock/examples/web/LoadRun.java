package io.github.facelock.examples.web;

import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.Consent;
import io.github.facelock.api.enrolment.Enrolment;
import io.github.facelock.api.enrolment.FaceEnrolment;
import io.github.facelock.api.enrolment.TotpParameters;
import io.github.facelock.api.enrolment.TotpProvisioning;
import io.github.facelock.api.face.Capture;
import io.github.facelock.examples.web.people.DemoPerson;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Many browsers that log in at once, by password, face and app, over HTTP: times of each step,
 * errors and memory, as a table on the standard output. Application and browsers share this
 * process, and thus the processors.
 *
 * <pre>
 * mvn -pl examples/web -am -DskipTests install
 * mvn -pl examples/web exec:exec -Dexec.classpathScope=test -Dexec.executable=java \
 *   -Dexec.args="-Xmx768m -cp %classpath io.github.facelock.examples.web.LoadRun 50 300"
 * </pre>
 */
final class LoadRun {

  private static final String PASSWORD = "a load of passwords";

  private LoadRun() {}

  /**
   * Runs.
   *
   * @param args number of browsers, seconds
   */
  public static void main(String[] args) throws Exception {
    int browsers = Integer.parseInt(args[0]);
    Duration length = Duration.ofSeconds(Long.parseLong(args[1]));
    Path data = Files.createTempDirectory("facelock-load");
    try (Site site = new Site(data, properties())) {
      Clips clips = new Clips(DemoPerson.DORA);
      BlockingQueue<LoadBrowser.Account> accounts = new LinkedBlockingQueue<>();
      for (int i = 0; i < 2 * browsers; i++) {
        accounts.add(account(site.bean(Enrolment.class), "load-" + i));
      }
      LoadTimes times = new LoadTimes();
      Instant end = Instant.now().plus(length);
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < browsers; i++) {
        LoadBrowser browser = new LoadBrowser(site.address(), clips, times);
        threads.add(new Thread(() -> logInUntil(end, browser, accounts), "browser-" + i));
      }
      threads.forEach(Thread::start);
      List<String> memory = new ArrayList<>();
      while (Instant.now().isBefore(end)) {
        LockSupport.parkUntil(Instant.now().plusSeconds(30).toEpochMilli());
        System.gc();
        memory.add(
            ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / (1 << 20)
                + " MiB");
      }
      for (Thread thread : threads) {
        thread.join();
      }
      System.out.printf(
          "%d browsers, %d s, %d processors%n%s%nheap after a collection, every 30 s: %s%n",
          browsers,
          length.toSeconds(),
          Runtime.getRuntime().availableProcessors(),
          times.table(),
          memory);
    }
  }

  private static Map<String, ?> properties() {
    return Map.of(
        "facelock.policies.load.steps[0].any-of", "password",
        "facelock.policies.load.steps[1].any-of", "face",
        "facelock.policies.load.steps[2].any-of", "totp",
        "facelock.web.policies", "load",
        "facelock.face.duplicates", "allow",
        "facelock.web.rates.begin", 1_000_000,
        "facelock.web.rates.advance", 1_000_000,
        "logging.level.root", "warn");
  }

  private static LoadBrowser.Account account(Enrolment enrolment, String name) {
    SubjectId subject = SubjectId.of(name);
    enrolment.register(subject);
    enrolment.setPassword(subject, Secret.of(PASSWORD));
    FaceEnrolment face =
        enrolment.enrolFace(
            subject, Capture.ofImage(DemoPerson.DORA.photograph().jpeg()), Consent.to("load run"));
    if (!(face instanceof FaceEnrolment.Enrolled)) {
      throw new IllegalStateException("The photograph gave " + face);
    }
    TotpProvisioning provisioning = enrolment.beginTotp(subject, TotpParameters.COMPATIBLE);
    TotpApp app = TotpApp.of(new String(provisioning.uri().reveal()));
    enrolment.confirmTotp(subject, provisioning.credential(), Secret.of(app.code(-1)));
    return new LoadBrowser.Account(name, PASSWORD, app);
  }

  private static void logInUntil(
      Instant end, LoadBrowser browser, BlockingQueue<LoadBrowser.Account> accounts) {
    try {
      while (Instant.now().isBefore(end)) {
        LoadBrowser.Account account = accounts.take();
        browser.logIn(account);
        // At the end of the queue: a code of an app works once in its half minute.
        accounts.put(account);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
