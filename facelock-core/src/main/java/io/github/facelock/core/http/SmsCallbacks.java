package io.github.facelock.core.http;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.Secret;
import io.github.facelock.spi.DeliveryReport;
import io.github.facelock.spi.DeliveryReports;
import io.github.facelock.spi.DeliveryStatus;
import io.github.facelock.spi.ProviderCall;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Reads status call-backs and checks {@code X-Twilio-Signature}: the base64 of HMAC-SHA-1, with the
 * account's token, over the public address with its query and all fields of the form in the order
 * of their names, name and value joined. HMAC does not need a collision-resistant hash.
 *
 * <p>The scheme holds no time: a call that was recorded can be repeated, and says again what it
 * said. Whoever records reports folds repetitions.
 */
final class SmsCallbacks implements DeliveryReports {

  private static final String ID = "facelock";
  private static final int MOST_FIELDS = 100;
  private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9]{1,64}");
  private static final Pattern MESSAGE_ID = Pattern.compile("[A-Za-z0-9._:/-]{1,128}");
  private static final Pattern ERROR = Pattern.compile("[0-9]{1,9}");
  private static final Pattern ID_FIELD = Pattern.compile("(?:^|&)" + ID + "=([^&]*)");

  private final Optional<URI> address;
  private final Secret token;
  private final String accountSid;

  SmsCallbacks(SmsSettings settings) {
    this.address = settings.statusCallback();
    this.token = settings.authToken();
    this.accountSid = settings.accountSid();
  }

  /** The address for one message. What is appended is signed like the rest. */
  static String withId(URI address, String messageId) {
    String separator = address.getRawQuery() == null ? "?" : "&";
    return address + separator + ID + "=" + URLEncoder.encode(messageId, StandardCharsets.UTF_8);
  }

  /** What the provider's word means; empty for one that is no step of a message's way. */
  static Optional<DeliveryStatus> status(String word) {
    return switch (word) {
      case "accepted", "scheduled", "queued", "sending" -> Optional.of(DeliveryStatus.QUEUED);
      case "sent" -> Optional.of(DeliveryStatus.SENT);
      case "delivered", "read" -> Optional.of(DeliveryStatus.DELIVERED);
      case "undelivered", "failed", "canceled" -> Optional.of(DeliveryStatus.FAILED);
      default -> Optional.empty();
    };
  }

  @Override
  public Optional<DeliveryReport> read(ProviderCall call) {
    return signedFields(call).flatMap(fields -> report(call.query(), fields));
  }

  /** The form of a call that the provider signed. */
  Optional<Map<String, String>> signedFields(ProviderCall call) {
    Optional<String> signature = call.header("X-Twilio-Signature");
    Optional<Map<String, String>> fields = fields(call.body());
    if (address.isEmpty() || signature.isEmpty() || fields.isEmpty()) {
      return Optional.empty();
    }
    byte[] expected = mac(publicAddress(call.query()), fields.get());
    return MessageDigest.isEqual(expected, decoded(signature.get())) ? fields : Optional.empty();
  }

  private Optional<DeliveryReport> report(String query, Map<String, String> fields) {
    String reference = fields.getOrDefault("MessageSid", fields.getOrDefault("SmsSid", ""));
    String word = fields.getOrDefault("MessageStatus", fields.getOrDefault("SmsStatus", ""));
    if (!REFERENCE.matcher(reference).matches() || !accountSid.equals(fields.get("AccountSid"))) {
      return Optional.empty();
    }
    String error = fields.getOrDefault("ErrorCode", "");
    return status(word)
        .map(
            status ->
                new DeliveryReport(
                    messageId(query),
                    reference,
                    status,
                    ERROR.matcher(error).matches() ? error : ""));
  }

  private static Optional<String> messageId(String query) {
    Matcher matcher = ID_FIELD.matcher(query);
    return matcher.find()
        ? decodedForm(matcher.group(1)).filter(id -> MESSAGE_ID.matcher(id).matches())
        : Optional.empty();
  }

  /**
   * Scheme, host and path come from the settings: behind a proxy the application sees other ones,
   * and those of the request are the client's to choose.
   */
  private String publicAddress(String query) {
    String whole = String.valueOf(address.orElseThrow());
    int mark = whole.indexOf('?');
    String bare = mark < 0 ? whole : whole.substring(0, mark);
    return query.isEmpty() ? bare : bare + "?" + query;
  }

  private static Optional<Map<String, String>> fields(String body) {
    Map<String, String> fields = new TreeMap<>();
    if (body.isEmpty()) {
      return Optional.of(fields);
    }
    String[] pairs = body.split("&", MOST_FIELDS + 1);
    if (pairs.length > MOST_FIELDS) {
      return Optional.empty();
    }
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      Optional<String> name = decodedForm(equals < 0 ? pair : pair.substring(0, equals));
      Optional<String> value = decodedForm(equals < 0 ? "" : pair.substring(equals + 1));
      // A name that comes twice has no one meaning.
      if (name.isEmpty()
          || value.isEmpty()
          || fields.putIfAbsent(name.get(), value.get()) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(fields);
  }

  private static Optional<String> decodedForm(String text) {
    try {
      return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static byte[] decoded(String signature) {
    try {
      return Base64.getDecoder().decode(signature);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private byte[] mac(String url, Map<String, String> sorted) {
    byte[] key = token.revealUtf8();
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(key, "HmacSHA1"));
      mac.update(url.getBytes(StandardCharsets.UTF_8));
      sorted.forEach((name, value) -> mac.update((name + value).getBytes(StandardCharsets.UTF_8)));
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new FaceLockException(
          "This Java runtime does not offer HMAC-SHA-1; enable its standard providers", e);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }
}
