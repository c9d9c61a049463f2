package io.github.facelock.core.onnx;

/**
 * How open the eyes look. Weak on narrow eyes and glasses: compare with the same person's own open
 * eyes.
 *
 * @param right of the person's right eye, which is on the picture's left; 0 closed to 1 open
 * @param left of the person's left eye; 0 closed to 1 open
 */
public record EyeOpenness(float right, float left) {}
