package io.github.facelock.spring.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Makes the folder of facelock.data-dir, for its owner only where the file system knows that. */
final class DataFolder {

  private DataFolder() {}

  static Path make(Path folder) {
    try {
      if (!Files.isDirectory(folder)) {
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        Files.createDirectories(
            folder,
            posix
                ? new FileAttribute<?>[] {
                  PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0]);
      }
      return folder;
    } catch (IOException e) {
      throw new FaceLockSettingException(
          "The folder " + folder + " cannot be made (" + e + ")",
          "Make it, or name a folder that this process may write.");
    }
  }
}
