package io.github.facelock.core.migration;

import io.github.facelock.api.SubjectId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

/**
 * Which people were begun and which are done, so that a second run goes on. Holds hashes of names,
 * no names; some 100 bytes of memory for each. A line is on the disk before the act that it
 * announces. Not thread-safe; one run at a time holds the file.
 */
final class ImportJournal implements AutoCloseable {

  private static final int LINE = 35;

  private final FileChannel out;
  private final FileLock lock;
  private final Set<String> begun = new HashSet<>();
  private final Set<String> done = new HashSet<>();

  ImportJournal(Path file) {
    try {
      read(file);
      this.out =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
      FileLock held = out.tryLock();
      if (held == null) {
        throw new IllegalStateException("Another import uses the journal " + file);
      }
      this.lock = held;
      if (out.size() % LINE != 0) {
        // A line that a crash cut: what it announced had not begun, or is begun again.
        out.truncate(out.size() - out.size() % LINE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The journal " + file + " cannot be read or written", e);
    }
  }

  private void read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.length() != LINE - 1) {
          continue;
        }
        (line.charAt(0) == 'D' ? done : begun).add(line.substring(2));
        if (line.charAt(0) == 'U') {
          begun.remove(line.substring(2));
        }
      }
    }
  }

  boolean isDone(SubjectId subject) {
    return done.contains(hash(subject));
  }

  /** Whether an earlier run began this person and did not end. */
  boolean isBegun(SubjectId subject) {
    return begun.contains(hash(subject));
  }

  void begin(SubjectId subject) {
    if (begun.add(hash(subject))) {
      write('B', subject);
    }
  }

  void done(SubjectId subject) {
    done.add(hash(subject));
    write('D', subject);
  }

  /** Nothing is left of what was begun. */
  void undone(SubjectId subject) {
    begun.remove(hash(subject));
    write('U', subject);
  }

  private void write(char kind, SubjectId subject) {
    try {
      ByteBuffer line =
          ByteBuffer.wrap((kind + " " + hash(subject) + "\n").getBytes(StandardCharsets.US_ASCII));
      while (line.hasRemaining()) {
        out.write(line);
      }
      out.force(false);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The import's journal cannot be written: is the disk full?", e);
    }
  }

  private static String hash(SubjectId subject) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(subject.value().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  @Override
  public void close() {
    try {
      lock.release();
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException("The import's journal cannot be closed", e);
    }
  }
}
