/** Pixels: bounded decoding, cropping, warping; a leaf that every package of core may use. */
@NullMarked
package io.github.facelock.core.image;

import org.jspecify.annotations.NullMarked;
