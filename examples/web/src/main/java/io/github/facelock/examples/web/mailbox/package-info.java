/** What a mail server would have delivered, for development. */
@NullMarked
package io.github.facelock.examples.web.mailbox;

import org.jspecify.annotations.NullMarked;
