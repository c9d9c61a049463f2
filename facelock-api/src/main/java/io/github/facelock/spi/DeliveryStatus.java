package io.github.facelock.spi;

/** How far a message came. */
public enum DeliveryStatus {
  /** The next hop keeps it and will send it. */
  QUEUED,
  /** The next hop sent it on: a mail server took it, or a provider gave it to the network. */
  SENT,
  /** It reached the person's device or mailbox. */
  DELIVERED,
  /** It will not arrive. */
  FAILED
}
