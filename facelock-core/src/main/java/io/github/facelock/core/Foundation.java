package io.github.facelock.core;

import io.github.facelock.core.crypto.KeyRing;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.AuditLog;
import io.github.facelock.spi.store.AttemptStore;
import io.github.facelock.spi.store.CredentialStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.Consumer;

/**
 * What the parts of a {@link FaceLock} stand on.
 *
 * @param credentials sealed before they reach the store
 * @param keys seals, and gives keys for hashes
 * @param counts where attempts and budgets are counted
 * @param audit the trail
 * @param alerts raises an alert; neither blocks nor fails
 * @param clock by which everything expires
 * @param random draws secrets
 * @param application the name that people see
 */
record Foundation(
    CredentialStore credentials,
    KeyRing keys,
    AttemptStore counts,
    AuditLog audit,
    Consumer<? super Alert> alerts,
    Clock clock,
    SecureRandom random,
    String application) {}
