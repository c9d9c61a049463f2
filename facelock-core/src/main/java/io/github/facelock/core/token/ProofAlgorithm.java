package io.github.facelock.core.token;

/** How proofs are signed. */
public enum ProofAlgorithm {
  /** ECDSA on P-256 with SHA-256 (RFC 7518, section 3.4): every library reads it. */
  ES256,
  /** Ed25519 (RFC 8037): needs no random number to sign, and leaves fewer things to go wrong. */
  EDDSA
}
