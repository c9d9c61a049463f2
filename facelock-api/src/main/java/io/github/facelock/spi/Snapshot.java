package io.github.facelock.spi;

/**
 * A picture that goes with an alert: a JPEG file without metadata. It may show anybody who stood
 * before the camera, so it prints its size only. Immutable.
 */
public final class Snapshot {

  private final byte[] jpeg;

  private Snapshot(byte[] jpeg) {
    this.jpeg = jpeg;
  }

  /**
   * A picture.
   *
   * @param jpeg the file's bytes; copied
   * @return the snapshot
   */
  public static Snapshot ofJpeg(byte[] jpeg) {
    return new Snapshot(jpeg.clone());
  }

  /**
   * Shows the picture.
   *
   * @return a copy of the JPEG file's bytes
   */
  public byte[] jpeg() {
    return jpeg.clone();
  }

  @Override
  public String toString() {
    return "Snapshot[" + jpeg.length + " bytes]";
  }
}
