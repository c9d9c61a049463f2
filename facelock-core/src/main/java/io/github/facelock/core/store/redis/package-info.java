/**
 * Short-lived shared state in Redis: open logins and attempt records. The only package that knows
 * Jedis, an optional dependency.
 */
@NullMarked
package io.github.facelock.core.store.redis;

import org.jspecify.annotations.NullMarked;
