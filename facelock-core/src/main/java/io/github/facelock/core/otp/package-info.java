/** One-time codes: computed by an authenticator app (HOTP, TOTP), or drawn here and delivered. */
@NullMarked
package io.github.facelock.core.otp;

import org.jspecify.annotations.NullMarked;
