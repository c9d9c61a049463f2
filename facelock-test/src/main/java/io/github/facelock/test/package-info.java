/**
 * Stand-ins for the world around FaceLock, so that a test needs no mail server, no waiting and no
 * luck: a clock to set, a mail box to read, an audit trail and alerts to look at.
 */
@NullMarked
package io.github.facelock.test;

import org.jspecify.annotations.NullMarked;
