package io.github.facelock.spring.web.me;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.http.MediaType.APPLICATION_JSON;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.MultiFactorAuthenticator;
import io.github.facelock.api.Outcome;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Response;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.TotpParameters;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MyCodesControllerTest extends Account {

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  private static MockHttpServletRequestBuilder postJson(String path, String body) {
    return post("/facelock/api/me" + path).contentType(APPLICATION_JSON).content(body);
  }

  private static MockHttpServletRequestBuilder code(String path, String code) {
    return postJson(path, "{\"code\":\"%s\"}".formatted(code));
  }

  private String codeOf(String uri) throws Exception {
    return Totp.code(uri, clock.instant());
  }

  private static String read(String dataUri) throws Exception {
    byte[] png = Base64.getDecoder().decode(dataUri.substring("data:image/png;base64,".length()));
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
    int width = picture.getWidth();
    int height = picture.getHeight();
    int[] pixels = picture.getRGB(0, 0, width, height, null, 0, width);
    return new QRCodeReader()
        .decode(
            new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels))),
            // Nothing but the code is in the picture: no search for it, which fails now and then.
            Map.of(DecodeHintType.PURE_BARCODE, true))
        .getText();
  }

  @Test
  void theAppThatReadsTheQrCodeWorksAfterItsFirstCode() throws Exception {
    SubjectId anna = somebody();
    RequestPostProcessor login = as(anna, FactorType.PASSWORD);
    JsonNode app = json(body(send(postJson("/totp", "{\"label\":\"Phone\"}"), login)));
    assertThat(read(app.get("qr").asString())).isEqualTo(app.get("uri").asString());
    String confirm = "/totp/" + app.get("id").asString() + "/confirm";

    assertThat(body(send(code(confirm, "000000"), login))).contains("code-wrong");
    assertThat(faceLock.enrolment().enrolledFactors(anna)).doesNotContain(FactorType.TOTP);
    assertThat(statusOf(send(code(confirm, codeOf(read(app.get("qr").asString()))), login)))
        .isEqualTo(200);
    assertThat(faceLock.enrolment().enrolledFactors(anna)).contains(FactorType.TOTP);
    mvc.perform(get("/facelock/api/me/factors").with(login))
        .andExpect(jsonPath("apps[0].label").value("Phone"))
        .andExpect(jsonPath("apps[0].confirmed").value(true))
        .andExpect(jsonPath("$..secret").doesNotExist());
  }

  @Test
  void anothersAppIsNeitherConfirmedNorRemoved() throws Exception {
    SubjectId anna = somebody();
    SubjectId mallory = somebody();
    var app = faceLock.enrolment().beginTotp(anna, TotpParameters.COMPATIBLE);
    RequestPostProcessor login = as(mallory, FactorType.PASSWORD);
    String path = "/totp/" + app.credential().value();
    assertThat(
            statusOf(send(code(path + "/confirm", codeOf(new String(app.uri().reveal()))), login)))
        .isEqualTo(404);
    assertThat(statusOf(send(delete("/facelock/api/me" + path), login))).isEqualTo(404);
    assertThat(faceLock.enrolment().devices(anna))
        .singleElement()
        .satisfies(device -> assertThat(device.confirmed()).isFalse());
  }

  /** The paths of one factor do not reach another's credentials. */
  @Test
  void aPasswordIsNotRemovedAsAnApp() throws Exception {
    SubjectId anna = somebody();
    RequestPostProcessor login = as(anna, FactorType.PASSWORD);
    for (String path : List.of("/totp/", "/faces/", "/devices/")) {
      for (String id : List.of("password", "%2e%2e", "a".repeat(100), "email-code")) {
        assertThat(statusOf(send(delete("/facelock/api/me" + path + id), login))).isIn(404, 400);
      }
    }
    assertThat(faceLock.enrolment().enrolledFactors(anna)).contains(FactorType.PASSWORD);
  }

  @Test
  void ownAppsAreRemoved() throws Exception {
    SubjectId anna = somebody();
    var app = faceLock.enrolment().beginTotp(anna, TotpParameters.COMPATIBLE);
    assertThat(
            statusOf(
                send(
                    delete("/facelock/api/me/totp/" + app.credential().value()),
                    as(anna, FactorType.PASSWORD))))
        .isEqualTo(204);
    assertThat(faceLock.enrolment().devices(anna)).isEmpty();
  }

  @Test
  void moreThanFiveAppsAndOddLabelsAreRefused() throws Exception {
    SubjectId anna = somebody();
    RequestPostProcessor login = as(anna, FactorType.PASSWORD);
    assertThat(body(send(postJson("/totp", "{\"label\":\"%s\"}".formatted("x".repeat(65))), login)))
        .contains("label-malformed");
    assertThat(body(send(postJson("/totp", "{\"label\":\"a\\u0007b\"}"), login)))
        .contains("label-malformed");
    for (int i = 0; i < 5; i++) {
      JsonNode app = json(body(send(post("/facelock/api/me/totp"), login)));
      send(
          code("/totp/" + app.get("id").asString() + "/confirm", codeOf(app.get("uri").asString())),
          login);
    }
    assertThat(body(send(post("/facelock/api/me/totp"), as(anna, FactorType.PASSWORD))))
        .contains("too-many-apps");
  }

  @Test
  void anAddressIsUsedAfterItsCodeCameBack() throws Exception {
    SubjectId anna = somebody();
    RequestPostProcessor login = as(anna, FactorType.PASSWORD);
    MockHttpSession session = new MockHttpSession();
    String address = anna.value() + "@example.org";
    assertThat(
            statusOf(
                send(
                    postJson("/email", "{\"address\":\"%s\"}".formatted(address)), login, session)))
        .isEqualTo(202);
    String sent = mail.awaitCode(address, Duration.ofSeconds(30));
    String wrong = sent.equals("00000000") ? "11111111" : "00000000";
    assertThat(body(send(code("/email/confirm", wrong), login, session))).contains("code-wrong");
    // Another session did not ask.
    assertThat(body(send(code("/email/confirm", sent), login, new MockHttpSession())))
        .contains("code-wrong");
    assertThat(statusOf(send(code("/email/confirm", sent), login, session))).isEqualTo(200);
    assertThat(faceLock.enrolment().enrolledFactors(anna)).contains(FactorType.EMAIL_CODE);
    assertThat(body(send(code("/email/confirm", sent), login, session))).contains("code-wrong");

    assertThat(statusOf(send(delete("/facelock/api/me/email"), login))).isEqualTo(204);
    assertThat(statusOf(send(delete("/facelock/api/me/email"), login))).isEqualTo(404);
    assertThat(faceLock.enrolment().enrolledFactors(anna)).doesNotContain(FactorType.EMAIL_CODE);
  }

  @Test
  void aTelephoneIsConfirmedLikeAMailAddress() throws Exception {
    SubjectId anna = somebody();
    RequestPostProcessor login = as(anna, FactorType.PASSWORD);
    MockHttpSession session = new MockHttpSession();
    send(postJson("/phone", "{\"address\":\"+49 1511 1234567\"}"), login, session);
    String sent = telephone.awaitCode("+4915111234567", Duration.ofSeconds(30));
    assertThat(statusOf(send(code("/phone/confirm", sent), login, session))).isEqualTo(200);
    assertThat(faceLock.enrolment().enrolledFactors(anna)).contains(FactorType.SMS_CODE);
  }

  @Test
  void whatIsNoAddressIsToldWithoutRepeatingIt() throws Exception {
    SubjectId anna = somebody();
    RequestPostProcessor login = as(anna, FactorType.PASSWORD);
    String script = "<script>alert(1)</script>@";
    assertThat(body(send(postJson("/email", "{\"address\":\"%s\"}".formatted(script)), login)))
        .contains("email-malformed")
        .doesNotContain("script");
    assertThat(body(send(postJson("/phone", "{\"address\":\"call me\"}"), login)))
        .contains("phone-malformed");
    assertThat(body(send(postJson("/email", "{}"), login))).contains("email-malformed");
  }

  @Test
  void recoveryCodesAreShownOnceAndNewOnesEndTheOld() throws Exception {
    SubjectId anna = somebody();
    RequestPostProcessor login = as(anna, FactorType.PASSWORD);
    JsonNode first = json(body(send(post("/facelock/api/me/recovery-codes"), login)));
    JsonNode second = json(body(send(post("/facelock/api/me/recovery-codes"), login)));
    assertThat(first.get("codes").size()).isGreaterThanOrEqualTo(10);
    assertThat(first.get("codes")).isNotEqualTo(second.get("codes"));
    assertThat(faceLock.enrolment().recoveryCodesLeft(anna)).isEqualTo(second.get("codes").size());
    String shown =
        mvc.perform(get("/facelock/api/me/factors").with(login))
            .andReturn()
            .getResponse()
            .getContentAsString();
    assertThat(shown).doesNotContain(second.get("codes").get(0).asString());

    assertThat(logsIn(anna, first.get("codes").get(0).asString())).isFalse();
    assertThat(logsIn(anna, second.get("codes").get(0).asString())).isTrue();
    assertThat(logsIn(anna, second.get("codes").get(0).asString())).isFalse();
  }

  private boolean logsIn(SubjectId subject, String recoveryCode) {
    MultiFactorAuthenticator authenticator = faceLock.authenticator();
    RequestContext here = RequestContext.local();
    Outcome asked = authenticator.begin(subject, "recovery", here);
    asked =
        authenticator.advance(
            ((Outcome.Challenge) asked).handle(), Response.password(PASSWORD), here);
    return authenticator.advance(
            ((Outcome.Challenge) asked).handle(), Response.recoveryCode(recoveryCode), here)
        instanceof Outcome.Granted;
  }
}
