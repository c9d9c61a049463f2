/** Whether the person who logged in is still there. */
@NullMarked
package io.github.facelock.api.presence;

import org.jspecify.annotations.NullMarked;
