/**
 * What people do with their own account: see, add and remove factors, take their data with them,
 * leave, and register. As JSON for scripts and as pages that work without any, over the same
 * services.
 *
 * <p>Whose account it is comes from the login and never from the request.
 */
@NullMarked
package io.github.facelock.spring.web.me;

import org.jspecify.annotations.NullMarked;
