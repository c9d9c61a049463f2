/** Tells people what they should know, without ever holding up a login. */
@NullMarked
package io.github.facelock.core.alert;

import org.jspecify.annotations.NullMarked;
