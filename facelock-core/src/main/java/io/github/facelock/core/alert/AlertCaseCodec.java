package io.github.facelock.core.alert;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorKind;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.store.OutboxEntry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes cases as bytes and reads them: a version, then fields of bounded length, and nothing after
 * them. Texts are cut to their bounds when they are written, so that what a client sent can never
 * make an alert too large to be kept. Stateless.
 */
final class AlertCaseCodec {

  private static final int VERSION = 1;
  private static final int MOST = 256;
  private static final int LONGEST_TEXT = 1024;
  private static final int LONGEST_SUBJECT = 4096;

  private AlertCaseCodec() {}

  static byte[] encode(AlertCase given) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      write(new DataOutputStream(bytes), given);
    } catch (IOException e) {
      throw new FaceLockException("An alert could not be written as bytes", e);
    }
    // Sealing adds a key id, a nonce and a tag.
    if (bytes.size() > OutboxEntry.MAX_CONTENTS - 128) {
      throw new FaceLockException(
          "An alert has more details or targets than an outbox entry may hold; tell fewer");
    }
    return bytes.toByteArray();
  }

  /** Reads a case; empty if the bytes are none. */
  static Optional<AlertCase> decode(byte[] bytes) {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    try {
      if (in.readByte() != VERSION) {
        return Optional.empty();
      }
      AlertCase read = read(in);
      return in.read() < 0 ? Optional.of(read) : Optional.empty();
    } catch (IOException | DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static void write(DataOutputStream out, AlertCase given) throws IOException {
    out.writeByte(VERSION);
    writeAlert(out, given.alert());
    out.writeUTF(given.severity().name());
    out.writeInt(given.count());
    out.writeInt(given.told());
    writeInstant(out, given.foldUntil());
    out.writeInt(given.level());
    writeInstant(out, given.nextLevelAt());
    out.writeInt(given.deliveries().size());
    for (Delivery delivery : given.deliveries()) {
      out.writeUTF(delivery.target());
      out.writeInt(delivery.level());
      out.writeInt(delivery.round());
      out.writeUTF(delivery.status().name());
      out.writeInt(delivery.tries());
      writeInstant(out, delivery.nextAt());
    }
    out.writeBoolean(given.acknowledged().isPresent());
    if (given.acknowledged().isPresent()) {
      writeInstant(out, given.acknowledged().get().at());
      writeText(out, given.acknowledged().get().by(), LONGEST_TEXT);
    }
    out.writeBoolean(given.held());
    out.writeInt(given.recipients().size());
    for (NoticeAddress recipient : given.recipients()) {
      writeFactor(out, recipient.factor());
      byte[] address = recipient.address().revealUtf8();
      out.writeInt(address.length);
      out.write(address);
    }
  }

  private static void writeAlert(DataOutputStream out, Alert alert) throws IOException {
    writeInstant(out, alert.at());
    out.writeUTF(alert.cause().name());
    out.writeBoolean(alert.subject().isPresent());
    if (alert.subject().isPresent()) {
      writeText(out, alert.subject().get().value(), LONGEST_SUBJECT);
    }
    out.writeBoolean(alert.factor().isPresent());
    if (alert.factor().isPresent()) {
      writeFactor(out, alert.factor().get());
    }
    writeText(out, alert.source(), LONGEST_TEXT);
    List<Map.Entry<String, String>> details =
        alert.details().entrySet().stream().sorted(Map.Entry.comparingByKey()).limit(32).toList();
    out.writeInt(details.size());
    for (Map.Entry<String, String> detail : details) {
      writeText(out, detail.getKey(), 128);
      writeText(out, detail.getValue(), LONGEST_TEXT);
    }
  }

  private static void writeFactor(DataOutputStream out, FactorType factor) throws IOException {
    out.writeUTF(factor.id());
    out.writeUTF(factor.kind().name());
    out.writeUTF(factor.amr());
  }

  private static void writeInstant(DataOutputStream out, Instant instant) throws IOException {
    out.writeLong(instant.getEpochSecond());
    out.writeInt(instant.getNano());
  }

  private static void writeText(DataOutputStream out, String text, int longest) throws IOException {
    int end = Math.min(text.length(), longest);
    if (end > 0 && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    byte[] bytes = text.substring(0, end).getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static AlertCase read(DataInputStream in) throws IOException {
    Alert alert = readAlert(in);
    Alert.Severity severity = Alert.Severity.valueOf(in.readUTF());
    int count = in.readInt();
    int told = in.readInt();
    Instant foldUntil = readInstant(in);
    int level = in.readInt();
    Instant nextLevelAt = readInstant(in);
    List<Delivery> deliveries = new ArrayList<>();
    for (int i = readCount(in); i > 0; i--) {
      deliveries.add(
          new Delivery(
              in.readUTF(),
              in.readInt(),
              in.readInt(),
              Delivery.Status.valueOf(in.readUTF()),
              in.readInt(),
              readInstant(in)));
    }
    Optional<AlertCase.Acknowledged> acknowledged =
        in.readBoolean()
            ? Optional.of(new AlertCase.Acknowledged(readInstant(in), readText(in)))
            : Optional.empty();
    boolean held = in.readBoolean();
    List<NoticeAddress> recipients = new ArrayList<>();
    for (int i = readCount(in); i > 0; i--) {
      FactorType factor = readFactor(in);
      recipients.add(new NoticeAddress(factor, Secret.of(readText(in))));
    }
    return new AlertCase(
        alert,
        severity,
        count,
        told,
        foldUntil,
        level,
        nextLevelAt,
        deliveries,
        acknowledged,
        held,
        recipients);
  }

  private static Alert readAlert(DataInputStream in) throws IOException {
    Instant at = readInstant(in);
    Alert.Cause cause = Alert.Cause.valueOf(in.readUTF());
    Optional<SubjectId> subject =
        in.readBoolean() ? Optional.of(SubjectId.of(readText(in))) : Optional.empty();
    Optional<FactorType> factor = in.readBoolean() ? Optional.of(readFactor(in)) : Optional.empty();
    String source = readText(in);
    Map<String, String> details = new HashMap<>();
    for (int i = readCount(in); i > 0; i--) {
      details.put(readText(in), readText(in));
    }
    return new Alert(at, cause, subject, factor, source, details);
  }

  private static FactorType readFactor(DataInputStream in) throws IOException {
    return FactorType.of(in.readUTF(), FactorKind.valueOf(in.readUTF()), in.readUTF());
  }

  private static Instant readInstant(DataInputStream in) throws IOException {
    return Instant.ofEpochSecond(in.readLong(), in.readInt());
  }

  private static int readCount(DataInputStream in) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > MOST) {
      throw new IOException("A count of " + count);
    }
    return count;
  }

  private static String readText(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > OutboxEntry.MAX_CONTENTS) {
      throw new IOException("A length of " + length);
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }
}
