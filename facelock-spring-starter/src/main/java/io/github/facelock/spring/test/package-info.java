/**
 * For the tests of applications: a FaceLock in memory whose clock, codes and alerts a test holds,
 * people before a virtual camera, and logins that MockMvc has without going through one. Needs
 * {@code facelock-test} and Spring Boot's test starter on the test's class path.
 */
@NullMarked
package io.github.facelock.spring.test;

import org.jspecify.annotations.NullMarked;
