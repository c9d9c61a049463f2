package io.github.facelock.core.liveness;

import io.github.facelock.api.face.LivenessAction;

/**
 * An action that a clip shows.
 *
 * @param action which
 * @param from its first frame
 * @param to the frame after its last
 */
record ShownAction(LivenessAction action, int from, int to) {}
