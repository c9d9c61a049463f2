package io.github.facelock.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.DenialReason;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Feedback;
import io.github.facelock.api.Outcome;
import io.github.facelock.api.Prompt;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Response;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.AuthenticatorDevice;
import io.github.facelock.api.enrolment.Enrolment;
import io.github.facelock.api.enrolment.HotpParameters;
import io.github.facelock.api.enrolment.HotpProvisioning;
import io.github.facelock.api.enrolment.PasswordVerdict;
import io.github.facelock.api.enrolment.TotpParameters;
import io.github.facelock.api.enrolment.TotpProvisioning;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.core.fixtures.FakeProvider;
import io.github.facelock.core.http.HttpSettings;
import io.github.facelock.core.http.SmsSettings;
import io.github.facelock.core.otp.Base32;
import io.github.facelock.core.otp.CodeSettings;
import io.github.facelock.core.otp.Hotp;
import io.github.facelock.core.otp.RateLimit;
import io.github.facelock.core.otp.SendBudgets;
import io.github.facelock.core.otp.SmsCodeChannel;
import io.github.facelock.core.otp.Totp;
import io.github.facelock.core.otp.WebhookCodeChannel;
import io.github.facelock.core.password.Argon2Parameters;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.ProviderCall;
import io.github.facelock.test.InMemoryMailbox;
import io.github.facelock.test.MutableClock;
import io.github.facelock.test.RecordingAlertSink;
import io.github.facelock.test.RecordingAuditLog;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One-time codes, PINs and passwords as an application sees them, over real sockets. */
@Timeout(120)
class CodesTest {

  private static final SubjectId BEA = SubjectId.of("bea");
  private static final RequestContext REQUEST = RequestContext.from("192.0.2.7");
  private static final String NUMBER = "+4915123456789";
  private static final Secret TOKEN = Secret.of("auth-token");
  private static final URI CALLBACK = URI.create("https://login.example.org/hooks/sms");
  private static final String SID = "SM0123456789abcdef0123456789abcdef";

  private static final Policy WEB =
      Policy.named("web-codes")
          .step(FactorType.PASSWORD)
          .step(
              FactorType.SMS_CODE, FactorType.EMAIL_CODE, FactorType.HOTP, FactorType.RECOVERY_CODE)
          .build();
  private static final Policy DOOR =
      Policy.named("door-codes").step(FactorType.PIN).step(FactorType.TOTP).build();

  private final MutableClock clock = MutableClock.at(Instant.parse("2026-11-21T12:00:00Z"));
  private final FakeProvider provider = new FakeProvider();
  private final InMemoryMailbox mailbox = new InMemoryMailbox(FactorType.EMAIL_CODE);
  private final RecordingAuditLog audit = new RecordingAuditLog();
  private final RecordingAlertSink alerts = new RecordingAlertSink();
  private final List<FaceLock> open = new ArrayList<>();

  CodesTest() {
    provider.answers(201, "{\"sid\": \"" + SID + "\", \"status\": \"queued\"}");
  }

  @AfterEach
  void close() {
    open.forEach(FaceLock::close);
    provider.close();
  }

  private SmsSettings.Builder account() {
    return SmsSettings.account("AC123", TOKEN)
        .from("+15005550006")
        .baseUrl(provider.uri(""))
        .statusCallback(CALLBACK);
  }

  private FaceLock faceLock(Policy policy, UnaryOperator<FaceLockBuilder> more) {
    FaceLock faceLock =
        more.apply(
                FaceLock.builder()
                    .policy(policy)
                    .applicationName("Acme")
                    .clock(clock)
                    .passwordCosts(new Argon2Parameters(64, 1, 1))
                    .auditLog(audit)
                    .alertSink(alerts)
                    .codeChannel(new SmsCodeChannel(account().build(), "Acme"))
                    .codeChannel(mailbox))
            .build();
    open.add(faceLock);
    Enrolment enrolment = faceLock.enrolment();
    enrolment.register(BEA);
    assertThat(enrolment.setPassword(BEA, Secret.of("correct horse battery")))
        .isEqualTo(PasswordVerdict.ACCEPTED);
    return faceLock;
  }

  private FaceLock faceLock() {
    return faceLock(WEB, builder -> builder);
  }

  private static Outcome advance(FaceLock faceLock, Outcome outcome, Response response) {
    assertThat(outcome).isInstanceOf(Outcome.Challenge.class);
    return faceLock
        .authenticator()
        .advance(((Outcome.Challenge) outcome).handle(), response, REQUEST);
  }

  private static Outcome afterPassword(FaceLock faceLock, SubjectId subject) {
    return advance(
        faceLock,
        faceLock.authenticator().begin(subject, REQUEST),
        Response.password("correct horse battery"));
  }

  private static Outcome choosing(FaceLock faceLock, FactorType factor) {
    return advance(faceLock, afterPassword(faceLock, BEA), new Response.Choice(factor));
  }

  private AuditEvent awaitEvent(AuditEvent.Type type) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (System.nanoTime() < end) {
      List<AuditEvent> events = audit.events(type);
      if (!events.isEmpty()) {
        return events.get(events.size() - 1);
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("No " + type + " within 30 seconds");
  }

  private static String codeIn(FakeProvider.Request request) {
    return request.form().getOrDefault("Body", "").substring(0, 8);
  }

  @Test
  void aCodeToATelephoneLetsThePersonInAndItsWayIsAudited() throws Exception {
    FaceLock faceLock = faceLock();
    faceLock.enrolment().setPhone(BEA, Secret.of("+49 151 2345-6789"));
    Outcome asked = choosing(faceLock, FactorType.SMS_CODE);
    AuditEvent sent = awaitEvent(AuditEvent.Type.CODE_SENT);
    FakeProvider.Request request = provider.requests().get(0);
    assertThat(request.form()).containsEntry("To", NUMBER);
    String code = codeIn(request);

    assertThat(advance(faceLock, asked, Response.smsCode(code)))
        .isInstanceOfSatisfying(
            Outcome.Granted.class,
            granted ->
                assertThat(granted.satisfied())
                    .containsExactly(FactorType.PASSWORD, FactorType.SMS_CODE));
    assertThat(sent.details())
        .containsOnly(
            Map.entry("tries", "1"),
            Map.entry("channel", "sms"),
            Map.entry("status", "queued"),
            Map.entry("reference", SID));

    String query = URI.create(request.form().get("StatusCallback")).getRawQuery();
    assertThat(faceLock.codeReports().accept(report(query, "forged"))).isFalse();
    assertThat(audit.events(AuditEvent.Type.CODE_STATUS)).isEmpty();
    assertThat(faceLock.codeReports().accept(report(query, signature(query)))).isTrue();
    assertThat(audit.events(AuditEvent.Type.CODE_STATUS))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.transaction()).isEqualTo(sent.transaction());
              assertThat(event.details())
                  .containsEntry("status", "delivered")
                  .containsEntry("reference", SID);
            });
    assertThat(audit.events().toString()).doesNotContain(code).doesNotContain("15123456789");
  }

  private static Map<String, String> fields(String status) {
    return new TreeMap<>(
        Map.of(
            "AccountSid", "AC123",
            "MessageSid", SID,
            "MessageStatus", status));
  }

  private static ProviderCall report(String query, String signature) {
    return report(query, "delivered", signature);
  }

  private static ProviderCall report(String query, String status, String signature) {
    StringBuilder body = new StringBuilder();
    fields(status)
        .forEach((name, value) -> body.append('&').append(name).append('=').append(value));
    return new ProviderCall(query, Map.of("X-Twilio-Signature", signature), body.substring(1));
  }

  private static String signature(String query) throws Exception {
    return signature(query, "delivered");
  }

  private static String signature(String query, String status) throws Exception {
    StringBuilder text = new StringBuilder(CALLBACK + "?" + query);
    fields(status).forEach((name, value) -> text.append(name).append(value));
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(TOKEN.revealUtf8(), "HmacSHA1"));
    return Base64.getEncoder()
        .encodeToString(mac.doFinal(text.toString().getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aReloadSendsNothingAndAnotherCodeComesAfterTheCoolDown() {
    FaceLock faceLock = faceLock();
    faceLock.enrolment().setPhone(BEA, Secret.of(NUMBER));
    Outcome asked = choosing(faceLock, FactorType.SMS_CODE);
    awaitEvent(AuditEvent.Type.CODE_SENT);
    for (int i = 0; i < 2; i++) {
      asked = faceLock.authenticator().repeat(((Outcome.Challenge) asked).handle(), REQUEST);
    }
    asked = advance(faceLock, asked, new Response.Choice(FactorType.SMS_CODE));
    clock.advance(Duration.ofSeconds(31));
    asked = faceLock.authenticator().repeat(((Outcome.Challenge) asked).handle(), REQUEST);
    faceLock.close();
    assertThat(audit.events(AuditEvent.Type.CODE_SENT)).hasSize(2);
    assertThat(provider.requests()).hasSize(2);
    assertThat(codeIn(provider.requests().get(0))).isNotEqualTo(codeIn(provider.requests().get(1)));
    String second = codeIn(provider.requests().get(1));
    assertThat(advance(faceLock, asked, Response.smsCode(second)))
        .isInstanceOf(Outcome.Granted.class);
  }

  @Test
  void theNextChannelTakesOverWhereTheFirstRefuses() {
    provider.answers(
        request ->
            request.path().equals("/hook")
                ? FakeProvider.Answer.of(204, "")
                : FakeProvider.Answer.of(400, "{\"code\": 21610}"));
    FaceLock faceLock =
        faceLock(
            WEB,
            builder ->
                builder.codeChannel(
                    new WebhookCodeChannel(
                        FactorType.SMS_CODE,
                        provider.uri("/hook"),
                        Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
                        HttpSettings.ofDefaults(),
                        clock)));
    faceLock.enrolment().setPhone(BEA, Secret.of(NUMBER));
    choosing(faceLock, FactorType.SMS_CODE);
    assertThat(awaitEvent(AuditEvent.Type.CODE_SENT).details())
        .containsEntry("channel", "webhook")
        .containsEntry("status", "queued");
    assertThat(provider.requests()).hasSize(2);
  }

  @Test
  void theNextChannelTakesOverWhereTheFirstReportsThatItFailed() throws Exception {
    InMemoryMailbox second = new InMemoryMailbox(FactorType.SMS_CODE);
    FaceLock faceLock = faceLock(WEB, builder -> builder.codeChannel(second));
    faceLock.enrolment().setPhone(BEA, Secret.of(NUMBER));
    Outcome asked = choosing(faceLock, FactorType.SMS_CODE);
    awaitEvent(AuditEvent.Type.CODE_SENT);
    FakeProvider.Request request = provider.requests().get(0);
    String query = URI.create(request.form().get("StatusCallback")).getRawQuery();
    String signature = signature(query, "undelivered");

    assertThat(faceLock.codeReports().accept(report(query, "undelivered", "forged"))).isFalse();
    for (int i = 0; i < 2; i++) {
      assertThat(faceLock.codeReports().accept(report(query, "undelivered", signature))).isTrue();
    }
    String code = second.awaitCode(NUMBER);
    assertThat(code).isEqualTo(codeIn(request));
    assertThat(advance(faceLock, asked, Response.smsCode(code)))
        .isInstanceOf(Outcome.Granted.class);

    faceLock.close();
    assertThat(audit.events(AuditEvent.Type.CODE_SENT))
        .hasSize(2)
        .last()
        .satisfies(event -> assertThat(event.details()).containsEntry("instead-of", "sms"));
    assertThat(audit.events().toString()).doesNotContain(code).doesNotContain("15123456789");
  }

  @Test
  void anExceededBudgetLooksTheSameFromOutside() {
    SendBudgets tight =
        SendBudgets.ofDefaults()
            .withPersonal(
                RateLimit.of(1, Duration.ofHours(1)),
                RateLimit.of(10, Duration.ofHours(1)),
                RateLimit.of(60, Duration.ofHours(1)));
    FaceLock faceLock =
        faceLock(WEB, builder -> builder.codeSettings(CodeSettings.ofDefaults().with(tight)));
    faceLock.enrolment().setPhone(BEA, Secret.of(NUMBER));

    Outcome first = choosing(faceLock, FactorType.SMS_CODE);
    awaitEvent(AuditEvent.Type.CODE_SENT);
    Outcome second = choosing(faceLock, FactorType.SMS_CODE);
    assertThat(awaitEvent(AuditEvent.Type.CODE_NOT_SENT).details())
        .containsEntry("cause", "budget")
        .containsEntry("budget", "subject");
    assertThat(alerts.await(Alert.Cause.SEND_BUDGET_EXCEEDED).details())
        .containsEntry("budget", "subject");

    assertThat(provider.requests()).hasSize(1);
    assertThat(promptOf(second)).isEqualTo(promptOf(first));
    String wrong = codeIn(provider.requests().get(0)).equals("00000000") ? "00000001" : "00000000";
    Outcome afterFirst = advance(faceLock, first, Response.smsCode(wrong));
    Outcome afterSecond = advance(faceLock, second, Response.smsCode(wrong));
    assertThat(((Outcome.Challenge) afterSecond).next().feedback())
        .isEqualTo(((Outcome.Challenge) afterFirst).next().feedback())
        .isEqualTo(new Feedback.NotVerified());
    assertThat(promptOf(afterSecond)).isEqualTo(promptOf(afterFirst));
  }

  private static Prompt promptOf(Outcome outcome) {
    return ((Outcome.Challenge) outcome).next().prompt(FactorType.SMS_CODE).orElseThrow();
  }

  @Test
  void aNewAddressIsUsedOnceItsCodeCameBack() throws Exception {
    FaceLock faceLock = faceLock();
    Enrolment enrolment = faceLock.enrolment();
    enrolment.setEmail(BEA, Secret.of("old@example.org"));

    CredentialId pending =
        enrolment.beginAddress(BEA, FactorType.EMAIL_CODE, Secret.of("new@example.org"), REQUEST);
    String code = mailbox.awaitCode("new@example.org");
    choosing(faceLock, FactorType.EMAIL_CODE);
    assertThat(mailbox.awaitCode("old@example.org")).isNotEqualTo(code);
    assertThat(enrolment.confirmAddress(BEA, pending, Secret.of("1"))).isFalse();
    assertThat(enrolment.confirmAddress(BEA, pending, Secret.of(code))).isTrue();
    assertThat(enrolment.confirmAddress(BEA, pending, Secret.of(code))).isFalse();

    Outcome asked = choosing(faceLock, FactorType.EMAIL_CODE);
    String login = mailbox.awaitCode("new@example.org");
    assertThat(advance(faceLock, asked, Response.emailCode(login)))
        .isInstanceOf(Outcome.Granted.class);
    assertThat(awaitEvent(AuditEvent.Type.CREDENTIAL_SET).details())
        .containsEntry("change", "confirmed");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> enrolment.beginAddress(BEA, FactorType.TOTP, Secret.of("x"), REQUEST));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                enrolment.beginAddress(
                    SubjectId.of("nobody"),
                    FactorType.EMAIL_CODE,
                    Secret.of("new@example.org"),
                    REQUEST));
  }

  @Test
  void aPendingAddressIsNoEnrolledFactor() {
    FaceLock faceLock = faceLock();
    Enrolment enrolment = faceLock.enrolment();
    enrolment.beginAddress(BEA, FactorType.SMS_CODE, Secret.of(NUMBER), REQUEST);
    HotpProvisioning pending = enrolment.beginHotp(BEA, HotpParameters.of(6), "fob");
    assertThat(enrolment.enrolledFactors(BEA)).containsExactly(FactorType.PASSWORD);
    assertThat(enrolment.remove(BEA, pending.credential())).isTrue();
    assertThat(enrolment.devices(BEA)).isEmpty();
  }

  @Test
  void aTokenLetsThePersonInAndIsLookedAfter() {
    FaceLock faceLock = faceLock();
    Enrolment enrolment = faceLock.enrolment();
    HotpProvisioning token = enrolment.beginHotp(BEA, HotpParameters.of(6), "key fob");
    byte[] secret = Base32.decode(new String(token.secret().reveal())).orElseThrow();
    assertThat(enrolment.confirmHotp(BEA, token.credential(), Secret.of(hotp(secret, 0)))).isTrue();
    assertThat(advance(faceLock, afterPassword(faceLock, BEA), Response.hotp(hotp(secret, 1))))
        .isInstanceOf(Outcome.Granted.class);

    assertThat(
            enrolment.resynchronise(
                BEA, token.credential(), Secret.of(hotp(secret, 50)), Secret.of(hotp(secret, 51))))
        .isTrue();
    assertThat(advance(faceLock, afterPassword(faceLock, BEA), Response.hotp(hotp(secret, 52))))
        .isInstanceOf(Outcome.Granted.class);
    assertThat(enrolment.rename(BEA, token.credential(), "red fob")).isTrue();
    assertThat(enrolment.rename(BEA, new CredentialId("x"), "red fob")).isFalse();
    assertThat(enrolment.devices(BEA))
        .singleElement()
        .extracting(AuthenticatorDevice::label)
        .isEqualTo("red fob");
    assertThat(enrolment.enrolledFactors(BEA))
        .containsExactlyInAnyOrder(FactorType.PASSWORD, FactorType.HOTP);
    assertThat(audit.events(AuditEvent.Type.CREDENTIAL_SET))
        .extracting(event -> event.details().getOrDefault("change", ""))
        .containsExactly("", "added", "resynchronised", "renamed");
    assertThat(enrolment.remove(BEA, token.credential())).isTrue();
    assertThat(enrolment.devices(BEA)).isEmpty();
  }

  private static String hotp(byte[] secret, long counter) {
    return Hotp.code(TotpParameters.Algorithm.SHA1, secret, counter, 6);
  }

  @Test
  void resynchronisationIsBoundedAndAudited() {
    FaceLock faceLock = faceLock();
    Enrolment enrolment = faceLock.enrolment();
    HotpProvisioning token = enrolment.beginHotp(BEA, HotpParameters.of(6), "key fob");
    byte[] secret = Base32.decode(new String(token.secret().reveal())).orElseThrow();
    enrolment.confirmHotp(BEA, token.credential(), Secret.of(hotp(secret, 0)));
    for (int i = 0; i < 10; i++) {
      assertThat(resynchronise(enrolment, token, "000000", "000000")).isFalse();
    }
    assertThat(resynchronise(enrolment, token, hotp(secret, 5), hotp(secret, 6)))
        .as("too many tries")
        .isFalse();
    assertThat(audit.events(AuditEvent.Type.ENROLMENT_REFUSED))
        .extracting(event -> event.details().getOrDefault("cause", ""))
        .containsOnly("not-resynchronised", "too-many-resynchronisations")
        .hasSize(11);
    clock.advance(Duration.ofHours(1));
    assertThat(resynchronise(enrolment, token, hotp(secret, 5), hotp(secret, 6))).isTrue();
    assertThat(
            enrolment.resynchronise(
                SubjectId.of("nobody"), token.credential(), Secret.of("1"), Secret.of("2")))
        .isFalse();
    assertThat(enrolment.resynchronise(BEA, new CredentialId("x"), Secret.of("1"), Secret.of("2")))
        .isFalse();
  }

  private static boolean resynchronise(
      Enrolment enrolment, HotpProvisioning token, String first, String second) {
    return enrolment.resynchronise(BEA, token.credential(), Secret.of(first), Secret.of(second));
  }

  @Test
  void aRecoveryCodeLetsThePersonInOnceAndSomebodyIsTold() {
    FaceLock faceLock = faceLock();
    Enrolment enrolment = faceLock.enrolment();
    List<Secret> codes = enrolment.regenerateRecoveryCodes(BEA);
    assertThat(codes).hasSize(12);
    String code = new String(codes.get(0).reveal());
    assertThat(advance(faceLock, afterPassword(faceLock, BEA), Response.recoveryCode(code)))
        .isInstanceOf(Outcome.Granted.class);
    assertThat(alerts.await(Alert.Cause.RECOVERY_CODE_USED).details()).containsEntry("left", "11");
    assertThat(enrolment.recoveryCodesLeft(BEA)).isEqualTo(11);
    assertThat(advance(faceLock, afterPassword(faceLock, BEA), Response.recoveryCode(code)))
        .isInstanceOf(Outcome.Challenge.class);
    assertThat(enrolment.enrolledFactors(BEA)).contains(FactorType.RECOVERY_CODE);
    assertThat(audit.events().toString()).doesNotContain(code);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> enrolment.regenerateRecoveryCodes(SubjectId.of("nobody")));
  }

  @Test
  void aListThatIsUsedUpIsNoEnrolledFactor() {
    FaceLock faceLock = faceLock();
    for (Secret code : faceLock.enrolment().regenerateRecoveryCodes(BEA)) {
      assertThat(
              advance(
                  faceLock,
                  afterPassword(faceLock, BEA),
                  new Response.Text(FactorType.RECOVERY_CODE, code)))
          .isInstanceOf(Outcome.Granted.class);
    }
    assertThat(faceLock.enrolment().enrolledFactors(BEA)).containsExactly(FactorType.PASSWORD);
  }

  @Test
  void thePinOfSomebodyWhoIsForcedOpensAndAlertsInSilence() {
    FaceLock faceLock = faceLock(DOOR, builder -> builder);
    Enrolment enrolment = faceLock.enrolment();
    TotpProvisioning app = enrolment.beginTotp(BEA, TotpParameters.COMPATIBLE);
    byte[] secret = Base32.decode(new String(app.secret().reveal())).orElseThrow();
    Totp totp = new Totp(TotpParameters.COMPATIBLE);
    enrolment.confirmTotp(BEA, app.credential(), Secret.of(totp.code(secret, clock.instant())));
    assertThat(enrolment.setDuressPin(BEA, Secret.of("190663"))).isEqualTo(PasswordVerdict.NO_PIN);
    assertThat(enrolment.setPin(BEA, Secret.of("734285"))).isEqualTo(PasswordVerdict.ACCEPTED);
    assertThat(enrolment.setDuressPin(BEA, Secret.of("734285")))
        .isEqualTo(PasswordVerdict.SAME_AS_OTHER);
    assertThat(enrolment.setDuressPin(BEA, Secret.of("190663")))
        .isEqualTo(PasswordVerdict.ACCEPTED);

    clock.advance(Duration.ofMinutes(1));
    Outcome.Challenge right = passedPin(faceLock, "734285");
    assertThat(alerts.alerts()).noneMatch(alert -> alert.cause() == Alert.Cause.DURESS);
    Outcome.Challenge forced = passedPin(faceLock, "190663");
    assertThat(forced.next()).isEqualTo(right.next());
    Alert alert = alerts.await(Alert.Cause.DURESS);
    assertThat(alert.subject()).contains(BEA);
    assertThat(alert.source()).isEqualTo("192.0.2.7");

    Outcome outcome = advance(faceLock, forced, Response.totp(totp.code(secret, clock.instant())));
    assertThat(outcome).isInstanceOf(Outcome.Granted.class);
    String proof = ((Outcome.Granted) outcome).proof();
    assertThat(
            new String(
                Base64.getUrlDecoder().decode(proof.split("\\.", -1)[1]), StandardCharsets.UTF_8))
        .doesNotContainIgnoringCase("duress");
    assertThat(audit.events(AuditEvent.Type.CHALLENGED))
        .anySatisfy(event -> assertThat(event.details()).containsEntry("duress", "true"));
    assertThat(alerts.alerts())
        .filteredOn(each -> each.cause() == Alert.Cause.CREDENTIALS_CHANGED)
        .as("whoever reads the subject's mail learns nothing of it")
        .allSatisfy(each -> assertThat(each.toString()).doesNotContainIgnoringCase("duress"));

    assertThat(enrolment.removeDuressPin(BEA)).isTrue();
    assertThat(enrolment.removeDuressPin(BEA)).isFalse();
    assertThat(
            advance(faceLock, faceLock.authenticator().begin(BEA, REQUEST), Response.pin("190663")))
        .isInstanceOfSatisfying(
            Outcome.Challenge.class,
            challenge ->
                assertThat(challenge.next().feedback()).isEqualTo(new Feedback.NotVerified()));
    assertThat(audit.events(AuditEvent.Type.CHALLENGED))
        .as("a wrong PIN is an event of its own")
        .anySatisfy(event -> assertThat(event.details()).containsEntry("cause", "pin-wrong"));
    assertThat(enrolment.setDuressPin(SubjectId.of("nobody"), Secret.of("190663")))
        .isEqualTo(PasswordVerdict.UNKNOWN_SUBJECT);
  }

  private static Outcome.Challenge passedPin(FaceLock faceLock, String pin) {
    Outcome outcome =
        advance(faceLock, faceLock.authenticator().begin(BEA, REQUEST), Response.pin(pin));
    assertThat(outcome).isInstanceOf(Outcome.Challenge.class);
    Outcome.Challenge challenge = (Outcome.Challenge) outcome;
    assertThat(challenge.next().number()).isEqualTo(2);
    return challenge;
  }

  @Test
  void aPasswordOfAnotherSystemLogsInAndIsRenewed() {
    FaceLock faceLock = faceLock();
    faceLock
        .enrolment()
        .importPasswordHash(
            BEA,
            Secret.of(
                "pbkdf2:sha256:1000$HCtNxvXMbg39UmbM$7169f1a7cd672d4c79ac43c7b03a958b9f4c2936fe66d815b040989089df7fda"));
    for (String renewed : List.of("true", "none")) {
      afterPassword(faceLock, BEA);
      List<AuditEvent> events = audit.events(AuditEvent.Type.CHALLENGED);
      assertThat(events.get(events.size() - 1).details().getOrDefault("hash-renewed", "none"))
          .isEqualTo(renewed);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> faceLock.enrolment().importPasswordHash(BEA, Secret.of("{noop}secret1234")));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                faceLock
                    .enrolment()
                    .importPasswordHash(
                        SubjectId.of("nobody"),
                        Secret.of("$2b$05$.9Ks76Tu/h0kMup62SOLCeb.95ajtAtBDjmgboFC3rxdML1YmvkvC")));
    assertThat(
            advance(
                faceLock,
                faceLock.authenticator().begin(BEA, REQUEST),
                Response.password("correct horse batterx")))
        .isNotEqualTo(new Outcome.Denied(DenialReason.UNAVAILABLE));
  }
}
