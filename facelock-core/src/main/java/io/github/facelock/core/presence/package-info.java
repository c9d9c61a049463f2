/** Watches whether the person who logged in is still there. */
@NullMarked
package io.github.facelock.core.presence;

import org.jspecify.annotations.NullMarked;
