/**
 * The front door: {@link io.github.facelock.core.FaceLock} puts the parts together. The only
 * package that sees all others.
 */
@NullMarked
package io.github.facelock.core;

import org.jspecify.annotations.NullMarked;
