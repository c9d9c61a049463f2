package io.github.facelock.core;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.api.policy.PolicyStep;
import io.github.facelock.core.alert.AlertDispatcher;
import io.github.facelock.core.crypto.EphemeralKeys;
import io.github.facelock.core.crypto.KeyRing;
import io.github.facelock.core.crypto.SealedCredentialStore;
import io.github.facelock.core.lockout.BackOffLimiter;
import io.github.facelock.core.lockout.LockoutRules;
import io.github.facelock.core.store.memory.MemoryAttemptStore;
import io.github.facelock.core.store.memory.MemoryAuditLog;
import io.github.facelock.core.store.memory.MemoryCredentialStore;
import io.github.facelock.core.store.memory.MemorySubjectStore;
import io.github.facelock.core.store.memory.MemoryTransactionStore;
import io.github.facelock.core.token.JwtProofIssuer;
import io.github.facelock.core.transaction.TransactionEngine;
import io.github.facelock.spi.AlertSink;
import io.github.facelock.spi.AttemptLimiter;
import io.github.facelock.spi.AuditLog;
import io.github.facelock.spi.Factor;
import io.github.facelock.spi.KeyProvider;
import io.github.facelock.spi.OtpChannel;
import io.github.facelock.spi.ProofIssuer;
import io.github.facelock.spi.face.FaceDetector;
import io.github.facelock.spi.face.FaceEmbedder;
import io.github.facelock.spi.face.FaceLandmarker;
import io.github.facelock.spi.face.LivenessDetector;
import io.github.facelock.spi.face.PictureDecoder;
import io.github.facelock.spi.store.AttemptStore;
import io.github.facelock.spi.store.CredentialStore;
import io.github.facelock.spi.store.SubjectStore;
import io.github.facelock.spi.store.TransactionStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Collects the parts of a {@link FaceLock}. What is not set gets a default that works offline and in
 * memory. Not thread-safe.
 */
public final class FaceLockBuilder {
  // parts to be filled when the packages land
}
