/** Captures without a camera: from picture files, so that a test sees the same person each time. */
@NullMarked
package io.github.facelock.test.camera;

import org.jspecify.annotations.NullMarked;
