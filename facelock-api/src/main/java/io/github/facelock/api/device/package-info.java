/** Devices that a subject trusts, so that a login from them may leave out a step. */
@NullMarked
package io.github.facelock.api.device;

import org.jspecify.annotations.NullMarked;
