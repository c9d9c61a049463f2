package io.github.facelock.core.liveness;

/**
 * What was measured on the face of one frame.
 *
 * @param ms time since the capture began, in milliseconds
 * @param shape what the landmarks say
 * @param yaw of the pose estimator, in degrees, positive to the person's own right
 * @param pitch of the pose estimator, in degrees, positive upwards
 * @param boxHeight of the detector's box, in pixels
 * @param openness of the eye that is open wider, 0 to 1
 * @param glare share of overexposed skin
 * @param red of the skin, 0 to 255
 * @param green of the skin, 0 to 255
 * @param blue of the skin, 0 to 255
 * @param likeness correlation with the frame before, −1 to 1; 1 for the first
 * @param identity similarity of the template to the frame before, where they looked different; 1
 *     where they did not; NaN where too many had been compared already
 * @param reference similarity of the template to the first frontal one; NaN where none was made
 * @param repeats what the picture repeats: 0 nothing, 1 the frame before, 2 an earlier frame
 */
record FrameSignals(
    long ms,
    FaceShape shape,
    double yaw,
    double pitch,
    double boxHeight,
    double openness,
    double glare,
    double red,
    double green,
    double blue,
    double likeness,
    double identity,
    double reference,
    int repeats) {}
