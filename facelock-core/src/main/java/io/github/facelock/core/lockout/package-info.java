/** Limits guessing: counts failed attempts before answers are judged, and makes guessers wait. */
@NullMarked
package io.github.facelock.core.lockout;

import org.jspecify.annotations.NullMarked;
