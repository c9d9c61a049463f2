package io.github.facelock.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ContractsTest {

  static Stream<Class<?>> rightSuites() {
    return Arrays.stream(RightImplementations.class.getDeclaredClasses());
  }

  static Stream<Class<?>> brokenSuites() {
    return BrokenImplementations.suites();
  }

  @ParameterizedTest
  @MethodSource("rightSuites")
  void aRightImplementationPasses(Class<?> suite) {
    Suites.Result result = Suites.run(suite);

    assertThat(result.messages()).isEmpty();
    assertThat(result.tests()).isGreaterThan(4);
  }

  @ParameterizedTest
  @MethodSource("brokenSuites")
  void aBrokenImplementationFails(Class<?> suite) {
    String test = suite.getAnnotation(BrokenImplementations.FailsAt.class).value();

    assertThat(Suites.run(suite).failed()).contains(test);
  }

  @ParameterizedTest
  @MethodSource("rightSuites")
  void everySuiteHasABrokenImplementation(Class<?> suite) {
    Class<?> contract = suite.getSuperclass();

    assertThat(brokenSuites()).anySatisfy(broken -> assertThat(broken).isAssignableTo(contract));
  }
}
