package io.github.facelock.core.alert;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import java.util.Objects;

/**
 * Where a subject is told about its own account.
 *
 * @param factor whose codes go there: {@link FactorType#EMAIL_CODE} for a mail address, {@link
 *     FactorType#SMS_CODE} for a telephone number
 * @param address the address
 */
public record NoticeAddress(FactorType factor, Secret address) {

  /** Refuses null. */
  public NoticeAddress {
    Objects.requireNonNull(factor, "factor");
    Objects.requireNonNull(address, "address");
  }
}
