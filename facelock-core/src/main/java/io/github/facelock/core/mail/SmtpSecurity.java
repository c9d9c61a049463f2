package io.github.facelock.core.mail;

/** How the connection to a mail server is protected. */
public enum SmtpSecurity {
  /** STARTTLS (RFC 3207); a server that does not offer it gets no mail. */
  STARTTLS_REQUIRED,
  /** TLS from the first byte (RFC 8314, section 3.3). */
  IMPLICIT_TLS,
  /** No protection: for a server on this machine. */
  NONE
}
