/** Face models run by ONNX Runtime; the only package that knows that library. */
@NullMarked
package io.github.facelock.core.onnx;

import org.jspecify.annotations.NullMarked;
