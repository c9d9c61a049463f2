/** A camera for machines that have none: simulated people who do what the page asks. */
@NullMarked
package io.github.facelock.examples.web.camera;

import org.jspecify.annotations.NullMarked;
