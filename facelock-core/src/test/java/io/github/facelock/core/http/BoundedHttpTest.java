package io.github.facelock.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.core.fixtures.FakeProvider;
import io.github.facelock.core.fixtures.RawServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BoundedHttpTest {

  private static final byte[] BODY = "secret".getBytes(StandardCharsets.UTF_8);
  private static final HttpSettings PATIENT = HttpSettings.ofDefaults();
  private static final HttpSettings HASTY =
      PATIENT.within(Duration.ofSeconds(5), Duration.ofMillis(400));

  private final FakeProvider server = new FakeProvider();

  @AfterEach
  void stop() {
    server.close();
  }

  private static HttpReply post(HttpSettings settings, URI uri) {
    return new BoundedHttp(settings).post(uri, Map.of("Content-Type", "text/plain"), BODY);
  }

  private static FaceLockException.Delivery fault(HttpSettings settings, URI uri) {
    FaceLockException.Delivery fault =
        catchThrowableOfType(FaceLockException.Delivery.class, () -> post(settings, uri));
    assertThat(fault).isNotNull();
    assertThat(fault.toString() + fault.getCause())
        .doesNotContain("secret")
        .doesNotContain("/path");
    return fault;
  }

  @Test
  void theReplyComesBack() {
    server.answers(201, "caf\u00e9");
    HttpReply reply = post(PATIENT, server.uri("/path?x=1"));
    assertThat(reply).isEqualTo(new HttpReply(201, "caf\u00e9", Optional.empty()));
    assertThat(reply.taken()).isTrue();
    assertThat(reply.toString()).doesNotContain("caf");
    assertThat(server.requests())
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.method()).isEqualTo("POST");
              assertThat(request.path()).isEqualTo("/path?x=1");
              assertThat(request.body()).isEqualTo("secret");
              assertThat(request.header("Content-type")).isEqualTo("text/plain");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "120,PT2M",
    "0,PT0S",
    "86400,PT24H",
    "99999,PT24H",
    "-1,",
    "1.5,",
    "soon,",
    "100000,",
    "'Wed, 21 Oct 2026 07:28:00 GMT',"
  })
  void aWaitIsReadInSecondsAndBounded(String header, Duration wait) {
    server.answers(request -> new FakeProvider.Answer(429, "", Map.of("Retry-After", header)));
    assertThat(post(PATIENT, server.uri("/")).retryAfter()).isEqualTo(Optional.ofNullable(wait));
  }

  @Test
  void aRedirectIsNotFollowed() {
    server.answers(
        request ->
            new FakeProvider.Answer(
                302, "", Map.of("Location", server.uri("/elsewhere").toString())));
    assertThat(post(PATIENT, server.uri("/")).status()).isEqualTo(302);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aLongReplyIsCutOff() {
    server.answers(200, "x".repeat(3_000_000));
    assertThat(post(PATIENT, server.uri("/")).body()).isEqualTo("x".repeat(65_536));
    assertThat(post(PATIENT.maxReplyBytes(10), server.uri("/")).body()).isEqualTo("x".repeat(10));
    server.answers(200, "x".repeat(10));
    assertThat(post(PATIENT.maxReplyBytes(10), server.uri("/")).body()).isEqualTo("x".repeat(10));
    assertThat(post(PATIENT.maxReplyBytes(11), server.uri("/")).body()).isEqualTo("x".repeat(10));
  }

  @Test
  void aReplyWithoutEndIsCutOff() {
    try (RawServer endless =
        new RawServer(
            (in, out) -> {
              out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
              byte[] block = new byte[8192];
              while (true) {
                out.write(block);
              }
            })) {
      assertThat(post(PATIENT, endless.uri("/")).body()).hasSize(65_536);
    }
  }

  @Test
  void aServerThatHangsIsGivenUpAndMayHaveTakenTheRequest() {
    try (RawServer silent = RawServer.saying("")) {
      FaceLockException.Delivery fault = fault(HASTY, silent.uri("/path"));
      assertThat(fault.uncertain()).isTrue();
      assertThat(fault.retryable()).isTrue();
      assertThat(fault).hasMessageContaining("400 ms");
    }
  }

  @Test
  void aServerThatHangsInTheMiddleOfItsReplyIsGivenUp() {
    try (RawServer slow = RawServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")) {
      assertThat(fault(HASTY, slow.uri("/path")).uncertain()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "220 mail.example ESMTP\r\n",
        "HTTP/1.1 abc\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno header\r\n\r\n",
        "\0\1\2\3\r\n\r\n"
      })
  void nonsenseIsAFaultOfDelivery(String nonsense) {
    try (RawServer mad = RawServer.saying(nonsense)) {
      assertThat(
              fault(PATIENT.within(Duration.ofSeconds(5), Duration.ofSeconds(2)), mad.uri("/path")))
          .satisfies(fault -> assertThat(fault.retryable()).isTrue())
          .satisfies(fault -> assertThat(fault.uncertain()).isTrue());
    }
  }

  @Test
  void whoHangsUpMayHaveTakenTheRequest() {
    try (RawServer rude = RawServer.hangingUp()) {
      FaceLockException.Delivery fault = fault(PATIENT, rude.uri("/path"));
      assertThat(fault.uncertain()).isTrue();
      assertThat(fault).hasMessageContaining("broke off");
    }
  }

  @Test
  void whereNobodyListensNothingWasTaken() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    FaceLockException.Delivery fault =
        fault(PATIENT, URI.create("http://127.0.0.1:" + port + "/path"));
    assertThat(fault.uncertain()).isFalse();
    assertThat(fault.retryable()).isTrue();
    assertThat(fault).hasMessageContaining("cannot be reached").hasMessageContaining(":" + port);
  }

  @Test
  void aServerThatCannotProveWhoItIsGetsNothing() {
    try (RawServer plain = RawServer.saying("HTTP/1.1 400 Bad Request\r\n\r\n")) {
      FaceLockException.Delivery fault =
          fault(PATIENT, URI.create("https://127.0.0.1:" + plain.uri("/").getPort() + "/path"));
      assertThat(fault.retryable()).isFalse();
      assertThat(fault).hasMessageContaining("TLS");
    }
  }

  @Test
  void anInterruptedSenderStaysInterrupted() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (RawServer silent =
        new RawServer(
            (in, out) -> {
              if (in.read() >= 0) {
                asked.countDown();
              }
            })) {
      boolean[] interrupted = new boolean[1];
      Throwable[] thrown = new Throwable[1];
      Thread sender =
          new Thread(
              () -> {
                try {
                  post(PATIENT, silent.uri("/path"));
                } catch (FaceLockException.Delivery e) {
                  thrown[0] = e;
                  interrupted[0] = Thread.currentThread().isInterrupted();
                }
              });
      sender.start();
      asked.await();
      sender.interrupt();
      sender.join();
      assertThat(interrupted[0]).isTrue();
      assertThat(thrown[0]).hasMessageContaining("interrupted");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.org/hook",
        "ftp://127.0.0.1/",
        "https:///x",
        "/relative",
        "mailto:a@b.c",
        "https://user:pw@example.org/",
        "https://example.org/#part",
        "http://127.0.0.1.example.org/"
      })
  void addressesThatWouldShowTheSecretAreRefused(String address) {
    assertThatThrownBy(() -> post(PATIENT, URI.create(address)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("pw");
  }

  @Test
  void plainTextGoesToThisMachineOrWhereItIsAccepted() {
    for (String address :
        new String[] {
          "http://localhost:1/", "http://127.0.0.1/", "http://[::1]/", "HTTPS://example.org"
        }) {
      assertThat(PATIENT.requireUsable(URI.create(address))).isEqualTo(URI.create(address));
    }
    URI foreign = URI.create("http://example.org/");
    assertThat(PATIENT.acceptPlainText().requireUsable(foreign)).isEqualTo(foreign);
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    Duration second = Duration.ofSeconds(1);
    for (Duration wrong : new Duration[] {Duration.ZERO, Duration.ofMinutes(5).plusMillis(1)}) {
      assertThatThrownBy(() -> PATIENT.within(wrong, second))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> PATIENT.within(second, wrong))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (int wrong : new int[] {0, (1 << 20) + 1}) {
      assertThatThrownBy(() -> PATIENT.maxReplyBytes(wrong))
          .isInstanceOf(IllegalArgumentException.class);
    }
    HttpSettings edge =
        PATIENT.within(Duration.ofMillis(1), Duration.ofMinutes(5)).maxReplyBytes(1 << 20);
    assertThat(edge.maxReplyBytes()).isEqualTo(1 << 20);
    assertThat(edge.exchangeWithin()).isEqualTo(Duration.ofMinutes(5));
  }
}
