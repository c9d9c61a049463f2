/**
 * Durable stores in a relational database, which several nodes may share: H2 in a file, PostgreSQL,
 * MariaDB, MySQL. The only package that knows SQL; {@link
 * io.github.facelock.core.store.jdbc.JdbcStores} is where to begin.
 */
@NullMarked
package io.github.facelock.core.store.jdbc;

import org.jspecify.annotations.NullMarked;
