package io.github.facelock.core.risk;

/**
 * Names networks, for example exits of Tor or addresses of VPN providers. A source of one's own may
 * ask a service. Thread-safe.
 */
@FunctionalInterface
public interface NetworkList {

  /**
   * Looks for a source.
   *
   * @param source where a request came from, as the application named it
   * @return whether it is an address in one of the networks; {@code false} for what is no address
   * @throws io.github.facelock.api.FaceLockException if the list cannot be read; then the login is
   *     denied
   */
  boolean contains(String source);
}
