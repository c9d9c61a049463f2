package io.github.facelock.spring.capture;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Chromium of this machine, headless, without a call home. Named by the property {@code
 * facelock.chromium}, else looked for on the path; where {@code facelock.it.required} is set, a
 * missing one fails.
 */
final class Chromium implements AutoCloseable {

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /** A browser with Chromium's own test picture as its camera, which pages may use unasked. */
  static Chromium withCamera() {
    return start("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream");
  }

  /** A browser that asks before it gives its camera; nobody answers, so that is a no. */
  static Chromium thatAsks() {
    return start("--use-fake-device-for-media-stream");
  }

  private static Chromium start(String... camera) {
    Optional<Path> executable = executable();
    if (executable.isEmpty() && Boolean.getBoolean("facelock.it.required")) {
      throw new IllegalStateException(
          "No Chromium on the path; install it, or name it with -Dfacelock.chromium");
    }
    assumeTrue(executable.isPresent(), "no Chromium");
    List<String> arguments = new ArrayList<>(Arrays.asList(camera));
    arguments.addAll(
        List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync"));
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    return new Chromium(
        playwright,
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable.get())
                    .setArgs(arguments)));
  }

  private static Optional<Path> executable() {
    String named = System.getProperty("facelock.chromium", "");
    if (!named.isEmpty()) {
      return Optional.of(Path.of(named));
    }
    return Arrays.stream(System.getenv("PATH").split(java.io.File.pathSeparator, -1))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  Browser browser() {
    return browser;
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
