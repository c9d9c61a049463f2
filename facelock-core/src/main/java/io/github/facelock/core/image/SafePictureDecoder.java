package io.github.facelock.core.image;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.face.Picture;
import io.github.facelock.spi.face.PictureDecoder;
import java.util.Objects;
import java.util.Optional;

/**
 * Decodes JPEG (ITU-T T.81) and PNG (ISO/IEC 15948) files from people who cannot be trusted.
 * Immutable and thread-safe.
 *
 * <p><strong>Guard.</strong> The container is walked without decoding a pixel: format, dimensions,
 * components, precision, number of scans. Only what the pixels need is passed on to the pixel
 * source: no EXIF, no colour profile, no text, no thumbnail, no second picture, nothing behind the
 * end. So a bomb in such a part is never unpacked, and metadata is never kept. The orientation
 * (EXIF 1 to 8, in JPEG and PNG) is read before and applied after.
 *
 * <p><strong>Decisions.</strong> Grey becomes equal red, green and blue; 16 bits become the upper
 * 8; transparency is laid over white, as a viewer shows it; a PNG's single transparent colour is
 * taken as opaque; of an animation and of an MPO the first picture counts. Refused as {@link
 * io.github.facelock.spi.face.PictureDecoder.Cause#CORRUPT}: CMYK and YCCK, 12-bit, lossless,
 * hierarchical and arithmetic-coded JPEG, a JPEG of more than {@value JpegScan#MAX_SCANS} scans (a
 * progressive bomb), a file without its end marker, a wrong checksum in a PNG's essential chunk.
 *
 * <p><strong>Memory.</strong> At most 8 bytes per allowed pixel within ImageIO (16-bit RGBA;
 * progressive JPEG: 6), 3 for the picture and 3 more while it is turned.
 */
public final class SafePictureDecoder implements PictureDecoder {

  private final DecodeLimits limits;
  private final PixelSource pixels;

  /**
   * Decodes with the JPEG and PNG readers of the Java runtime.
   *
   * @param limits what a picture may cost
   * @throws FaceLockException if this Java runtime has no such readers
   */
  public SafePictureDecoder(DecodeLimits limits) {
    this(limits, new ImageIoPixels());
  }

  /**
   * Decodes with another source of pixels.
   *
   * @param limits what a picture may cost
   * @param pixels decodes what the guard lets through
   */
  public SafePictureDecoder(DecodeLimits limits, PixelSource pixels) {
    this.limits = Objects.requireNonNull(limits, "limits");
    this.pixels = Objects.requireNonNull(pixels, "pixels");
  }

  @Override
  public Decoded decode(byte[] encoded) {
    try {
      return new Decoded.Usable(read(encoded));
    } catch (UnusablePicture e) {
      return new Decoded.Unusable(e.reason());
    }
  }

  private Picture read(byte[] encoded) throws UnusablePicture {
    if (encoded.length == 0) {
      throw new UnusablePicture(Cause.EMPTY);
    }
    if (encoded.length > limits.maxBytes()) {
      throw new UnusablePicture(Cause.TOO_MANY_BYTES);
    }
    PictureFile file;
    if (JpegScan.matches(encoded)) {
      file = new JpegScan(encoded, limits).scan();
    } else if (PngScan.matches(encoded)) {
      file = new PngScan(encoded, limits).scan();
    } else {
      throw new UnusablePicture(Cause.UNKNOWN_FORMAT);
    }
    Optional<Picture> picture;
    try {
      picture = pixels.read(file);
    } catch (FaceLockException e) {
      throw e;
    } catch (RuntimeException e) {
      // Decoders meet damaged data with every kind of exception.
      throw new UnusablePicture(Cause.CORRUPT);
    }
    return picture
        .filter(p -> p.width() == file.width() && p.height() == file.height())
        .map(p -> Orientation.upright(p, file.orientation()))
        .orElseThrow(() -> new UnusablePicture(Cause.CORRUPT));
  }

  /** Judges promised dimensions, before anything of that size is allocated. */
  static void require(DecodeLimits limits, long width, long height) throws UnusablePicture {
    if (width < 1 || height < 1) {
      throw new UnusablePicture(Cause.CORRUPT);
    }
    if (Math.max(width, height) > limits.maxSide() || width * height > limits.maxPixels()) {
      throw new UnusablePicture(Cause.TOO_MANY_PIXELS);
    }
    if (Math.min(width, height) < limits.minSide()) {
      throw new UnusablePicture(Cause.TOO_FEW_PIXELS);
    }
  }
}
