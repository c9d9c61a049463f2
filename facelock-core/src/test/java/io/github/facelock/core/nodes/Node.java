package io.github.facelock.core.nodes;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.Outcome;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Response;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.TransactionHandle;
import io.github.facelock.api.enrolment.Consent;
import io.github.facelock.api.face.Capture;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.core.FaceLock;
import io.github.facelock.core.FaceLockBuilder;
import io.github.facelock.core.crypto.FixedKeys;
import io.github.facelock.core.face.ScriptedFaces;
import io.github.facelock.core.password.Argon2Parameters;
import io.github.facelock.core.store.redis.Redis;
import io.github.facelock.core.store.redis.RedisAttemptStore;
import io.github.facelock.core.store.redis.RedisSettings;
import io.github.facelock.core.store.redis.RedisTransactionStore;
import io.github.facelock.spi.store.Stores;
import io.github.facelock.test.InMemoryMailbox;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import javax.crypto.spec.SecretKeySpec;

/**
 * One node of an installation. {@link #main} makes it a process that takes commands, a line each.
 */
final class Node implements AutoCloseable {

  static final SubjectId ANN = SubjectId.of("ann");
  static final SubjectId BEN = SubjectId.of("ben");
  static final SubjectId CLEO = SubjectId.of("cleo");
  static final String CLEOS_ADDRESS = "cleo@example.org";
  static final String ADDRESS = "ann@example.org";
  static final String PIN = "739154";

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final InMemoryMailbox mailbox = new InMemoryMailbox(FactorType.EMAIL_CODE);
  private final List<Runnable> closings = new ArrayList<>();
  private final FaceLock faceLock;
  private int looks;

  /** Logins and attempts in Redis, people in its own memory, the same on each node. */
  static Node onRedis(int port) {
    Redis redis = Redis.connect(RedisSettings.of("127.0.0.1", port), new SecureRandom());
    Node node =
        new Node(
            FaceLock.builder()
                .transactionStore(new RedisTransactionStore(redis, Clock.systemUTC()))
                .attemptStore(new RedisAttemptStore(redis, Clock.systemUTC())),
            redis::close);
    node.enrol();
    return node;
  }

  /** Everything in a database; who is the first enrols the people. */
  static Node onDatabase(String address, boolean first) {
    OpenedDatabase database = OpenedDatabase.at(address);
    Stores stores = database.stores();
    Node node =
        new Node(
            FaceLock.builder()
                .stores(stores)
                .identificationPolicy(
                    Policy.named("gate")
                        .step(FactorType.FACE)
                        .step(FactorType.PIN)
                        .withoutLiveness()
                        .build())
                .faceDetector(ScriptedFaces.DETECTOR)
                .faceLandmarker(ScriptedFaces.LANDMARKER)
                .faceEmbedder(new ScriptedFaces.Embedder("scripted")),
            database::close);
    if (first) {
      node.enrol();
    }
    return node;
  }

  private Node(FaceLockBuilder builder, Runnable beneath) {
    byte[] key = new byte[32];
    key[0] = 7;
    this.faceLock =
        builder
            .policy(Policy.named("door").step(FactorType.PIN).step(FactorType.EMAIL_CODE).build())
            .keys(new FixedKeys("k1", Map.of("k1", new SecretKeySpec(key, "AES"))))
            .passwordCosts(new Argon2Parameters(8, 1, 1))
            .codeChannel(mailbox)
            .build();
    closings.add(faceLock::close);
    closings.add(beneath);
  }

  private void enrol() {
    for (SubjectId each : List.of(ANN, BEN, CLEO)) {
      faceLock.enrolment().register(each);
      faceLock.enrolment().setPin(each, Secret.of(PIN));
      faceLock.enrolment().setEmail(each, Secret.of(each.equals(CLEO) ? CLEOS_ADDRESS : ADDRESS));
    }
  }

  FaceLock faceLock() {
    return faceLock;
  }

  InMemoryMailbox mailbox() {
    return mailbox;
  }

  /** How many of parallel submissions of one code under one handle are granted. */
  int submit(String handle, String code, int calls) throws Exception {
    return count(
        calls,
        i ->
            faceLock
                    .authenticator()
                    .advance(TransactionHandle.parse(handle), Response.emailCode(code), source(i))
                instanceof Outcome.Granted);
  }

  /** How many of parallel wrong PINs are judged. */
  int guess(int calls) throws Exception {
    return count(
        calls,
        i -> {
          Outcome asked = faceLock.authenticator().begin(BEN, source(i));
          return asked instanceof Outcome.Challenge step
              && !(faceLock
                      .authenticator()
                      .advance(step.handle(), Response.pin("000001"), source(i))
                  instanceof Outcome.Locked);
        });
  }

  /** Enrols a new person with the face of a number, and a PIN. */
  void enrolFace(int person) {
    SubjectId subject = named(person);
    faceLock.enrolment().register(subject);
    faceLock.enrolment().setPin(subject, Secret.of(PIN));
    faceLock.enrolment().enrolFace(subject, face(person), Consent.to("notice"));
  }

  static SubjectId named(int person) {
    return SubjectId.of("person-" + person);
  }

  /** Whether somebody who says nothing is let in, or not any more, before patience ends: 1 or 0. */
  int recognises(int person, boolean expected) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (recognises(person) != expected) {
      if (System.nanoTime() > end) {
        return 0;
      }
      Thread.onSpinWait();
    }
    return 1;
  }

  private boolean recognises(int person) {
    // From another place each time: so many unknown faces from one are stopped.
    looks++;
    RequestContext request = RequestContext.from("10.7.%d.%d".formatted(looks / 250, looks % 250));
    Outcome outcome = faceLock.authenticator().begin(request);
    if (outcome instanceof Outcome.Challenge asked) {
      outcome =
          faceLock.authenticator().advance(asked.handle(), Response.face(face(person)), request);
    }
    if (outcome instanceof Outcome.Challenge asked) {
      outcome = faceLock.authenticator().advance(asked.handle(), Response.pin(PIN), request);
    }
    return outcome instanceof Outcome.Granted granted && granted.subject().equals(named(person));
  }

  private static Capture face(int person) {
    return Capture.of(List.of(ScriptedFaces.frame(person)));
  }

  private static RequestContext source(int i) {
    return RequestContext.from("192.0.2." + (i % 200 + 1));
  }

  private static int count(int calls, IntFunction<Boolean> call) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(calls);
    try {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < calls; i++) {
        int number = i;
        all.add(
            threads.submit(
                () -> {
                  start.await();
                  return call.apply(number);
                }));
      }
      start.countDown();
      int yes = 0;
      for (Future<Boolean> each : all) {
        yes += each.get(60, TimeUnit.SECONDS) ? 1 : 0;
      }
      return yes;
    } finally {
      threads.shutdownNow();
    }
  }

  @Override
  public void close() {
    closings.forEach(Runnable::run);
  }

  public static void main(String[] arguments) throws Exception {
    try (Node node =
            arguments[0].equals("redis")
                ? onRedis(Integer.parseInt(arguments[1]))
                : onDatabase(arguments[1], false);
        BufferedReader commands =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      answer("ready");
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        String[] words = line.split(" ", -1);
        int answer =
            switch (words[0]) {
              case "submit" -> node.submit(words[1], words[2], Integer.parseInt(words[3]));
              case "guess" -> node.guess(Integer.parseInt(words[1]));
              case "finds" -> node.recognises(Integer.parseInt(words[1]), true);
              case "loses" -> node.recognises(Integer.parseInt(words[1]), false);
              default -> throw new IllegalArgumentException(line);
            };
        answer(Integer.toString(answer));
      }
    }
  }

  private static void answer(String text) throws IOException {
    System.out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
    System.out.flush();
  }
}
