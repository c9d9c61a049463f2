package io.github.facelock.examples.web;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One application and one browser for all journeys of a class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(900)
abstract class Journeys {

  @TempDir static Path data;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  @BeforeAll
  void start() {
    open.push(Browser.withCamera());
    open.push(new Site(data, properties()));
  }

  /** What the application is started with besides. */
  Map<String, ?> properties() {
    return Map.of();
  }

  @AfterAll
  void stop() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  final Site site() {
    return opened(Site.class);
  }

  final Browser browser() {
    return opened(Browser.class);
  }

  private <T> T opened(Class<T> type) {
    return open.stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
  }

  final Visitor visitor() {
    return new Visitor(browser().page(1280), site().address());
  }

  /** Somebody who logs in with all that the demo people have. */
  final Visitor loggedIn(String name) {
    Visitor visitor = visitor().camera(name).claims(name).types(site().password()).showsFace();
    visitor.page().locator("form:has(input[value=email-code]) button").click();
    visitor.types(site().code(name + "@example.org"));
    visitor.isLoggedInAs(name);
    return visitor;
  }
}
