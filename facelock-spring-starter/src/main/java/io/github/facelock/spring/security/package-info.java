/**
 * FaceLock in Spring Security: who is logged in, which factors were shown and when, and how a chain
 * learns of it.
 */
@NullMarked
package io.github.facelock.spring.security;

import org.jspecify.annotations.NullMarked;
