package io.github.facelock.core.nodes;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.Outcome;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Response;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.TransactionHandle;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.core.FaceLock;
import io.github.facelock.core.crypto.FixedKeys;
import io.github.facelock.core.password.Argon2Parameters;
import io.github.facelock.core.store.redis.Redis;
import io.github.facelock.core.store.redis.RedisAttemptStore;
import io.github.facelock.core.store.redis.RedisSettings;
import io.github.facelock.core.store.redis.RedisTransactionStore;
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
 * One node of an installation: logins and attempts in Redis, people in its own memory, the same on
 * each node. {@link #main} makes it a process that takes commands, a line each.
 */
final class RedisNode implements AutoCloseable {

  static final SubjectId ANN = SubjectId.of("ann");
  static final SubjectId BEN = SubjectId.of("ben");
  static final SubjectId CLEO = SubjectId.of("cleo");
  static final String CLEOS_ADDRESS = "cleo@example.org";
  static final String ADDRESS = "ann@example.org";
  static final String PIN = "739154";

  private final Redis redis;
  private final InMemoryMailbox mailbox = new InMemoryMailbox(FactorType.EMAIL_CODE);
  private final FaceLock faceLock;

  RedisNode(int port) {
    byte[] key = new byte[32];
    key[0] = 7;
    this.redis = Redis.connect(RedisSettings.of("127.0.0.1", port), new SecureRandom());
    this.faceLock =
        FaceLock.builder()
            .policy(Policy.named("door").step(FactorType.PIN).step(FactorType.EMAIL_CODE).build())
            .keys(new FixedKeys("k1", Map.of("k1", new SecretKeySpec(key, "AES"))))
            .passwordCosts(new Argon2Parameters(8, 1, 1))
            .codeChannel(mailbox)
            .transactionStore(new RedisTransactionStore(redis, Clock.systemUTC()))
            .attemptStore(new RedisAttemptStore(redis, Clock.systemUTC()))
            .build();
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
    faceLock.close();
    redis.close();
  }

  public static void main(String[] arguments) throws Exception {
    try (RedisNode node = new RedisNode(Integer.parseInt(arguments[0]));
        BufferedReader commands =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      answer("ready");
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        String[] words = line.split(" ", -1);
        answer(
            Integer.toString(
                words[0].equals("submit")
                    ? node.submit(words[1], words[2], Integer.parseInt(words[3]))
                    : node.guess(Integer.parseInt(words[1]))));
      }
    }
  }

  private static void answer(String text) throws IOException {
    System.out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
    System.out.flush();
  }
}
