package io.github.facelock.spring.test;

import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;

/** Finds the application that a {@link FaceLockTest} belongs to, and the test's properties. */
final class FaceLockTestContextBootstrapper
    extends TestSliceTestContextBootstrapper<FaceLockTest> {}
