package io.github.facelock.spring.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.Consent;
import io.github.facelock.api.enrolment.Enrolment;
import io.github.facelock.api.enrolment.TotpParameters;
import io.github.facelock.api.enrolment.TotpProvisioning;
import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.face.LivenessChallenge;
import io.github.facelock.spring.test.VirtualCameras;
import io.github.facelock.spring.web.Browser;
import io.github.facelock.spring.web.Browser.Reply;
import io.github.facelock.spring.web.TotpApp;
import io.github.facelock.test.MutableClock;
import io.github.facelock.test.simulation.VirtualCamera;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;
import tools.jackson.databind.JsonNode;

/** The smallest application there is, compiled by its own, and logged into over HTTP. */
class ConsumerTest {

  private static final Path PROJECT = Path.of("src", "test", "consumer").toAbsolutePath();
  private static final SubjectId BEA = SubjectId.of("bea");

  @TempDir Path folder;

  private final MutableClock clock = MutableClock.at(Instant.parse("2026-11-25T12:00:00Z"));

  @Test
  void somebodyLogsIntoTenLinesWithFaceAndCode() throws Exception {
    try (URLClassLoader loader = compiled();
        ConfigurableApplicationContext shop = start(loader);
        VirtualCameras cameras = new VirtualCameras()) {
      byte[] photograph = photograph();
      Enrolment enrolment = shop.getBean(Enrolment.class);
      enrolment.register(BEA);
      enrolment.enrolFace(BEA, Capture.ofImages(List.of(photograph)), Consent.to("notice-1"));
      TotpProvisioning provisioning = enrolment.beginTotp(BEA, TotpParameters.COMPATIBLE);
      TotpApp app = new TotpApp(provisioning.uri());
      enrolment.confirmTotp(BEA, provisioning.credential(), Secret.of(app.code(clock.instant())));
      clock.advance(Duration.ofSeconds(30));

      Browser browser = new Browser(port(shop)).with("Accept-Language", "en");
      assertThat(browser.get("/").header("Location")).endsWith("/facelock/login");
      Reply begun = browser.json("/facelock/api/login", Map.of("username", "bea"));
      VirtualCamera camera = cameras.before(photograph);
      Reply second = begun;
      // Who is told to lower the chin further does so at the next challenge, as often as allowed.
      for (int i = 0; i < 3 && isFace(second); i++) {
        Capture clip = camera.after(20.0 * i).answer(challenge(second));
        clock.advance(VirtualCameras.lengthOf(clip));
        second = show(browser, second, clip);
      }
      assertThat(second.text("/step/prompts/0/factor")).as(second.body()).isEqualTo("totp");
      Reply granted =
          browser.json(
              "/facelock/api/login/advance",
              Map.of(
                  "transaction",
                  second.text("/transaction"),
                  "factor",
                  "totp",
                  "secret",
                  app.code(clock.instant())));

      assertThat(granted.text("/status")).isEqualTo("granted");
      assertThat(browser.get("/").body()).isEqualTo("Hello bea");
    }
  }

  private static boolean isFace(Reply reply) {
    return reply.text("/step/prompts/0/factor").equals("face");
  }

  private static Reply show(Browser browser, Reply step, Capture clip) {
    return browser.multipart(
        "/facelock/api/login/advance",
        Map.of(
            "transaction",
            step.text("/transaction"),
            "factor",
            "face",
            "times",
            clip.frames().stream().map(frame -> frame.at().toMillis()).toList()),
        clip.frames().stream().map(ConsumerTest::jpeg).toList());
  }

  private URLClassLoader compiled() throws IOException {
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-d",
                folder.toString(),
                "-parameters",
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                PROJECT.resolve("src/main/java/shop/Shop.java").toString());
    assertThat(status).isZero();
    return new URLClassLoader(
        new URL[] {folder.toUri().toURL()}, ConsumerTest.class.getClassLoader());
  }

  private ConfigurableApplicationContext start(URLClassLoader loader) throws Exception {
    return new SpringApplicationBuilder(loader.loadClass("shop.Shop"))
        .resourceLoader(new DefaultResourceLoader(loader))
        .initializers(
            context ->
                ((GenericApplicationContext) context)
                    .registerBean("clock", Clock.class, () -> clock))
        .run(
            "--server.port=0",
            "--spring.config.location=file:" + PROJECT.resolve("src/main/resources") + "/",
            "--facelock.data-dir=" + folder.resolve("data"));
  }

  private static int port(ConfigurableApplicationContext context) {
    return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  private static LivenessChallenge challenge(Reply reply) {
    Map<String, String> parameters = new HashMap<>();
    for (Map.Entry<String, JsonNode> each :
        reply.json().at("/step/prompts/0/parameters").properties()) {
      parameters.put(each.getKey(), each.getValue().asString());
    }
    return LivenessChallenge.in(parameters).orElseThrow();
  }

  private static byte[] jpeg(CapturedFrame frame) {
    return frame.encoded();
  }

  private static byte[] photograph() throws IOException {
    try (InputStream in = ConsumerTest.class.getResourceAsStream("/photographs/sample6.jpg")) {
      BufferedImage whole = ImageIO.read(in);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ImageIO.write(whole.getSubimage(132, 318, 455, 607), "png", out);
      return out.toByteArray();
    }
  }
}
