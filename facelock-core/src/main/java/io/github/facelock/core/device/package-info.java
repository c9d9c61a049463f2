/** Devices that subjects trust: their tokens, and what ends the trust. */
@NullMarked
package io.github.facelock.core.device;

import org.jspecify.annotations.NullMarked;
