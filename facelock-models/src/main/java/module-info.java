/** Nothing but resources: the ONNX files and what is known about each, under META-INF/facelock/models. */
module io.github.facelock.models {}
