package io.github.facelock.core.otp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import io.github.facelock.core.fixtures.FakeProvider;
import io.github.facelock.core.fixtures.RawServer;
import io.github.facelock.core.fixtures.TestCertificate;
import io.github.facelock.core.http.HttpSettings;
import io.github.facelock.core.http.SmsSettings;
import io.github.facelock.spi.DeliveryReport;
import io.github.facelock.spi.DeliveryStatus;
import io.github.facelock.spi.OtpMessage;
import io.github.facelock.spi.ProviderCall;
import io.github.facelock.spi.SendReceipt;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SmsCodeChannelTest {

  private static final String SID = "SM0123456789abcdef0123456789abcdef";
  private static final String TAKEN = "{\"status\": \"queued\", \"sid\": \"" + SID + "\"}";
  private static final String NUMBER = "+4915123456789";
  private static final String CODE = "49302711";
  private static final Secret TOKEN = Secret.of("t0ken:\u00fc");
  private static final URI CALLBACK = URI.create("https://login.example.org/hooks/sms");

  private final FakeProvider provider = new FakeProvider();

  @AfterEach
  void stop() {
    provider.close();
  }

  private SmsSettings.Builder settings() {
    return SmsSettings.account("AC123", TOKEN).from("+15005550006").baseUrl(provider.uri(""));
  }

  private SmsCodeChannel channel() {
    return new SmsCodeChannel(settings().build(), "Acme");
  }

  private static OtpMessage message() {
    return message(Locale.ENGLISH);
  }

  private static OtpMessage message(Locale locale) {
    return new OtpMessage(
        "tx-1/sms-code/1", Secret.of(NUMBER), Secret.of(CODE), Duration.ofMinutes(5), locale);
  }

  @Test
  void theProviderGetsAFormWithBasicAuthentication() {
    provider.answers(201, TAKEN);
    SmsCodeChannel channel = channel();

    assertThat(channel.send(message()))
        .isEqualTo(new SendReceipt(DeliveryStatus.QUEUED, Optional.of(SID)));

    FakeProvider.Request request = provider.requests().get(0);
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/2010-04-01/Accounts/AC123/Messages.json");
    assertThat(request.header("Content-type")).isEqualTo("application/x-www-form-urlencoded");
    assertThat(request.header("Authorization"))
        .isEqualTo(
            "Basic "
                + Base64.getEncoder()
                    .encodeToString("AC123:t0ken:\u00fc".getBytes(StandardCharsets.UTF_8)));
    assertThat(request.form())
        .containsOnly(
            Map.entry("To", NUMBER),
            Map.entry("From", "+15005550006"),
            Map.entry(
                "Body",
                CODE + " is your Acme login code. It works once, for 5 minutes. Never share it."));
    assertThat(channel.factor()).isEqualTo(FactorType.SMS_CODE);
    assertThat(channel.name()).isEqualTo("sms");
  }

  @Test
  void aMessagingServiceAnApiKeyAndACallBackAreSent() {
    provider.answers(201, TAKEN);
    new SmsCodeChannel(
            settings()
                .messagingService("MG77")
                .apiKey("SK9", Secret.of("key"))
                .statusCallback(CALLBACK)
                .build(),
            "Acme")
        .send(message());
    FakeProvider.Request request = provider.requests().get(0);
    assertThat(request.form())
        .containsEntry("MessagingServiceSid", "MG77")
        .containsEntry("StatusCallback", CALLBACK + "?facelock=tx-1%2Fsms-code%2F1")
        .doesNotContainKey("From");
    assertThat(request.header("Authorization"))
        .isEqualTo(
            "Basic "
                + Base64.getEncoder().encodeToString("SK9:key".getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @CsvSource({
    "accepted,QUEUED",
    "queued,QUEUED",
    "sending,QUEUED",
    "scheduled,QUEUED",
    "sent,SENT",
    "delivered,DELIVERED",
    "read,DELIVERED",
    "whatever,QUEUED"
  })
  void theProvidersWordsAreUnderstood(String word, DeliveryStatus status) {
    provider.answers(201, "{\"sid\":\"" + SID + "\",\"status\":\"" + word + "\"}");
    assertThat(channel().send(message()).status()).isEqualTo(status);
  }

  @Test
  void aMessageThatFailedAtOnceIsNotSent() {
    provider.answers(201, "{\"sid\":\"" + SID + "\",\"status\":\"failed\"}");
    assertThat(fault(channel()).retryable()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "400,false,false",
    "401,false,false",
    "403,false,false",
    "404,false,false",
    "302,false,false",
    "408,true,false",
    "425,true,false",
    "429,true,false",
    "503,true,false",
    "500,true,true",
    "502,true,true",
    "504,true,true"
  })
  void whatAStatusMeansForTheNextTry(int status, boolean retryable, boolean uncertain) {
    provider.answers(
        request ->
            new FakeProvider.Answer(
                status,
                "{\"code\": 21211, \"message\": \"'To' " + NUMBER + " " + CODE + "\"}",
                Map.of("Retry-After", "7")));
    FaceLockException.Delivery fault = fault(channel());
    assertThat(fault.retryable()).isEqualTo(retryable);
    assertThat(fault.uncertain()).isEqualTo(uncertain);
    assertThat(fault.retryAfter())
        .isEqualTo(retryable && !uncertain ? Duration.ofSeconds(7) : Duration.ZERO);
    assertThat(fault).hasMessageContaining(Integer.toString(status)).hasMessageContaining("21211");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>Welcome to our hotel</html>",
        "{}",
        "{\"sid\": \"\"}",
        "{\"sid\": \"a b\"}",
        "{\"sid\": 7}",
        "null",
        "[[[[[[[[[["
      })
  void anAnswerWithoutAMessageProvesNothing(String nonsense) {
    provider.answers(200, nonsense);
    FaceLockException.Delivery fault = fault(channel());
    assertThat(fault.uncertain()).isTrue();
  }

  @Test
  void aHugeAnswerIsCutOffAndRead() {
    provider.answers(201, TAKEN + "x".repeat(5_000_000));
    assertThat(channel().send(message()).reference()).contains(SID);
    provider.answers(201, "x".repeat(5_000_000) + TAKEN);
    assertThat(fault(channel()).uncertain()).isTrue();
    provider.answers(500, "x".repeat(5_000_000));
    assertThat(fault(channel()).retryable()).isTrue();
  }

  @Test
  void aProviderThatHangsIsGivenUp() {
    try (RawServer silent = RawServer.saying("")) {
      SmsCodeChannel channel =
          new SmsCodeChannel(
              settings()
                  .baseUrl(silent.uri(""))
                  .http(
                      HttpSettings.ofDefaults()
                          .within(Duration.ofSeconds(1), Duration.ofMillis(300)))
                  .build(),
              "Acme");
      assertThat(fault(channel).uncertain()).isTrue();
    }
  }

  @Test
  void theProviderMustProveWhoItIs() throws Exception {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(TestCertificate.LOOPBACK.server()));
    server.createContext(
        "/",
        exchange -> {
          byte[] body = TAKEN.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(201, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      SmsSettings.Builder settings =
          settings().baseUrl(URI.create("https://127.0.0.1:" + server.getAddress().getPort()));
      FaceLockException.Delivery fault = fault(new SmsCodeChannel(settings.build(), "Acme"));
      assertThat(fault.retryable()).isFalse();
      assertThat(fault).hasMessageContaining("TLS");
      HttpSettings trusting = HttpSettings.ofDefaults().tls(TestCertificate.LOOPBACK.trusting());
      assertThat(
              new SmsCodeChannel(settings.http(trusting).build(), "Acme")
                  .send(message())
                  .reference())
          .contains(SID);
    } finally {
      server.stop(0);
    }
  }

  private static FaceLockException.Delivery fault(SmsCodeChannel channel) {
    FaceLockException.Delivery fault =
        catchThrowableOfType(FaceLockException.Delivery.class, () -> channel.send(message()));
    assertThat(fault).isNotNull();
    for (Throwable each = fault; each != null; each = each.getCause()) {
      assertThat(each.toString())
          .doesNotContain(CODE)
          .doesNotContain(NUMBER)
          .doesNotContain("t0ken");
    }
    return fault;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "4915123456789",
        "+0",
        "+49 151 23456789",
        "+4915123456789\r\n",
        "+49151234567890123"
      })
  void aMalformedNumberIsNotSent(String number) {
    SmsCodeChannel channel = channel();
    assertThatThrownBy(
            () ->
                channel.send(
                    new OtpMessage(
                        "m",
                        Secret.of(number),
                        Secret.of(CODE),
                        Duration.ofMinutes(5),
                        Locale.ROOT)))
        .isInstanceOf(FaceLockException.Delivery.class);
    assertThat(provider.requests()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"en,1", "es,1", "de,1", "hi,1", "bn,1", "fr,1"})
  void everyLanguageTakesOnePartOnTheAir(String language, int segments) {
    provider.answers(201, TAKEN);
    channel().send(message(Locale.forLanguageTag(language)));
    String text = provider.requests().get(0).form().get("Body");
    assertThat(text).contains(CODE).contains("Acme").contains("5");
    assertThat(SmsText.segments(text)).as(text).isEqualTo(segments);
    assertThat(SmsText.isGsm(text)).isEqualTo(!language.equals("hi") && !language.equals("bn"));
  }

  @Test
  void aBrowserOnTheTelephoneFindsTheCodeInTheLastLine() {
    provider.answers(201, TAKEN);
    new SmsCodeChannel(
            settings().build(), "Acme", CodeTemplates.bundled().withWebOtp("login.Example.org"))
        .send(message());
    assertThat(provider.requests().get(0).form().get("Body").lines().toList())
        .hasSize(3)
        .last()
        .isEqualTo("@login.example.org #" + CODE);
  }

  @Test
  void aTextThatCostsMoreThanThreePartsIsRefused() {
    CodeTemplates longer =
        CodeTemplates.bundled().withSms(Locale.FRENCH, "{code} \u2713 " + "x".repeat(200));
    assertThatThrownBy(() -> new SmsCodeChannel(settings().build(), "Acme", longer))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("fr");
    for (String name : new String[] {"", "x".repeat(65), "a\nb"}) {
      assertThatThrownBy(() -> new SmsCodeChannel(settings().build(), name))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void malformedSettingsAreRefused() {
    assertThatThrownBy(() -> SmsSettings.account("AC/../1", TOKEN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SmsSettings.account("AC1", Secret.of("")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> settings().from("+1 500"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> settings().from("a")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> settings().messagingService(""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> settings().apiKey("?", TOKEN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SmsSettings.account("AC1", TOKEN).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("from(");
    for (String base : new String[] {"http://sms.example.org", "https://sms.example.org/?a=b"}) {
      assertThatThrownBy(() -> settings().baseUrl(URI.create(base)).build())
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(
            () -> settings().statusCallback(URI.create("http://login.example.org/")).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(settings().from("Acme Bank").build().toString())
        .contains("AC123")
        .doesNotContain("t0ken");
  }

  private final Map<String, String> delivered =
      new TreeMap<>(
          Map.of(
              "AccountSid", "AC123",
              "MessageSid", SID,
              "MessageStatus", "delivered",
              "To", NUMBER,
              "From", "+15005550006",
              "ApiVersion", "2010-04-01"));

  private SmsCodeChannel reporting() {
    return new SmsCodeChannel(settings().statusCallback(CALLBACK).build(), "Acme");
  }

  private static ProviderCall call(String query, Map<String, String> form, String signature) {
    String body =
        form.entrySet().stream()
            .map(
                field ->
                    field.getKey()
                        + "="
                        + java.net.URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return new ProviderCall(query, Map.of("x-twilio-signature", signature), body);
  }

  private static String signature(String url, Map<String, String> form) throws Exception {
    StringBuilder text = new StringBuilder(url);
    new TreeMap<>(form).forEach((name, value) -> text.append(name).append(value));
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(TOKEN.revealUtf8(), "HmacSHA1"));
    return Base64.getEncoder()
        .encodeToString(mac.doFinal(text.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private static final String QUERY = "facelock=tx-1%2Fsms-code%2F1";

  @Test
  void aSignedReportIsRead() throws Exception {
    String right = signature(CALLBACK + "?" + QUERY, delivered);
    assertThat(reporting().read(call(QUERY, delivered, right)))
        .contains(
            new DeliveryReport(Optional.of("tx-1/sms-code/1"), SID, DeliveryStatus.DELIVERED, ""));
    delivered.put("MessageStatus", "undelivered");
    delivered.put("ErrorCode", "30003");
    assertThat(reporting().read(call("", delivered, signature(CALLBACK.toString(), delivered))))
        .contains(new DeliveryReport(Optional.empty(), SID, DeliveryStatus.FAILED, "30003"));
  }

  @Test
  void forgedReportsAreRefused() throws Exception {
    String right = signature(CALLBACK + "?" + QUERY, delivered);
    SmsCodeChannel channel = reporting();
    List<ProviderCall> forged =
        List.of(
            call(QUERY, delivered, ""),
            call(QUERY, delivered, "AAAA"),
            call(QUERY, delivered, "not base64!"),
            call(QUERY, delivered, signature(CALLBACK.toString(), delivered)),
            call(QUERY + "x", delivered, right),
            call("", delivered, right),
            new ProviderCall(QUERY, Map.of(), call(QUERY, delivered, right).body()),
            new ProviderCall(
                QUERY,
                Map.of("X-Twilio-Signature", right),
                call(QUERY, delivered, right).body() + "&MessageStatus=failed"),
            new ProviderCall(QUERY, Map.of("X-Twilio-Signature", right), "%%%"),
            new ProviderCall(QUERY, Map.of("X-Twilio-Signature", right), "a=b&".repeat(101)));
    for (ProviderCall call : forged) {
      assertThat(channel.read(call)).as(call.query()).isEmpty();
    }
    delivered.put("MessageStatus", "failed");
    assertThat(channel.read(call(QUERY, delivered, right))).isEmpty();
  }

  @Test
  void signedCallsThatSayNothingOfAMessageOfOursAreEmpty() throws Exception {
    for (Map<String, String> change :
        List.of(
            Map.of("AccountSid", "AC999"),
            Map.of("MessageSid", "a b"),
            Map.of("MessageStatus", "received"),
            Map.of("MessageStatus", ""))) {
      Map<String, String> form = new TreeMap<>(delivered);
      form.putAll(change);
      assertThat(reporting().read(call("", form, signature(CALLBACK.toString(), form))))
          .as(change.toString())
          .isEmpty();
    }
    assertThat(channel().read(call("", delivered, signature("", delivered))))
        .as("no call-back address is set")
        .isEmpty();
  }

  @Test
  void aCallIsBounded() {
    assertThatThrownBy(() -> new ProviderCall("x".repeat(4097), Map.of(), ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ProviderCall("", Map.of(), "x".repeat(65_537)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new ProviderCall("", Map.of("A", "b"), NUMBER).toString()).doesNotContain(NUMBER);
  }
}
