package io.github.facelock.core;

import io.github.facelock.api.FactorType;
import io.github.facelock.core.otp.AddressConfirmation;
import io.github.facelock.core.otp.AddressEnroller;
import io.github.facelock.core.otp.AuthenticatorDevices;
import io.github.facelock.core.otp.CodeDispatcher;
import io.github.facelock.core.otp.CodeReports;
import io.github.facelock.core.otp.CodeSettings;
import io.github.facelock.core.otp.DeliveredCodeFactor;
import io.github.facelock.core.otp.HotpEnroller;
import io.github.facelock.core.otp.HotpFactor;
import io.github.facelock.core.otp.RecoveryCodeFactor;
import io.github.facelock.core.otp.RecoveryCodes;
import io.github.facelock.core.otp.ResyncLimit;
import io.github.facelock.core.otp.TotpEnroller;
import io.github.facelock.core.otp.TotpFactor;
import io.github.facelock.spi.Factor;
import io.github.facelock.spi.OtpChannel;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything about one-time codes: how they are sent, judged and enrolled. */
final class CodeParts {

  final List<OtpChannel> channels = new ArrayList<>();
  CodeSettings settings = CodeSettings.ofDefaults();

  /**
   * The parts, put together.
   *
   * @param factors by type
   * @param enrollers for the enrolment
   * @param reports takes what providers report
   */
  record Assembled(
      Map<FactorType, Factor> factors, CodeEnrolments.Enrollers enrollers, CodeReports reports) {}

  /**
   * Puts the parts together and starts the sender.
   *
   * @param owned takes what must be closed at the end
   */
  Assembled assemble(Foundation on, Deque<AutoCloseable> owned) {
    CodeDispatcher dispatcher =
        new CodeDispatcher(
            channels,
            settings.budgets(),
            on.counts(),
            on.keys(),
            on.audit(),
            on.alerts(),
            on.clock(),
            settings.delivery());
    owned.push(dispatcher);
    Map<FactorType, Factor> factors = new LinkedHashMap<>();
    factors.put(FactorType.TOTP, new TotpFactor(on.credentials()));
    factors.put(FactorType.HOTP, new HotpFactor(on.credentials(), settings.hotpLookAhead()));
    factors.put(FactorType.RECOVERY_CODE, new RecoveryCodeFactor(on.credentials(), on.alerts()));
    for (OtpChannel channel : channels) {
      factors.put(
          channel.factor(),
          new DeliveredCodeFactor(
              channel.factor(),
              on.credentials(),
              dispatcher,
              on.keys(),
              on.random(),
              settings.delivered()));
    }
    return new Assembled(
        factors,
        enrollers(on, dispatcher),
        new CodeReports(channels, on.audit(), on.clock(), dispatcher));
  }

  private CodeEnrolments.Enrollers enrollers(Foundation on, CodeDispatcher dispatcher) {
    return new CodeEnrolments.Enrollers(
        new AddressEnroller(FactorType.EMAIL_CODE, on.credentials(), on.clock()),
        new AddressEnroller(FactorType.SMS_CODE, on.credentials(), on.clock()),
        new AddressConfirmation(on.credentials(), dispatcher, on.keys(), on.random(), on.clock()),
        new TotpEnroller(on.credentials(), on.clock(), on.random(), on.application()),
        new HotpEnroller(on.credentials(), on.clock(), on.random(), on.application()),
        new AuthenticatorDevices(on.credentials()),
        new RecoveryCodes(on.credentials(), on.clock(), on.random(), settings.recoveryCodes()),
        new ResyncLimit(on.counts(), on.clock()));
  }
}
