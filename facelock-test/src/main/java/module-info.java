import org.jspecify.annotations.NullMarked;

/** Fakes and contract suites for those who use or extend FaceLock. */
@NullMarked
module io.github.facelock.test {
  requires static transitive org.jspecify;
  requires transitive io.github.facelock.api;
  requires transitive org.junit.jupiter.api;
  requires org.assertj.core;
  requires java.desktop;

  exports io.github.facelock.test;
  exports io.github.facelock.test.camera;
  exports io.github.facelock.test.contract;
  exports io.github.facelock.test.simulation;

  opens io.github.facelock.test.contract to
      org.junit.platform.commons;
}
