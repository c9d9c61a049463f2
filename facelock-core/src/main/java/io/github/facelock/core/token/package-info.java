/**
 * The proof of a login as a signed JSON Web Token (RFC 7519), for services that were not there, and
 * the check that those services make. The only package that knows Nimbus JOSE + JWT.
 */
@NullMarked
package io.github.facelock.core.token;

import org.jspecify.annotations.NullMarked;
