/**
 * Passwords and PINs: chosen well, hashed slowly (Argon2id), compared without telling who exists.
 */
@NullMarked
package io.github.facelock.core.password;

import org.jspecify.annotations.NullMarked;
