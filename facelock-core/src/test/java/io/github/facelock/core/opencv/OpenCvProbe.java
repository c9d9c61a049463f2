package io.github.facelock.core.opencv;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.core.image.DecodeLimits;
import io.github.facelock.core.image.SafePictureDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** The main class of a child JVM whose class path lacks something; tells what works. */
final class OpenCvProbe {

  private OpenCvProbe() {}

  /** Takes a folder to work in. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Path file = Files.writeString(folder.resolve("file"), "content");
    System.out.println("opencv " + OpenCv.isAvailable());
    System.out.println("video " + OpenCv.isVideoAvailable());
    attempt("decoder", OpenCvPixelSource::new);
    attempt("yunet", () -> new OpenCvYuNetDetector(file, "0".repeat(64)));
    attempt("cascade", () -> OpenCvCascadeDetector.frontalFaces());
    attempt("device", () -> VideoSource.device(0).open(Clock.systemUTC()));
    attempt("stream", () -> VideoSource.stream("rtsp://127.0.0.1:1/").open(Clock.systemUTC()));
    attempt("file", () -> VideoSource.file(file).open(Clock.systemUTC()));
    new SafePictureDecoder(DecodeLimits.defaults()).decode(new byte[] {1, 2, 3});
    System.out.println(linkTheRestOfCore() > 0 ? "core links" : "core has no classes");
    System.exit(0);
  }

  private static void attempt(String entry, Runnable call) {
    try {
      call.run();
    } catch (FaceLockException.NativeLibrary e) {
      System.out.println("refused " + entry + ": " + e.getMessage());
    } catch (FaceLockException e) {
      System.out.println("loaded " + entry);
    }
  }

  private static int linkTheRestOfCore() throws Exception {
    Path classes =
        Path.of(OpenCv.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<Path> files;
    try (Stream<Path> all = Files.walk(classes)) {
      files = all.filter(path -> path.toString().endsWith(".class")).toList();
    }
    int members = 0;
    for (Path file : files) {
      String name =
          classes.relativize(file).toString().replace(file.getFileSystem().getSeparator(), ".");
      if (!name.contains(".opencv.") && !name.endsWith("-info.class")) {
        Class<?> type =
            Class.forName(
                name.substring(0, name.length() - ".class".length()),
                false,
                OpenCvProbe.class.getClassLoader());
        // Reading the members resolves every type in their signatures.
        members += type.getDeclaredMethods().length;
        members += type.getDeclaredFields().length;
        members += type.getDeclaredConstructors().length;
      }
    }
    return members;
  }
}
