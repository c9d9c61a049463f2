package io.github.facelock.test.contract;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Set;
import java.util.TreeSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a suite as a build would, and tells which of its tests failed. */
final class Suites {

  record Result(int tests, Set<String> failed, Set<String> messages) {}

  private Suites() {}

  static Result run(Class<?> suite) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request().selectors(selectClass(suite)).build();
    int[] tests = {0};
    Set<String> failed = new TreeSet<>();
    Set<String> messages = new TreeSet<>();
    LauncherFactory.create()
        .execute(
            request,
            new TestExecutionListener() {
              @Override
              public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest()) {
                  tests[0]++;
                }
                if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
                  failed.add(test.getDisplayName().replace("()", ""));
                  result
                      .getThrowable()
                      .ifPresent(e -> messages.add(test.getDisplayName() + ": " + e));
                }
              }
            });
    return new Result(tests[0], failed, messages);
  }
}
