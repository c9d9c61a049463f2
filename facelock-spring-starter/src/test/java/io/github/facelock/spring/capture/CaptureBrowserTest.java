package io.github.facelock.spring.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The component in a real browser, with the browser's own test picture as the camera. */
class CaptureBrowserTest {

  private static final String CHALLENGE =
      "{\"liveness\":\"active\",\"challenge\":\"n1\",\"actions\":\"turn-left,look-up\",\"colour-ms\":\"500\",\"answer-within-ms\":\"60000\"}";
  private static final String COLOURFUL =
      CHALLENGE.replace("\"colour-ms\"", "\"colours\":\"red,blue,green,red\",\"colour-ms\"");

  private static final Path AXE = Path.of("src/main/frontend/node_modules/axe-core/axe.min.js");

  private static Chromium chromium;
  private static AssetServer server;

  private final List<String> complaints = new ArrayList<>();
  private BrowserContext context;

  @BeforeAll
  static void start() throws IOException {
    chromium = Chromium.withCamera();
    server = new AssetServer();
    server.file("/favicon.ico", "image/x-icon", new byte[0]);
    server.file(
        "/page.css",
        "text/css",
        "html{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}body{margin:0;padding:1rem}"
            .getBytes(StandardCharsets.UTF_8));
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
      server.close();
    }
  }

  @AfterEach
  void leave() {
    context.close();
    assertThat(complaints).as("violations of the policy, and errors in the console").isEmpty();
  }

  private Page open(int width, ColorScheme scheme, String language, String attributes) {
    context =
        chromium
            .browser()
            .newContext(
                new Browser.NewContextOptions()
                    .setViewportSize(width, width < 600 ? 844 : 800)
                    .setColorScheme(scheme));
    return load(language, attributes);
  }

  private Page load(String language, String attributes) {
    Page page = context.newPage();
    // Machines that do several things at once take their time.
    page.setDefaultTimeout(90_000);
    page.onConsoleMessage(this::listen);
    page.onPageError(error -> complaints.add(error));
    server.page(
        "/capture",
        "<!doctype html><html lang='"
            + language
            + "'><head><meta charset='utf-8'><meta name='viewport' content='width=device-width'><title>FaceLock</title>"
            + "<link rel='stylesheet' href='/page.css'>"
            + "<script type='module' src='/facelock/assets/facelock-capture.js'></script></head>"
            + "<body><main><h1>Sign in</h1><facelock-capture "
            + attributes
            + "></facelock-capture></main></body></html>");
    page.navigate(server.url("/capture"));
    page.evaluate(
        "() => { window.got = []; document.addEventListener('facelock-captured', e => window.got.push(e.detail)); }");
    return page;
  }

  private void listen(ConsoleMessage message) {
    if (message.type().equals("error")) {
      complaints.add(message.text());
    }
  }

  /** Rules of axe-core, which the front end's tests have, too; through the shadow tree. */
  private static void assertAccessible(Page page) throws IOException {
    if (!Files.isRegularFile(AXE) && !Boolean.getBoolean("facelock.it.required")) {
      return;
    }
    page.evaluate(Files.readString(AXE));
    Object violations =
        page.evaluate(
            "async () => (await axe.run(document, {resultTypes: ['violations']})).violations.map(v =>"
                + " v.id + ': ' + v.nodes.map(n => n.target.join(' ') + ' ' + n.failureSummary).join('; '))");
    assertThat((List<?>) violations).isEmpty();
  }

  private static void assertNothingSticksOut(Page page) {
    assertThat(page.evaluate("() => document.documentElement.scrollWidth - innerWidth"))
        .as("pixels to scroll sideways")
        .isEqualTo(0);
  }

  private static void picture(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(Path.of("target", "screenshots", "capture-" + name + ".png")));
  }

  @Test
  void filmsWhatIsAsked() {
    Page page = open(1280, ColorScheme.LIGHT, "en", "challenge='" + CHALLENGE + "'");
    picture(page, "intro-1280");
    page.getByText("Turn on camera").click();
    page.waitForSelector("facelock-capture[state=placing]");
    picture(page, "placing-1280");
    page.getByText("Begin", new Page.GetByTextOptions().setExact(true)).click();
    page.getByText("Turn your head to your left").first().waitFor();
    picture(page, "turn-left-1280");
    page.waitForFunction("() => window.got.length === 1");
    picture(page, "checking-1280");
    Map<?, ?> clip =
        (Map<?, ?>)
            page.evaluate(
                "async () => { const d = window.got[0]; const heads = await Promise.all(d.frames.map(async f =>"
                    + " { const b = new Uint8Array(await f.arrayBuffer()); return [b[0], b[1], b.length]; }));"
                    + " return {times: d.times, heads, challenge: d.challenge}; }");
    List<?> times = (List<?>) clip.get("times");
    assertThat(clip.get("challenge")).isEqualTo("n1");
    assertThat(times).hasSizeGreaterThanOrEqualTo(10);
    assertThat(times)
        .isSortedAccordingTo(Comparator.comparing(time -> ((Number) time).longValue()));
    assertThat((List<?>) clip.get("heads"))
        .as("JPEG files")
        .hasSameSizeAs(times)
        .allSatisfy(
            head -> assertThat(((List<?>) head).subList(0, 2)).isEqualTo(List.of(255, 216)));
  }

  @Test
  void lightsTheFaceWithColours() {
    Page page = open(390, ColorScheme.DARK, "de", "another-factor challenge='" + COLOURFUL + "'");
    picture(page, "intro-390");
    page.getByText("Kamera einschalten").click();
    page.getByText("Weiter", new Page.GetByTextOptions().setExact(true)).waitFor();
    picture(page, "colours-note-390");
    page.getByText("Weiter", new Page.GetByTextOptions().setExact(true)).click();
    page.waitForSelector("facelock-capture[state=placing]");
    picture(page, "placing-390");
    page.getByText("Beginnen", new Page.GetByTextOptions().setExact(true)).click();
    page.waitForSelector("facelock-capture [data-lit]");
    picture(page, "colours-390");
    page.getByText("Heben Sie das Kinn").first().waitFor();
    picture(page, "look-up-390");
    page.waitForFunction("() => window.got.length === 1");
  }

  @Test
  void isUsableByEverybodyInEveryState() throws IOException {
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      Page page = open(320, scheme, "de", "another-factor challenge='" + COLOURFUL + "'");
      assertAccessible(page);
      assertNothingSticksOut(page);
      button(page, "Kamera einschalten").click();
      button(page, "Weiter").waitFor();
      assertAccessible(page);
      assertNothingSticksOut(page);
      button(page, "Weiter").click();
      page.waitForSelector("facelock-capture[state=placing]");
      assertAccessible(page);
      assertNothingSticksOut(page);
      button(page, "Das kann ich nicht").click();
      assertAccessible(page);
      assertNothingSticksOut(page);
      picture(page, "needs-320-" + scheme.name().toLowerCase(java.util.Locale.ROOT));
      page.evaluate("() => document.querySelector('facelock-capture').report('busy')");
      assertAccessible(page);
      assertNothingSticksOut(page);
      picture(page, "failed-320-" + scheme.name().toLowerCase(java.util.Locale.ROOT));
      if (scheme == ColorScheme.LIGHT) {
        context.close();
      }
    }
  }

  @Test
  void needsNoMouse() {
    Page page = open(1280, ColorScheme.LIGHT, "en", "challenge='" + CHALLENGE + "'");
    page.keyboard().press("Tab");
    page.keyboard().press("Enter");
    page.waitForSelector("facelock-capture[state=placing]");
    assertThat(focused(page)).as("focus goes on with the words").isEqualTo("title");
    page.keyboard().press("Tab");
    page.keyboard().press("Enter");
    page.waitForSelector("facelock-capture[state=recording]");
    page.keyboard().press("Escape");
    page.waitForSelector("facelock-capture[state=placing]");
    assertThat(page.evaluate("() => window.got.length")).isEqualTo(0);
  }

  private static Object focused(Page page) {
    return page.evaluate(
        "() => document.querySelector('facelock-capture').shadowRoot.activeElement?.className");
  }

  @Test
  void saysWhatToDoWhereTheCameraIsDenied() throws IOException {
    try (Chromium asking = Chromium.thatAsks()) {
      context = asking.browser().newContext();
      Page page = load("en", "challenge='" + CHALLENGE + "'");
      button(page, "Turn on camera").click();
      page.getByText("The camera is not allowed here").first().waitFor();
      assertAccessible(page);
      picture(page, "denied-1280");
      button(page, "Try again").waitFor();
      context.close();
    }
  }

  @Test
  void saysWhatToDoWhereThereIsNoCamera() {
    Page page = open(390, ColorScheme.LIGHT, "hi", "another-factor challenge='" + CHALLENGE + "'");
    page.evaluate(
        "() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotFoundError')); }");
    button(page, "कैमरा चालू करें").click();
    page.getByText("कोई कैमरा नहीं मिला").first().waitFor();
    picture(page, "none-390");
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }
}
