package io.github.facelock.core.nodes;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Outcome;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Response;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.Consent;
import io.github.facelock.api.enrolment.HotpParameters;
import io.github.facelock.api.enrolment.HotpProvisioning;
import io.github.facelock.api.enrolment.TotpParameters.Algorithm;
import io.github.facelock.api.face.Capture;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.core.FaceLock;
import io.github.facelock.core.crypto.FixedKeys;
import io.github.facelock.core.face.ScriptedFaces;
import io.github.facelock.core.otp.Base32;
import io.github.facelock.core.otp.Hotp;
import io.github.facelock.core.password.Argon2Parameters;
import io.github.facelock.core.store.jdbc.JdbcStores;
import io.github.facelock.test.RecordingAlertSink;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.crypto.spec.SecretKeySpec;

/**
 * Two nodes on one database, people who log in again and again, and somebody who guesses. Whatever
 * a node answers is written down, with the time of question and answer.
 */
final class Load implements AutoCloseable {

  private static final int PEOPLE = 4;
  private static final int DIGITS = 6;
  private static final String PIN = "739154";
  private static final int WAIT_MILLIS = 500;

  private final HikariDataSource pool;
  private final List<FaceLock> nodes = new ArrayList<>();
  private final RecordingAlertSink alerts = new RecordingAlertSink();
  private final List<Person> people = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean going = new AtomicBoolean(true);

  /** What was said, and between which moments of {@link System#nanoTime}. */
  record Answer(String who, long asked, long answered, String said) {
    boolean within(long from, long until) {
      return asked - from >= 0 && until - answered >= 0;
    }
  }

  Load(String address) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(address);
    config.setMaximumPoolSize(8);
    config.setConnectionTimeout(WAIT_MILLIS);
    config.setValidationTimeout(WAIT_MILLIS / 2);
    this.pool = new HikariDataSource(config);
    JdbcStores.initialise(pool);
    nodes.add(node());
    nodes.add(node());
    for (int i = 0; i < PEOPLE; i++) {
      people.add(new Person(nodes.get(i % 2), i));
    }
  }

  private FaceLock node() {
    byte[] key = new byte[32];
    key[0] = 9;
    return FaceLock.builder()
        .policy(Policy.named("door").step(FactorType.PIN).step(FactorType.HOTP).build())
        .identificationPolicy(
            Policy.named("gate")
                .step(FactorType.FACE)
                .step(FactorType.PIN)
                .withoutLiveness()
                .build())
        .faceDetector(ScriptedFaces.DETECTOR)
        .faceLandmarker(ScriptedFaces.LANDMARKER)
        .faceEmbedder(new ScriptedFaces.Embedder("scripted"))
        .keys(new FixedKeys("k1", Map.of("k1", new SecretKeySpec(key, "AES"))))
        .passwordCosts(new Argon2Parameters(8, 1, 1))
        .alertSink(alerts)
        .stores(JdbcStores.of(pool, Clock.systemUTC()))
        .build();
  }

  FaceLock node(int number) {
    return nodes.get(number);
  }

  RecordingAlertSink alerts() {
    return alerts;
  }

  List<Answer> answers() {
    return List.copyOf(answers);
  }

  /** What was asked after one moment and answered before another. */
  List<Answer> answersBetween(long from, long until) {
    return answers.stream().filter(answer -> answer.within(from, until)).toList();
  }

  /** How often each person was let in after a moment, the unluckiest one's count. */
  long fewestGrantsAfter(long moment) {
    return people.stream()
        .mapToLong(
            person ->
                answers.stream()
                    .filter(each -> each.who.equals(person.subject.value()))
                    .filter(each -> each.said.equals("granted") && each.asked - moment >= 0)
                    .count())
        .min()
        .orElseThrow();
  }

  void start() {
    for (Person person : people) {
      threads.add(new Thread(() -> repeat(person::login), person.subject.value()));
    }
    SubjectId guessed = new Person(nodes.get(0), PEOPLE).subject;
    threads.add(
        new Thread(
            () ->
                repeat(
                    () -> {
                      RequestContext from = RequestContext.from("198.51.100.7");
                      FaceLock node = nodes.get(1);
                      Outcome asked =
                          ask("guesser", () -> node.authenticator().begin(guessed, from));
                      if (asked instanceof Outcome.Challenge pin) {
                        ask(
                            "guesser",
                            () ->
                                node.authenticator()
                                    .advance(pin.handle(), Response.pin("000001"), from));
                      }
                    }),
            "guesser"));
    threads.forEach(Thread::start);
  }

  private void repeat(Runnable work) {
    while (going.get()) {
      work.run();
    }
  }

  private Outcome ask(String who, Supplier<Outcome> call) {
    long asked = System.nanoTime();
    Outcome outcome;
    try {
      outcome = call.get();
    } catch (RuntimeException e) {
      answers.add(new Answer(who, asked, System.nanoTime(), "thrown " + e));
      throw e;
    }
    String said =
        outcome.fold(
            granted -> "granted",
            challenge -> "challenge " + challenge.next(),
            denied -> denied.reason().name(),
            locked -> "locked");
    answers.add(new Answer(who, asked, System.nanoTime(), said));
    return outcome;
  }

  /** Ends the load, and looks at what one-time codes are worth now. */
  void stop() throws InterruptedException {
    going.set(false);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** Submits each person's last codes again, and tells what is said. */
  List<String> saidToSpentCodes() {
    return people.stream().map(Person::repeatLastCode).toList();
  }

  @Override
  public void close() {
    going.set(false);
    nodes.forEach(FaceLock::close);
    pool.close();
  }

  /** Enrols somebody with a face on one node. */
  void enrolFace(int number) {
    SubjectId subject = SubjectId.of("face-" + number);
    nodes.get(0).enrolment().register(subject);
    nodes.get(0).enrolment().setPin(subject, Secret.of(PIN));
    nodes.get(0).enrolment().enrolFace(subject, face(number), Consent.to("notice"));
  }

  /** Whether the other node recognises that face, and the PIN fits. */
  boolean isRecognised(int number, String source) {
    RequestContext from = RequestContext.from(source);
    Outcome outcome = nodes.get(1).authenticator().begin(from);
    for (Response answer : List.of(Response.face(face(number)), Response.pin(PIN))) {
      if (outcome instanceof Outcome.Challenge asked) {
        outcome = nodes.get(1).authenticator().advance(asked.handle(), answer, from);
      }
    }
    return outcome instanceof Outcome.Granted;
  }

  private static Capture face(int number) {
    return Capture.of(List.of(ScriptedFaces.frame(number)));
  }

  private final class Person {
    private final FaceLock node;
    private final SubjectId subject;
    private final RequestContext from;
    private final byte[] secret;
    private long counter;

    Person(FaceLock node, int number) {
      this.node = node;
      this.subject = SubjectId.of("person-" + number);
      this.from = RequestContext.from("192.0.2." + (number + 1));
      node.enrolment().register(subject);
      node.enrolment().setPin(subject, Secret.of(PIN));
      HotpProvisioning token =
          node.enrolment().beginHotp(subject, HotpParameters.of(DIGITS), "token");
      this.secret = Base32.decode(new String(token.secret().reveal())).orElseThrow();
      node.enrolment().confirmHotp(subject, token.credential(), Secret.of(nextCode()));
    }

    private String nextCode() {
      return Hotp.code(Algorithm.SHA1, secret, counter++, DIGITS);
    }

    private void login() {
      String who = subject.value();
      Outcome outcome = ask(who, () -> node.authenticator().begin(subject, from));
      if (outcome instanceof Outcome.Challenge asked) {
        outcome =
            ask(who, () -> node.authenticator().advance(asked.handle(), Response.pin(PIN), from));
      }
      if (outcome instanceof Outcome.Challenge asked) {
        String code = nextCode();
        ask(who, () -> node.authenticator().advance(asked.handle(), Response.hotp(code), from));
      }
    }

    private String repeatLastCode() {
      counter--;
      login();
      return answers.stream()
          .filter(each -> each.who.equals(subject.value()))
          .reduce((before, last) -> last)
          .orElseThrow()
          .said;
    }
  }
}
