package io.github.facelock.core.risk;

import io.github.facelock.api.FaceLockException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Networks from a text file: in each line an address or a network as {@code 192.0.2.0/24} or {@code
 * 2001:db8::/32} (RFC 4632, RFC 4291); {@code #} begins a comment. Matched exactly, in time that
 * depends on how many prefix lengths there are and not on how many networks. Thread-safe.
 *
 * <p>The file is looked at again at most once a minute, when somebody asks. A file that has become
 * unreadable or malformed changes nothing: the list before stays in force, and the fault is logged;
 * {@link #reload()} reports it.
 */
public final class NetworkFile implements NetworkList {

  private static final Logger LOG = LoggerFactory.getLogger(NetworkFile.class);
  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final long MAX_BYTES = 64 << 20;

  private final Path file;
  private final Clock clock;
  private volatile Loaded loaded;

  /** The networks by the length of their prefix, and what the file was when they were read. */
  private record Loaded(
      Map<Integer, Set<IpAddress>> four,
      Map<Integer, Set<IpAddress>> six,
      String stamp,
      Instant checkedAt) {

    Loaded checked(Instant now) {
      return new Loaded(four, six, stamp, now);
    }

    boolean contains(IpAddress address) {
      for (Map.Entry<Integer, Set<IpAddress>> each :
          (address.bits() == 32 ? four : six).entrySet()) {
        if (each.getValue().contains(address.masked(each.getKey()))) {
          return true;
        }
      }
      return false;
    }
  }

  /**
   * Reads a file.
   *
   * @param file the list, at most 64 MiB
   * @param clock tells when to look again
   * @throws FaceLockException if the file cannot be read or has a malformed line; the message says
   *     which
   */
  public NetworkFile(Path file, Clock clock) {
    this.file = Objects.requireNonNull(file, "file");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.loaded = read();
  }

  /**
   * Reads the file again now.
   *
   * @throws FaceLockException if it cannot be read or has a malformed line; then the list before
   *     stays in force
   */
  public void reload() {
    loaded = read();
  }

  @Override
  public boolean contains(String source) {
    Optional<IpAddress> address = IpAddress.parse(source);
    return address.filter(current()::contains).isPresent();
  }

  private Loaded current() {
    Loaded now = loaded;
    Instant time = clock.instant();
    if (time.isBefore(now.checkedAt().plus(PAUSE)) && !time.isBefore(now.checkedAt())) {
      return now;
    }
    synchronized (this) {
      now = loaded;
      if (time.isBefore(now.checkedAt().plus(PAUSE)) && !time.isBefore(now.checkedAt())) {
        return now;
      }
      try {
        now = now.stamp().equals(stamp()) ? now.checked(time) : read();
      } catch (FaceLockException | IOException e) {
        LOG.error("The network list keeps what it read before: {}", e.getMessage());
        now = now.checked(time);
      }
      loaded = now;
      return now;
    }
  }

  private String stamp() throws IOException {
    return Files.getLastModifiedTime(file) + " " + Files.size(file);
  }

  private Loaded read() {
    Map<Integer, Set<IpAddress>> four = new HashMap<>();
    Map<Integer, Set<IpAddress>> six = new HashMap<>();
    String stamp;
    List<String> lines;
    try {
      stamp = stamp();
      if (Files.size(file) > MAX_BYTES) {
        throw new FaceLockException(
            "The network list " + file.getFileName() + " has more than 64 MiB: split it");
      }
      lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new FaceLockException(
          "The network list "
              + file.getFileName()
              + " cannot be read: check that it is there, readable and UTF-8",
          e);
    }
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).replaceFirst("#.*", "").strip();
      if (!line.isEmpty()) {
        add(line, i + 1, four, six);
      }
    }
    return new Loaded(four, six, stamp, clock.instant());
  }

  private void add(
      String line,
      int number,
      Map<Integer, Set<IpAddress>> four,
      Map<Integer, Set<IpAddress>> six) {
    int slash = line.indexOf('/');
    Optional<IpAddress> address = IpAddress.parse(slash < 0 ? line : line.substring(0, slash));
    String length = slash < 0 ? "" : line.substring(slash + 1);
    if (address.isEmpty() || (slash >= 0 && !length.matches("0|[1-9][0-9]{0,2}"))) {
      throw malformed(number, "is no address or network");
    }
    int bits = slash < 0 ? address.get().bits() : Integer.parseInt(length);
    if (bits > address.get().bits()) {
      throw malformed(number, "has a prefix that is longer than an address");
    }
    if (!address.get().masked(bits).equals(address.get())) {
      // Perhaps the prefix is a slip, and a larger network would be treated as hostile.
      throw malformed(number, "has bits set behind its prefix");
    }
    (address.get().bits() == 32 ? four : six)
        .computeIfAbsent(bits, b -> new HashSet<>())
        .add(address.get());
  }

  private FaceLockException malformed(int line, String what) {
    return new FaceLockException(
        "Line %d of the network list %s %s: correct it".formatted(line, file.getFileName(), what));
  }
}
