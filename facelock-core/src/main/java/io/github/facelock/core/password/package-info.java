/**
 * Passwords and PINs: what is accepted (NIST SP 800-63B-4, section 3.1.1.2), how it is hashed
 * (Argon2id, RFC 9106), and how an answer is judged. The only package, beside the cryptographic
 * leaf, that knows Bouncy Castle.
 */
@NullMarked
package io.github.facelock.core.password;

import org.jspecify.annotations.NullMarked;
