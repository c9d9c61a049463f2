/** What operators see: health of models, stores and sinks, and the end point {@code facelock}. */
@NullMarked
package io.github.facelock.spring.actuate;

import org.jspecify.annotations.NullMarked;
