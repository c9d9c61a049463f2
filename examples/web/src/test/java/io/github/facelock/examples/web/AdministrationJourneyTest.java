package io.github.facelock.examples.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.Enrolment;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an administrator does all day. */
class AdministrationJourneyTest extends Journeys {

  private static final SubjectId EVE = SubjectId.of("eve");
  private static final String PASSWORD = "a quiet afternoon at sea";

  @Test
  void unlocksWatchesAndErasesSomebody() {
    Enrolment enrolment = site().bean(Enrolment.class);
    enrolment.register(EVE);
    enrolment.setPassword(EVE, Secret.of(PASSWORD));
    Visitor eve = visitor().open("/");
    Visitor bea = loggedIn("bea");

    lockOut(eve);
    eve.claims("eve").types(PASSWORD);
    assertThat(eve.page().locator("facelock-capture")).hasCount(0);

    openUser(bea);
    bea.page().getByText("Let this user try again at once").click();
    assertThat(bea.page().getByText("All factors are unlocked.")).isVisible();
    passesThePassword(eve);

    watchForEve(bea);
    // Led on like everybody, and let in nowhere: the list is not told to the person.
    eve.claims("eve").types(PASSWORD);
    assertThat(eve.page().locator(".who")).hasCount(0);
    assertThat(Site.text(site().next(AdministrationJourneyTest::tellsOfTheWatchList)))
        .contains("eve");

    openUser(bea);
    bea.page()
        .locator("dialog")
        .getByText("Erase", new Locator.GetByTextOptions().setExact(true))
        .click();
    Locator confirmation = bea.page().locator("dialog[open]").last();
    confirmation.locator("input").fill("eve");
    confirmation.getByText("Erase", new Locator.GetByTextOptions().setExact(true)).last().click();
    assertThat(bea.page().getByText("eve is erased.")).isVisible();
    assertThat(enrolment.enrolledFactors(EVE)).isEmpty();
  }

  @Test
  void everyPageIsFreeOfBarriers() {
    Visitor bea = loggedIn("bea");
    browser().inspect(bea.page(), "dashboard-administrator");
    for (String page :
        List.of("index", "watch-list", "audit", "alerts", "statistics", "settings")) {
      bea.open("/admin/" + page + ".html");
      assertThat(bea.page().locator("main h1")).isVisible();
      bea.page().waitForLoadState(LoadState.NETWORKIDLE);
      browser().inspect(bea.page(), "admin-" + page);
    }
    openUser(bea, "anna");
    browser().inspect(bea.page(), "admin-user");
  }

  @Test
  void aUserIsNoAdministrator() {
    Visitor anna = loggedIn("anna");
    anna.open("/admin/index.html");
    assertThat(anna.page().locator("[data-subject]")).hasCount(0);
    assertThat(
            anna.page()
                .evaluate("async () => (await fetch('/facelock/api/admin/subjects')).status"))
        .isEqualTo(403);
  }

  private static boolean tellsOfTheWatchList(MimeMessage mail) {
    return Site.to(mail).equals(Site.GUARD) && Site.subject(mail).contains("watch-list");
  }

  private static void lockOut(Visitor eve) {
    for (int tries = 0; tries < 12; tries++) {
      eve.claims("eve").types("wrong " + tries);
      if (eve.page().locator("#secret").count() == 0) {
        return;
      }
    }
    throw new AssertionError("Twelve wrong passwords lock nobody out");
  }

  private static void passesThePassword(Visitor eve) {
    eve.claims("eve").types(PASSWORD);
    assertThat(eve.page().locator("facelock-capture")).isVisible();
  }

  private static void openUser(Visitor bea) {
    openUser(bea, "eve");
  }

  private static void openUser(Visitor bea, String name) {
    bea.open("/admin/index.html");
    bea.page().locator("[data-subject=" + name + "]").click();
    assertThat(bea.page().locator("dialog[open] h2").first()).hasText(name);
    assertThat(bea.page().locator("dialog[open] h3").first()).isVisible();
  }

  private void watchForEve(Visitor bea) {
    bea.open("/admin/watch-list.html");
    Page page = bea.page();
    page.locator("#add").click();
    page.getByLabel("User name").fill("eve");
    page.getByLabel("Reason").fill("found by the test");
    page.locator("dialog[open] button.primary").click();
    assertThat(page.locator("main").getByText("found by the test")).isVisible();
    browser().inspect(page, "admin-watch-list-entry");
  }
}
