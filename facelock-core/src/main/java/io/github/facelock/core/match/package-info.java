/** Search of one template among many. */
@NullMarked
package io.github.facelock.core.match;

import org.jspecify.annotations.NullMarked;
