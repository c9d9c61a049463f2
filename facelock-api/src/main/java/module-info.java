import org.jspecify.annotations.NullMarked;

/** The vocabulary of FaceLock, and the interfaces that implementers fill in. No implementation. */
@NullMarked
module io.github.facelock.api {
  requires static transitive org.jspecify;

  exports io.github.facelock.api;
  exports io.github.facelock.api.admin;
  exports io.github.facelock.api.device;
  exports io.github.facelock.api.enrolment;
  exports io.github.facelock.api.face;
  exports io.github.facelock.api.policy;
  exports io.github.facelock.api.presence;
  exports io.github.facelock.api.watchlist;
  exports io.github.facelock.spi;
  exports io.github.facelock.spi.face;
  exports io.github.facelock.spi.store;
}
