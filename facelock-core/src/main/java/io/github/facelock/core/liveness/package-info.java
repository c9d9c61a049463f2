/**
 * Judges from the frames of a clip alone whether a person followed a challenge in front of the
 * camera: which actions the clip shows, whether it is one unbroken recording of one face, and
 * whether what moves has depth.
 */
@NullMarked
package io.github.facelock.core.liveness;

import org.jspecify.annotations.NullMarked;
