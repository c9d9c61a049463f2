/**
 * What goes out over HTTP: a client that bounds time and bytes, signed webhooks, and telephone
 * messages in Twilio's REST form. A leaf, so that codes and alerts can both use it.
 */
@NullMarked
package io.github.facelock.core.http;

import org.jspecify.annotations.NullMarked;
