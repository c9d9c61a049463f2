package io.github.facelock.examples.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.util.regex.Pattern;

/** Somebody before the browser, who does what the pages say. */
final class Visitor {

  /** Films, uploads and judgement on a busy machine. */
  private static final double PATIENCE = 90_000;

  private final Page page;
  private final String address;

  Visitor(Page page, String address) {
    this.page = page;
    this.address = address;
    page.setDefaultTimeout(30_000);
  }

  Page page() {
    return page;
  }

  Visitor open(String path) {
    page.navigate(address + path);
    return this;
  }

  /** Chooses who is before the camera, at the foot of the page. */
  Visitor camera(String view) {
    open("/");
    page.locator("footer select").selectOption(view);
    assertThat(page.locator("footer select")).hasValue(view);
    return this;
  }

  Visitor claims(String name) {
    open("/facelock/login");
    page.fill("#username", name);
    page.locator("main form button.primary").click();
    assertThat(page.locator("#username")).hasCount(0);
    return this;
  }

  /** Types the password, PIN or code that the page asks for. */
  Visitor types(String secret) {
    page.fill("#secret", secret);
    page.locator("form:has(#secret) button.primary").click();
    return this;
  }

  Locator capture(String part) {
    return page.locator("facelock-capture " + part);
  }

  /** Turns the camera on, and begins as soon as the page lets it. */
  Visitor turnsCameraOn() {
    // What is looked for from here on is on this page's successor.
    page.evaluate("document.documentElement.dataset.seen = ''");
    capture("button[data-name=start], facelock-capture button[data-name=retry]").click();
    return this;
  }

  /** Shows the face, again if asked to, and waits until the page goes on. */
  Visitor showsFace() {
    for (int tries = 0; tries < 5; tries++) {
      // Asked again, as people are: the challenge is another one then.
      turnsCameraOn();
      if (wentOn()) {
        return this;
      }
    }
    throw new AssertionError("The face was not accepted: " + capture("section").innerText());
  }

  /** Shows what is before the camera once; the page says that it was not that. */
  Visitor isRefused() {
    turnsCameraOn();
    Locator refused = page.locator("html:not([data-seen]) [role=alert]");
    Locator again = capture("section[data-state=failed]");
    films(refused.or(again));
    return this;
  }

  /** Films until the page is left, or asks for another try. */
  private boolean wentOn() {
    Locator gone = page.locator("html:not([data-seen]) body:not(:has(facelock-capture))");
    Locator refused = page.locator("html:not([data-seen]) main:has(facelock-capture) .error");
    Locator again = capture("section[data-state=failed]");
    films(gone.or(again).or(refused));
    return gone.count() > 0;
  }

  /** Agrees to changing colours, and begins where the page waits for it. */
  private void films(Locator end) {
    Locator questions =
        capture("button[data-name=colours-accept], facelock-capture button[data-name=begin]");
    while (true) {
      assertThat(end.or(questions).first())
          .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE));
      if (end.first().isVisible()) {
        return;
      }
      try {
        questions.first().click(new Locator.ClickOptions().setTimeout(2_000));
      } catch (TimeoutError ignored) {
        // It went on by itself, as it does when the face is well placed.
      }
    }
  }

  /** Shows what is before the camera until the login is denied. */
  Visitor isTurnedAway() {
    for (int tries = 0; tries < 8 && page.locator("facelock-capture").count() > 0; tries++) {
      isRefused();
    }
    assertThat(page).hasURL(Pattern.compile(".*/login/denied.*"));
    return this;
  }

  void isLoggedInAs(String name) {
    assertThat(page.locator(".who").or(page.locator("[role=alert]")).first()).isVisible();
    assertThat(page.locator("[role=alert]")).hasText(new String[0]);
    assertThat(page).hasURL(address + "/");
    assertThat(page.locator(".who")).hasText(name);
  }
}
