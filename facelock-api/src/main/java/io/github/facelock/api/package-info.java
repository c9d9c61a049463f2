/**
 * What a caller says and hears: the authenticator, its outcomes, and the values in them.
 *
 * <p>The flow, once: {@link io.github.facelock.api.MultiFactorAuthenticator#begin begin} answers
 * with a {@link io.github.facelock.api.Outcome.Challenge Challenge} that names the factors which
 * the next step accepts. The caller collects a {@link io.github.facelock.api.Response Response} and
 * hands it, with the challenge's single-use handle, to {@link
 * io.github.facelock.api.MultiFactorAuthenticator#advance advance}, until the outcome is Granted,
 * Denied or Locked. Outcomes are values; nothing that a person does wrong is an exception.
 */
@NullMarked
package io.github.facelock.api;

import org.jspecify.annotations.NullMarked;
