package io.github.facelock.examples.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Logins in a browser, the good and the bad. */
class LoginJourneyTest extends Journeys {

  @Test
  void dailyLogin() {
    Visitor anna = visitor().camera("anna");
    browser().inspect(anna.page(), "home");
    anna.open("/facelock/login");
    browser().inspect(anna.page(), "login");
    anna.claims("anna");
    browser().inspect(anna.page(), "login-password");
    anna.types(site().password());
    assertThat(anna.capture("button[data-name=start]")).isVisible();
    browser().inspect(anna.page(), "login-face");
    anna.showsFace();
    browser().inspect(anna.page(), "login-way-to-code");
    anna.page().locator("form:has(input[value=email-code]) button").click();
    browser().inspect(anna.page(), "login-code");
    anna.types(site().code("anna@example.org"));
    anna.isLoggedInAs("anna");
    browser().inspect(anna.page(), "dashboard");
  }

  @Test
  void anotherFaceIsNotLetInAndTheGuardGetsItsPicture() {
    Visitor cleo = visitor().camera("cleo").claims("anna").types(site().password());

    cleo.isTurnedAway();

    assertThat(
            Site.hasPicture(
                site().next(mail -> Site.to(mail).equals(Site.GUARD) && Site.hasPicture(mail))))
        .isTrue();
  }

  @Test
  void aPhotographHeldUpIsNotLetIn() {
    visitor().camera("anna-print").claims("anna").types(site().password()).isRefused();
  }

  @Test
  void withoutACameraThePageSaysWhatToDo() {
    try (Browser bare = Browser.start(List.of())) {
      Visitor anna =
          new Visitor(bare.page(390), site().address()).claims("anna").types(site().password());
      anna.turnsCameraOn();
      assertThat(anna.capture("section[data-state=failed]")).isVisible();
      assertThat(anna.capture(".title")).hasText("No camera was found");
      bare.inspect(anna.page(), "camera-none");
    }
  }

  @Test
  void withoutPermissionThePageSaysWhatToDo() {
    try (Browser strict =
        Browser.start(List.of("--use-fake-device-for-media-stream", "--deny-permission-prompts"))) {
      Visitor anna =
          new Visitor(strict.page(390), site().address()).claims("anna").types(site().password());
      anna.turnsCameraOn();
      assertThat(anna.capture(".title")).hasText("The camera is not allowed here");
      strict.inspect(anna.page(), "camera-denied");
    }
  }
}
