package io.github.facelock.api;

/** What a factor rests on (NIST SP 800-63B-4, section 1). Two factors of one kind count as one. */
public enum FactorKind {
  /** Something known: a password, a PIN. */
  KNOWLEDGE,
  /** Something held: a device with a TOTP secret, a mail box, a telephone. */
  POSSESSION,
  /** Something one is: a face. */
  INHERENCE
}
