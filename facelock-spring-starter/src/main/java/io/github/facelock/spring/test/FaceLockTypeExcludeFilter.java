package io.github.facelock.spring.test;

import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;

/** Leaves the application's components out of a {@link FaceLockTest}. */
final class FaceLockTypeExcludeFilter
    extends StandardAnnotationCustomizableTypeExcludeFilter<FaceLockTest> {

  FaceLockTypeExcludeFilter(Class<?> testClass) {
    super(testClass);
  }
}
