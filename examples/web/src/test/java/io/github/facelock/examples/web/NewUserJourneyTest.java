package io.github.facelock.examples.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Somebody who comes for the first time. */
class NewUserJourneyTest extends Journeys {

  private static final String PASSWORD = "a long walk by the river";

  @Test
  void registersWithFaceAndAppThenLogsInAndLeaves() {
    Visitor dora = visitor().camera("dora").open("/facelock/register");
    Page page = dora.page();
    browser().inspect(page, "register");
    page.fill("#username", "dora");
    page.fill("#password", PASSWORD);
    page.locator("main form button.primary").click();

    assertThat(page).hasURL(Pattern.compile(".*/register/face.*"));
    assertThat(dora.capture("button[data-name=start]")).isVisible();
    browser().inspect(page, "register-face");
    page.locator("label.check:not(form label)").first().click();
    dora.showsFace();

    assertThat(page).hasURL(Pattern.compile(".*/register/totp.*"));
    page.fill("#label", "telephone");
    page.locator("main form button.primary").click();
    browser().inspect(page, "register-totp");
    TotpApp app = TotpApp.scan(page.locator(".qr img").screenshot());
    page.fill("#code", app.code(0));
    page.locator("main form button.primary").click();

    assertThat(page).hasURL(Pattern.compile(".*/register/done.*"));
    browser().inspect(page, "register-done");
    page.locator("main form button.primary").click();

    // The next time step's code: the present one was used up.
    dora.claims("dora").types(PASSWORD).showsFace().types(app.code(1));
    dora.isLoggedInAs("dora");

    dora.open("/facelock/me");
    browser().inspect(page, "my-factors");
    dora.open("/facelock/me/recovery-codes");
    browser().inspect(page, "my-recovery-codes");
    dora.open("/facelock/me/devices");
    browser().inspect(page, "my-devices");
    dora.open("/facelock/me/account");
    browser().inspect(page, "my-account");
    dora.open("/facelock/me/totp");
    browser().inspect(page, "my-totp");
    dora.open("/facelock/me/face");
    browser().inspect(page, "my-face");

    page.locator("header form button").click();
    assertThat(page.locator(".who")).hasCount(0);
    dora.open("/facelock/me");
    assertThat(page).hasURL(Pattern.compile(".*/facelock/login.*"));
  }
}
