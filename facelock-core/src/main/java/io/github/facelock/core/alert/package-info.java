/** Makes alerts of events, keeps them until somebody was told, and never holds up a login. */
@NullMarked
package io.github.facelock.core.alert;

import org.jspecify.annotations.NullMarked;
