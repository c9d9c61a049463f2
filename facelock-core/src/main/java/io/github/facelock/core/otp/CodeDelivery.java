package io.github.facelock.core.otp;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.spi.OtpMessage;
import java.time.Instant;

/** A message and what the audit trail says about it. */
record CodeDelivery(
    OtpMessage message,
    FactorType factor,
    SubjectId subject,
    String transaction,
    String source,
    Instant expiresAt) {}
