package io.github.facelock.test.contract;

import static io.github.facelock.test.contract.Refusals.nullOf;
import static io.github.facelock.test.contract.Refusals.refusesNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.Secret;
import io.github.facelock.spi.DeliveryStatus;
import io.github.facelock.spi.OtpChannel;
import io.github.facelock.spi.OtpMessage;
import io.github.facelock.spi.SendReceipt;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link OtpChannel} promises.
 *
 * <pre>{@code
 * class MyChannelTest extends OtpChannelContract {
 *   @Override
 *   protected OtpChannel newChannel() {
 *     return new MyChannel(fakeServer.address());
 *   }
 *
 *   @Override
 *   protected OtpChannel newRefusedChannel() {
 *     return new MyChannel(addressWithoutServer);
 *   }
 *
 *   @Override
 *   protected List<Arrival> arrivals() {
 *     return fakeServer.messages().stream().map(m -> new Arrival(m.to(), m.text())).toList();
 *   }
 * }
 * }</pre>
 */
public abstract class OtpChannelContract {

  private static final String CODE = "493027";

  private OtpChannel channel = nullOf(OtpChannel.class);

  /** For subclasses. */
  protected OtpChannelContract() {}

  /**
   * A message at its destination.
   *
   * @param destination the mail address or telephone number
   * @param text the whole message
   */
  public record Arrival(String destination, String text) {
    /** Refuses null. */
    public Arrival {
      Objects.requireNonNull(destination, "destination");
      Objects.requireNonNull(text, "text");
    }
  }

  /**
   * Makes the channel under test.
   *
   * @return a channel whose next hop takes messages and has taken none
   */
  protected abstract OtpChannel newChannel();

  /**
   * Makes a channel that cannot deliver.
   *
   * @return a channel whose next hop refuses or is not there
   */
  protected abstract OtpChannel newRefusedChannel();

  /**
   * Shows what came out of the channel that {@link #newChannel()} made last; waits for what is
   * still on its way.
   *
   * @return the messages in any order, one for each destination
   */
  protected abstract List<Arrival> arrivals();

  /**
   * Gives destinations of the channel's kind.
   *
   * @param number from 0
   * @return a mail address unless overridden, another for each number
   */
  protected String destination(int number) {
    return "person" + number + "@example.org";
  }

  @BeforeEach
  void openChannel() {
    channel = newChannel();
  }

  private OtpMessage message(int number, String code, Locale locale) {
    return new OtpMessage(
        "message-" + number,
        Secret.of(destination(number)),
        Secret.of(code),
        Duration.ofMinutes(5),
        locale);
  }

  @Test
  void theFactorIsAlwaysTheSame() {
    assertThat(channel.factor()).isEqualTo(newChannel().factor());
  }

  @Test
  void theCodeArrivesAtItsDestinationOnly() {
    channel.send(message(0, CODE, Locale.ENGLISH));

    assertThat(arrivals()).hasSize(1);
    assertThat(arrivals().get(0).destination()).isEqualTo(destination(0));
    assertThat(arrivals().get(0).text()).contains(CODE);
  }

  @Test
  void theReceiptTellsNeitherDestinationNorCode() {
    SendReceipt receipt = channel.send(message(0, CODE, Locale.ENGLISH));

    assertThat(receipt.status()).isNotEqualTo(DeliveryStatus.FAILED);
    assertThat(receipt.toString()).doesNotContain(CODE).doesNotContain(destination(0));
  }

  @Test
  void theNameFitsTheAuditTrail() {
    assertThat(channel.name()).matches("[a-z][a-z0-9-]{0,31}").isEqualTo(newChannel().name());
  }

  @Test
  void leadingZerosArrive() {
    channel.send(message(0, "000007", Locale.ENGLISH));

    assertThat(arrivals().get(0).text()).contains("000007");
  }

  @Test
  void everyLanguageIsTaken() {
    List<Locale> locales =
        List.of(
            Locale.ROOT,
            Locale.GERMAN,
            Locale.JAPANESE,
            Locale.forLanguageTag("ar-EG-u-nu-arab"),
            Locale.forLanguageTag("zh-Hant-TW"),
            Locale.forLanguageTag("tlh"));
    for (int i = 0; i < locales.size(); i++) {
      channel.send(message(i, CODE, locales.get(i)));
    }
    assertThat(arrivals())
        .hasSameSizeAs(locales)
        .allSatisfy(arrival -> assertThat(arrival.text()).contains(CODE));
  }

  @Test
  void parallelMessagesArriveEachAtItsOwnDestination() {
    Parallel.run(Parallel.CALLS, i -> channel.send(message(i, "" + (100_000 + i), Locale.ENGLISH)));

    List<Arrival> arrivals = arrivals();
    assertThat(arrivals).hasSize(Parallel.CALLS);
    for (int i = 0; i < Parallel.CALLS; i++) {
      String destination = destination(i);
      String code = "" + (100_000 + i);
      assertThat(arrivals)
          .filteredOn(arrival -> arrival.destination().equals(destination))
          .singleElement()
          .satisfies(arrival -> assertThat(arrival.text()).contains(code));
    }
  }

  @Test
  void aRefusalIsAFaultOfDeliveryThatTellsNoSecret() {
    OtpChannel refused = newRefusedChannel();

    assertThatThrownBy(() -> refused.send(message(0, CODE, Locale.ENGLISH)))
        .isInstanceOf(FaceLockException.Delivery.class)
        .satisfies(
            e -> assertThat(e.toString()).doesNotContain(CODE).doesNotContain(destination(0)));
  }

  @Test
  void aDestinationCannotAddAnother() {
    String eve = destination(99);
    String twofold = destination(0) + "\r\nBcc: " + eve + "\r\n\r\n";
    try {
      channel.send(
          new OtpMessage(
              "m", Secret.of(twofold), Secret.of(CODE), Duration.ofMinutes(5), Locale.ENGLISH));
    } catch (FaceLockException.Delivery | IllegalArgumentException refused) {
      assertThat(refused.toString()).doesNotContain(CODE);
    }
    assertThat(arrivals()).extracting(Arrival::destination).doesNotContain(eve);
  }

  @Test
  void nullIsRefused() {
    refusesNull(() -> channel.send(nullOf(OtpMessage.class)));
  }
}
