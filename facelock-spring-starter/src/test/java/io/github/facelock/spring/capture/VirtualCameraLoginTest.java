package io.github.facelock.spring.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Outcome;
import io.github.facelock.api.Prompt;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Response;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.TransactionHandle;
import io.github.facelock.api.enrolment.Consent;
import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.face.Guidance;
import io.github.facelock.api.face.LivenessAction;
import io.github.facelock.api.face.Picture;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.core.FaceLock;
import io.github.facelock.core.LivenessSettings;
import io.github.facelock.core.face.CaptureGuide;
import io.github.facelock.core.face.ChallengeRules;
import io.github.facelock.core.onnx.OnnxModels;
import io.github.facelock.test.simulation.Portrait;
import io.github.facelock.test.simulation.SimulatedCamera;
import io.github.facelock.test.simulation.VirtualCamera;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * From the page to the verdict: the component films a simulated person who does what it asks, the
 * script of the login page sends that as a browser does, and FaceLock judges it.
 */
class VirtualCameraLoginTest {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final SubjectId ANNA = SubjectId.of("anna");

  private static Chromium chromium;
  private static AssetServer server;
  private static byte[] photograph;

  @BeforeAll
  static void start() throws IOException {
    chromium = Chromium.withCamera();
    server = new AssetServer();
    server.file("/favicon.ico", "image/x-icon", new byte[0]);
    BufferedImage view = anna();
    photograph = jpeg(view);
    try (OnnxModels models = OnnxModels.bundled()) {
      serveClips(
          VirtualCamera.of(
                  Portrait.of(
                      pixels(view),
                      models.detector(),
                      models.steadyLandmarker(),
                      models.headPose()))
              .filmedBy(SimulatedCamera.standard().framesPerSecond(10)));
    }
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
      server.close();
    }
  }

  private static void serveClips(VirtualCamera camera) {
    Map<String, List<Map<String, Object>>> list = new LinkedHashMap<>();
    for (LivenessAction action : LivenessAction.values()) {
      VirtualCamera later = camera.after(10 * list.size());
      Capture clip = action == LivenessAction.HOLD_STILL ? later.resting(3) : later.frames(action);
      List<Map<String, Object>> stills = new ArrayList<>();
      for (CapturedFrame frame : clip.frames()) {
        String url = action.code() + "/" + stills.size() + ".jpg";
        server.file("/camera/" + url, "image/jpeg", frame.encoded());
        stills.add(Map.of("url", url, "at", frame.at().toMillis()));
      }
      list.put(action.code(), stills);
    }
    server.file("/camera/clips.json", "application/json", JSON.writeValueAsBytes(list));
  }

  @ParameterizedTest
  @CsvSource({"1280, 0, true", "390, 0, false", "390, 6, true"})
  void aSimulatedPersonAnswersWhatThePageAsks(int width, int colours, boolean guided) {
    Policy policy = Policy.named("page").step(FactorType.PIN).step(FactorType.FACE).build();
    try (FaceLock faceLock =
            FaceLock.builder()
                .policy(policy)
                .liveness(
                    LivenessSettings.ofDefaults()
                        .with(ChallengeRules.ofDefaults().withColours(colours)))
                .build();
        BrowserContext context =
            chromium
                .browser()
                .newContext(
                    new Browser.NewContextOptions()
                        .setViewportSize(width, width < 600 ? 844 : 800))) {
      faceLock.enrolment().register(ANNA);
      faceLock.enrolment().setPin(ANNA, Secret.of("730194"));
      faceLock.enrolment().enrolFace(ANNA, Capture.ofImage(photograph), Consent.to("notice-1"));
      RequestContext request = RequestContext.local();
      AtomicReference<@Nullable Outcome> judged = new AtomicReference<>();
      server.on(
          "/facelock/api/login/advance",
          (body, headers) -> {
            assertThat(headers.get("X-CSRF-TOKEN")).isEqualTo("t0ken");
            Outcome outcome = advance(faceLock, body, headers.get("Content-Type"), request);
            judged.set(outcome);
            return answer(outcome);
          });
      server.on(
          "/facelock/api/login/repeat",
          (body, headers) -> {
            Outcome outcome = faceLock.authenticator().repeat(handle(JSON.readTree(body)), request);
            return answer(outcome);
          });
      CaptureGuide guide = faceLock.captureGuide().orElseThrow();
      server.on(
          "/facelock/api/guidance",
          (body, headers) ->
              guided
                  ? advise(guide, body, headers.get("Content-Type"))
                  : AssetServer.Answer.json(404, "{}"));
      Page page = context.newPage();
      page.setDefaultTimeout(120_000);
      server.page(
          "/home", "<!doctype html><html lang='en'><title>Home</title><h1>Home</h1></html>");
      // Asked again or misjudged, a person tries once more; this one does not wait for the page.
      for (int tries = 0; tries < 3 && !(judged.get() instanceof Outcome.Granted); tries++) {
        judged.set(null);
        Outcome.Challenge pin = (Outcome.Challenge) faceLock.authenticator().begin(ANNA, request);
        server.page(
            "/login",
            loginPage(
                (Outcome.Challenge)
                    faceLock
                        .authenticator()
                        .advance(pin.handle(), Response.pin("730194"), request)));
        film(page, width, colours, guided);
        page.waitForCondition(() -> judged.get() != null);
      }
      assertThat(judged.get()).isInstanceOf(Outcome.Granted.class);
      page.waitForURL(server.url("/home"));
    }
  }

  private static void film(Page page, int width, int colours, boolean guided) {
    page.navigate(server.url("/login"));
    page.getByText("Turn on camera").click();
    if (colours > 0) {
      page.getByText("Go on", new Page.GetByTextOptions().setExact(true)).click();
    }
    page.waitForSelector("facelock-capture[state=placing]");
    String name = "virtual-" + width + (colours > 0 ? "-colours" : "");
    picture(page, name + "-placing");
    if (!guided) {
      page.getByText("Begin", new Page.GetByTextOptions().setExact(true)).click();
    }
    page.getByText("Step 1 of").waitFor();
    picture(page, name + "-step-1");
  }

  private static void picture(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(Path.of("target", "screenshots", "capture-" + name + ".png")));
  }

  private static Outcome advance(
      FaceLock faceLock, byte[] body, String contentType, RequestContext request) {
    List<Multipart.Part> parts = Multipart.read(body, contentType);
    JsonNode asked = JSON.readTree(Multipart.named(parts, "request").get(0).text());
    List<CapturedFrame> frames = new ArrayList<>();
    for (Multipart.Part frame : Multipart.named(parts, "frame")) {
      frames.add(
          CapturedFrame.encoded(
              Duration.ofMillis(asked.get("times").get(frames.size()).asLong()), frame.content()));
    }
    return faceLock
        .authenticator()
        .advance(handle(asked), Response.face(Capture.of(frames)), request);
  }

  private static TransactionHandle handle(JsonNode asked) {
    return TransactionHandle.parse(asked.get("transaction").asString());
  }

  private static AssetServer.Answer advise(CaptureGuide guide, byte[] body, String contentType) {
    List<Multipart.Part> parts = Multipart.read(body, contentType);
    LivenessAction wanted =
        LivenessAction.ofCode(Multipart.named(parts, "action").get(0).text()).orElseThrow();
    Guidance advice =
        guide.advise(
            CapturedFrame.encoded(Duration.ZERO, Multipart.named(parts, "frame").get(0).content()),
            wanted);
    return json(200, Map.of("guidance", Map.of("code", advice.code(), "text", advice.code())));
  }

  private static AssetServer.Answer answer(Outcome outcome) {
    return outcome.fold(
        granted -> json(200, Map.of("status", "granted", "redirect", "/home")),
        challenge ->
            json(
                200,
                Map.of(
                    "status",
                    "challenge",
                    "transaction",
                    challenge.handle().value(),
                    "step",
                    Map.of(
                        "prompts",
                        challenge.next().prompts().stream()
                            .map(VirtualCameraLoginTest::tell)
                            .toList(),
                        "feedback",
                        Map.of("kind", "none")))),
        denied -> json(401, Map.of("reason", denied.reason().toString())),
        locked -> json(429, Map.of("until", locked.until().toString())));
  }

  private static Map<String, Object> tell(Prompt prompt) {
    return Map.of("factor", "face", "started", prompt.started(), "parameters", prompt.parameters());
  }

  private static AssetServer.Answer json(int status, Map<String, ?> body) {
    return AssetServer.Answer.json(status, JSON.writeValueAsString(body));
  }

  private static String loginPage(Outcome.Challenge face) {
    String parameters =
        JSON.writeValueAsString(face.next().prompts().get(0).parameters()).replace("\"", "&quot;");
    return """
        <!doctype html><html lang="en"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width"><meta name="facelock-base" content="/facelock">
        <meta name="facelock-csrf" content="t0ken"><meta name="facelock-virtual-camera" content="/camera/">
        <title>Sign in</title><link rel="stylesheet" href="/facelock/assets/facelock.css">
        <script type="module" src="/facelock/assets/step.js"></script></head>
        <body><main><h1>Sign in</h1>
        <facelock-capture data-factor="face" data-next="/login" data-transaction="%s" data-challenge="%s">
        </facelock-capture></main></body></html>"""
        .formatted(face.handle().value(), parameters);
  }

  /** Anna as a telephone sees her, on the photograph that enrols her in the quickstart, too. */
  private static BufferedImage anna() throws IOException {
    try (InputStream file =
        VirtualCameraLoginTest.class.getResourceAsStream("/photographs/sample3.jpg")) {
      BufferedImage whole = ImageIO.read(file);
      BufferedImage part = whole.getSubimage(934, 6, 511, 682);
      BufferedImage view = new BufferedImage(480, 640, BufferedImage.TYPE_INT_RGB);
      Graphics2D g = view.createGraphics();
      g.drawImage(part.getScaledInstance(480, 640, java.awt.Image.SCALE_SMOOTH), 0, 0, null);
      g.dispose();
      return view;
    }
  }

  private static byte[] jpeg(BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", out);
    return out.toByteArray();
  }

  private static Picture pixels(BufferedImage image) {
    Picture.Builder picture = Picture.builder(image.getWidth(), image.getHeight());
    byte[] rgb = picture.pixels();
    for (int i = 0; i < rgb.length / 3; i++) {
      int colour = image.getRGB(i % image.getWidth(), i / image.getWidth());
      rgb[3 * i] = (byte) (colour >> 16);
      rgb[3 * i + 1] = (byte) (colour >> 8);
      rgb[3 * i + 2] = (byte) colour;
    }
    return picture.build();
  }
}
