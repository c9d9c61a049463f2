/** Rules on the circumstances of a login: from where, when, and after how many failures. */
@NullMarked
package io.github.facelock.core.risk;

import org.jspecify.annotations.NullMarked;
