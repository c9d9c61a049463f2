package io.github.facelock.core.audit;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.core.crypto.KeyRing;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.store.AuditMark;
import io.github.facelock.spi.store.AuditRecord;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * Computes links and seals: HMAC-SHA-256 (RFC 2104) under a key derived for this purpose alone.
 * Every text is preceded by its length, so that nothing can move from one field into the next.
 * Thread-safe.
 */
final class AuditChain {

  /** The encoding that this class writes. */
  static final int FORMAT = 1;

  /** What the first record is linked to. */
  static final String GENESIS = "0".repeat(64);

  private static final String PURPOSE = "audit-chain";

  /** What a mark says; part of its seal, so that a head is never taken for an anchor. */
  enum Place {
    HEAD,
    ANCHOR
  }

  private final KeyRing keys;
  private final ConcurrentMap<String, SecretKey> derived = new ConcurrentHashMap<>();

  AuditChain(KeyRing keys) {
    this.keys = keys;
  }

  /** The next record after one with a link. */
  AuditRecord next(long number, String previous, AuditEvent event) {
    String keyId = keys.currentKeyId();
    return new AuditRecord(
        number, FORMAT, event, keyId, link(number, FORMAT, keyId, previous, event));
  }

  AuditMark mark(Place place, long number, String link) {
    String keyId = keys.currentKeyId();
    return new AuditMark(number, link, keyId, seal(place, number, link, keyId));
  }

  /**
   * Tells whether a record fits behind a link.
   *
   * @throws FaceLockException.Key if its key is not known
   */
  boolean fits(AuditRecord record, String previous) {
    return same(
        record.link(),
        link(record.number(), record.format(), record.keyId(), previous, record.event()));
  }

  /**
   * Tells whether a mark is genuine.
   *
   * @throws FaceLockException.Key if its key is not known
   */
  boolean isGenuine(Place place, AuditMark mark) {
    return same(mark.seal(), seal(place, mark.number(), mark.link(), mark.keyId()));
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private String link(long number, int format, String keyId, String previous, AuditEvent event) {
    Encoding in = new Encoding("facelock/audit/link");
    in.number(format);
    in.number(number);
    in.text(keyId);
    in.text(previous);
    in.number(event.at().getEpochSecond());
    in.number(event.at().get(ChronoField.NANO_OF_SECOND));
    in.text(event.type().name());
    in.text(event.transaction());
    in.text(event.subject().map(subject -> "+" + subject.value()).orElse("-"));
    in.text(event.factor().map(factor -> "+" + factor.id()).orElse("-"));
    in.text(event.source());
    Map<String, String> details = new TreeMap<>(event.details());
    in.number(details.size());
    details.forEach(
        (name, text) -> {
          in.text(name);
          in.text(text);
        });
    return hmac(keyId, in);
  }

  private String seal(Place place, long number, String link, String keyId) {
    Encoding in = new Encoding("facelock/audit/mark");
    in.number(FORMAT);
    in.text(place.name());
    in.number(number);
    in.text(link);
    in.text(keyId);
    return hmac(keyId, in);
  }

  private String hmac(String keyId, Encoding in) {
    SecretKey key = derived.computeIfAbsent(keyId, id -> keys.subkey(id, PURPOSE));
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(in.bytes()));
    } catch (GeneralSecurityException e) {
      throw new FaceLockException.Key(
          "This Java runtime does not offer HMAC-SHA-256; enable its standard security providers",
          e);
    }
  }

  /** Length before text; UTF-16, because that form is exact for every Java text. */
  private static final class Encoding {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    private final DataOutputStream out = new DataOutputStream(bytes);

    Encoding(String purpose) {
      text(purpose);
    }

    void number(long value) {
      write(() -> out.writeLong(value));
    }

    void text(String value) {
      write(
          () -> {
            out.writeInt(value.length());
            out.writeChars(value);
          });
    }

    byte[] bytes() {
      return bytes.toByteArray();
    }

    private interface Writing {
      void run() throws IOException;
    }

    private static void write(Writing writing) {
      try {
        writing.run();
      } catch (IOException e) {
        throw new UncheckedIOException("Memory cannot be written", e);
      }
    }
  }
}
