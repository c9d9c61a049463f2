/**
 * The administration over HTTP: subjects, imports, the watch-list, alerts, the audit trail,
 * statistics. Every request goes through {@link io.github.facelock.api.admin.Administration}, which
 * looks the actor's roles up and writes the trail; nothing here decides by what a session says.
 */
@NullMarked
package io.github.facelock.spring.web.admin;

import org.jspecify.annotations.NullMarked;
