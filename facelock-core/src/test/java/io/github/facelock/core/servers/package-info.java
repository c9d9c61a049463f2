/**
 * Real servers for tests: PostgreSQL, MariaDB and Redis from the system's packages, each on a free
 * port of this machine, in a temporary folder, as its own user.
 */
package io.github.facelock.core.servers;
