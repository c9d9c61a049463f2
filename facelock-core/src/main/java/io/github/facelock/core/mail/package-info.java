/**
 * Hands mails to a server, or writes them to a file. The only home of the mail library; a leaf that
 * knows nothing of codes and alerts.
 */
@NullMarked
package io.github.facelock.core.mail;

import org.jspecify.annotations.NullMarked;
