package io.github.facelock.examples.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A headless Chromium. Not thread-safe. */
final class Browser implements AutoCloseable {

  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final String AXE = axe();

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser chromium;
  private final List<String> complaints = new ArrayList<>();

  private Browser(Path executable, List<String> flags) {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    List<String> all = new ArrayList<>(List.of("--no-sandbox", "--disable-dev-shm-usage"));
    all.addAll(flags);
    chromium =
        playwright
            .chromium()
            .launch(new BrowserType.LaunchOptions().setExecutablePath(executable).setArgs(all));
  }

  /** A browser that grants a camera, which shows Chromium's test picture. */
  static Browser withCamera() {
    return start(List.of("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"));
  }

  static Browser start(List<String> flags) {
    Optional<Path> executable =
        Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst();
    if (executable.isEmpty() && Boolean.getBoolean("facelock.it.required")) {
      throw new AssertionError("Chromium is required here: apt-get install chromium");
    }
    Assumptions.assumeTrue(executable.isPresent(), "Chromium is not installed");
    return new Browser(executable.orElseThrow(), flags);
  }

  /** A page in a session of its own; errors of its scripts fail the test when it is closed. */
  Page page(int width) {
    return page(chromium.newContext(options(width)));
  }

  Page page(BrowserContext context) {
    Page page = context.newPage();
    page.onPageError(error -> complaints.add(page.url() + ": " + error));
    page.onConsoleMessage(
        message -> {
          // Blocked code, style or address: the policy of the page and its content disagree.
          if (message.text().contains("Content Security Policy")) {
            complaints.add(page.url() + ": " + message.text());
          }
        });
    return page;
  }

  com.microsoft.playwright.Browser.NewContextOptions options(int width) {
    return new com.microsoft.playwright.Browser.NewContextOptions()
        .setViewportSize(width, width < 600 ? 844 : 800)
        .setLocale("en-GB");
  }

  com.microsoft.playwright.Browser chromium() {
    return chromium;
  }

  /** Takes pictures at both widths and in both colour schemes, and looks for barriers. */
  void inspect(Page page, String name) {
    int width = page.viewportSize().width;
    int height = page.viewportSize().height;
    for (int each : new int[] {1280, 390}) {
      page.setViewportSize(each, each < 600 ? 844 : 800);
      page.screenshot(
          new Page.ScreenshotOptions()
              .setFullPage(true)
              .setPath(SCREENSHOTS.resolve(name + "-" + each + ".png")));
      Object sideways =
          page.evaluate(
              "document.documentElement.scrollWidth > document.documentElement.clientWidth");
      assertThat(sideways).as("%s scrolls sideways at %d pixels", name, each).isEqualTo(false);
    }
    page.emulateMedia(
        new Page.EmulateMediaOptions()
            .setColorScheme(com.microsoft.playwright.options.ColorScheme.DARK));
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(SCREENSHOTS.resolve(name + "-390-dark.png")));
    assertThat(barriers(page)).as("barriers of %s, dark", name).isEmpty();
    page.emulateMedia(
        new Page.EmulateMediaOptions()
            .setColorScheme(com.microsoft.playwright.options.ColorScheme.LIGHT));
    page.setViewportSize(width, height);
    assertThat(barriers(page)).as("barriers of %s", name).isEmpty();
  }

  @SuppressWarnings("unchecked")
  private static List<String> barriers(Page page) {
    // A colour on its way from dark to light is no colour that anybody reads.
    page.evaluate(
        "document.getAnimations().filter(a => a instanceof CSSTransition)"
            + ".forEach(a => a.finish())");
    page.evaluate(AXE);
    return (List<String>)
        page.evaluate(
            "async () => (await axe.run(document)).violations.flatMap(v => v.nodes.map(n =>"
                + " `${v.id}: ${n.target} ${n.failureSummary}`))");
  }

  private static String axe() {
    try (InputStream in = Browser.class.getResourceAsStream("/axe.min.js")) {
      if (in == null) {
        throw new IllegalStateException("axe.min.js is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    chromium.close();
    playwright.close();
    assertThat(complaints).as("errors in the pages' scripts").isEmpty();
  }
}
