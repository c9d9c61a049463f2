package io.github.facelock.core.http;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.Secret;
import io.github.facelock.spi.DeliveryReport;
import io.github.facelock.spi.DeliveryReports;
import io.github.facelock.spi.DeliveryStatus;
import io.github.facelock.spi.ProviderCall;
import io.github.facelock.spi.SendReceipt;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Sends telephone messages through a provider with Twilio's REST form: a POST of a form to {@code
 * /2010-04-01/Accounts/}<i>sid</i>{@code /Messages.json} with HTTP basic authentication.
 * Thread-safe. What it throws names neither number nor text.
 */
public final class SmsGateway implements DeliveryReports {

  private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");
  private static final Pattern SID = member("sid", "\"([A-Za-z0-9]{1,64})\"");
  private static final Pattern STATUS = member("status", "\"([a-z]{1,32})\"");
  private static final Pattern CODE = member("code", "([0-9]{1,9})");

  private final SmsSettings settings;
  private final BoundedHttp http;
  private final URI messages;
  private final SmsCallbacks callbacks;

  /**
   * Uses an account. Connects when the first message is sent.
   *
   * @param settings which account, and how
   */
  public SmsGateway(SmsSettings settings) {
    this.settings = Objects.requireNonNull(settings, "settings");
    this.http = new BoundedHttp(settings.http());
    this.messages =
        URI.create(
            settings.baseUrl()
                + "/2010-04-01/Accounts/"
                + settings.accountSid()
                + "/Messages.json");
    this.callbacks = new SmsCallbacks(settings);
  }

  /**
   * Sends a message.
   *
   * @param number the telephone number in E.164, for example {@code +491701234567}
   * @param text what to say
   * @param messageId comes back in {@link DeliveryReport#messageId()}; of letters, digits and
   *     {@code . _ : / -}
   * @return the provider's name for the message, and how far it came
   * @throws FaceLockException.Delivery if the provider did not take it
   */
  public SendReceipt send(Secret number, String text, String messageId) {
    String to = new String(number.reveal());
    if (!E164.matcher(to).matches()) {
      throw new FaceLockException.Delivery(
          "The stored telephone number is not in E.164 form; let the person set it anew",
          false,
          new IOException("malformed number"));
    }
    Map<String, String> form = new LinkedHashMap<>();
    form.put("To", to);
    form.put(settings.senderField(), settings.sender());
    form.put("Body", text);
    settings
        .statusCallback()
        .ifPresent(uri -> form.put("StatusCallback", SmsCallbacks.withId(uri, messageId)));
    HttpReply reply =
        http.post(
            messages,
            Map.of(
                "Content-Type", "application/x-www-form-urlencoded",
                "Accept", "application/json",
                "Authorization", authorization()),
            encoded(form).getBytes(StandardCharsets.US_ASCII));
    return receipt(reply);
  }

  private SendReceipt receipt(HttpReply reply) {
    String provider = "The SMS provider " + settings.baseUrl().getHost();
    if (!reply.taken()) {
      throw SignedWebhook.refusal(provider, reply, find(CODE, reply.body()));
    }
    Optional<String> sid = find(SID, reply.body());
    if (sid.isEmpty()) {
      // A portal or proxy says 200 to everything; but the provider may stand behind it.
      throw FaceLockException.Delivery.uncertain(
          provider + " answered " + reply.status() + " without naming a message; check the address",
          new IOException("no message id"));
    }
    DeliveryStatus status =
        find(STATUS, reply.body()).flatMap(SmsCallbacks::status).orElse(DeliveryStatus.QUEUED);
    if (status == DeliveryStatus.FAILED) {
      throw new FaceLockException.Delivery(
          provider + " took the message and gave it up at once; look it up there by its id",
          false,
          new IOException("message " + sid.get()));
    }
    return new SendReceipt(status, sid);
  }

  private String authorization() {
    byte[] password = settings.password().revealUtf8();
    byte[] user = (settings.user() + ":").getBytes(StandardCharsets.UTF_8);
    byte[] both = Arrays.copyOf(user, user.length + password.length);
    System.arraycopy(password, 0, both, user.length, password.length);
    String header = "Basic " + Base64.getEncoder().encodeToString(both);
    Arrays.fill(password, (byte) 0);
    Arrays.fill(both, (byte) 0);
    return header;
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(
            field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  /** One member of a JSON object. What is found is of a form that does no harm anywhere. */
  private static Pattern member(String name, String value) {
    return Pattern.compile("\"" + name + "\"\\s{0,8}:\\s{0,8}" + value);
  }

  private static Optional<String> find(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  @Override
  public Optional<DeliveryReport> read(ProviderCall call) {
    return callbacks.read(call);
  }

  @Override
  public String toString() {
    return "SmsGateway[" + settings + "]";
  }
}
