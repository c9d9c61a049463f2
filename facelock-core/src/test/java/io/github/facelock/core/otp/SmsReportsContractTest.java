package io.github.facelock.core.otp;

import io.github.facelock.api.Secret;
import io.github.facelock.core.http.SmsSettings;
import io.github.facelock.spi.DeliveryReports;
import io.github.facelock.spi.ProviderCall;
import io.github.facelock.test.contract.DeliveryReportsContract;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

class SmsReportsContractTest extends DeliveryReportsContract {

  private static final String ADDRESS = "https://login.example.org/hooks/sms";

  @Override
  protected DeliveryReports newReports() {
    return new SmsCodeChannel(
        SmsSettings.account("AC1", Secret.of("token"))
            .from("+15005550006")
            .statusCallback(URI.create(ADDRESS))
            .build(),
        "Acme");
  }

  @Override
  protected ProviderCall signedCall() {
    String signed =
        ADDRESS + "?facelock=tx%2Fsms-code%2F1AccountSidAC1MessageSidSM1MessageStatusdelivered";
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec("token".getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      String signature =
          Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
      return new ProviderCall(
          "facelock=tx%2Fsms-code%2F1",
          Map.of("X-Twilio-Signature", signature),
          "MessageSid=SM1&MessageStatus=delivered&AccountSid=AC1");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
