package io.github.facelock.spring.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parts of a multipart request, in memory: pictures of people are not written to temporary
 * files. To be closed, so that others may upload.
 */
public final class Upload implements AutoCloseable {

  private final Map<String, List<byte[]>> parts = new LinkedHashMap<>();
  private final Runnable release;
  private boolean closed;

  Upload(Runnable release) {
    this.release = release;
  }

  void add(String name, byte[] content) {
    parts.computeIfAbsent(name, key -> new ArrayList<>()).add(content);
  }

  /**
   * The parts of a name.
   *
   * @param name the field's
   * @return in the order of arrival; the arrays are not copied
   */
  public List<byte[]> all(String name) {
    return List.copyOf(parts.getOrDefault(name, List.of()));
  }

  /**
   * The first part of a name.
   *
   * @param name the field's
   * @return its bytes, if there is one
   */
  public Optional<byte[]> first(String name) {
    return all(name).stream().findFirst();
  }

  /** Lets the memory go. Closing twice is harmless. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      parts.clear();
      release.run();
    }
  }
}
