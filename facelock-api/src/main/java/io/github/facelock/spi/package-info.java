/**
 * Interfaces for those who extend FaceLock: factors, code channels, limits, keys, audit, alerts.
 */
@NullMarked
package io.github.facelock.spi;

import org.jspecify.annotations.NullMarked;
