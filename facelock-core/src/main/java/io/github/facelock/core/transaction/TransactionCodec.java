package io.github.facelock.core.transaction;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.spi.FactorStart;
import io.github.facelock.spi.FactorState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes a login's state as bytes, and reads only what it wrote: a version, then fields of bounded
 * length, and nothing after them. What is malformed, of another version or names an unknown factor
 * is no state; the person begins again.
 */
final class TransactionCodec {

  private static final int VERSION = 2;
  private static final int MAX_COUNT = Byte.MAX_VALUE;
  // A store takes 64 KiB; sealing adds a key id, a nonce and a tag.
  private static final int MAX_LENGTH = 63 << 10;

  private final Map<String, FactorType> types;

  /**
   * Makes a codec.
   *
   * @param types the factors that there are, by id
   */
  TransactionCodec(Map<String, FactorType> types) {
    this.types = Map.copyOf(types);
  }

  byte[] encode(TransactionState state) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      write(new DataOutputStream(bytes), state);
      if (bytes.size() > MAX_LENGTH) {
        throw new IOException(bytes.size() + " bytes");
      }
    } catch (IOException e) {
      throw new FaceLockException(
          "The factors of one step want to remember or show more than a login may hold ("
              + MAX_LENGTH
              + " bytes); offer fewer factors in a step, or shorten their parameters",
          e);
    }
    return bytes.toByteArray();
  }

  Optional<TransactionState> decode(byte[] bytes) {
    if (bytes.length > MAX_LENGTH) {
      return Optional.empty();
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    try {
      TransactionState state = read(in);
      // Each state has one form: no bytes at the end, no other spelling of a text or a number.
      return Arrays.equals(encode(state), bytes) ? Optional.of(state) : Optional.empty();
    } catch (IOException | DateTimeException | ArithmeticException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static void write(DataOutputStream out, TransactionState state) throws IOException {
    out.writeByte(VERSION);
    out.writeUTF(state.transaction());
    out.writeUTF(state.policy());
    out.writeUTF(state.source());
    writeInstant(out, state.expiresAt());
    out.writeBoolean(state.claimed().isPresent());
    if (state.claimed().isPresent()) {
      out.writeUTF(state.claimed().get().value());
    }
    writeStanding(out, state.standing());
    writeCount(out, state.passed().size());
    for (Passed passed : state.passed()) {
      writeCount(out, passed.step());
      out.writeUTF(passed.factor().id());
      writeInstant(out, passed.at());
      out.writeBoolean(passed.anew());
      writeRemembered(out, passed.learnt());
    }
    writeCount(out, state.present());
    StepState step = state.step();
    writeCount(out, step.offers().size());
    for (Offer offer : step.offers()) {
      out.writeUTF(offer.factor().id());
      writeInstant(out, offer.lockedUntil());
      out.writeBoolean(offer.start().isPresent());
      if (offer.start().isPresent()) {
        writeStart(out, offer.start().get());
      }
    }
    writeCount(out, step.tries());
    writeCount(out, step.acquisitions());
    writeCount(out, step.choices());
    writeCount(out, step.repeats());
  }

  private static void writeStart(DataOutputStream out, FactorStart start) throws IOException {
    writeCount(out, start.parameters().size());
    for (Map.Entry<String, String> parameter : new TreeMap<>(start.parameters()).entrySet()) {
      out.writeUTF(parameter.getKey());
      out.writeUTF(parameter.getValue());
    }
    writeRemembered(out, start.state());
  }

  private static void writeRemembered(DataOutputStream out, FactorState state) throws IOException {
    byte[] remembered = state.bytes();
    out.writeShort(remembered.length);
    out.write(remembered);
  }

  private static void writeStanding(DataOutputStream out, Standing standing) throws IOException {
    out.writeBoolean(standing.settled());
    out.writeBoolean(standing.raised());
    out.writeUTF(standing.barred());
    out.writeBoolean(standing.device().isPresent());
    if (standing.device().isPresent()) {
      out.writeUTF(standing.device().get().value());
    }
    writeCount(out, standing.told().size());
    for (String rule : new TreeSet<>(standing.told())) {
      out.writeUTF(rule);
    }
  }

  private static void writeInstant(DataOutputStream out, Instant instant) throws IOException {
    out.writeLong(instant.getEpochSecond());
    out.writeInt(instant.getNano());
  }

  private static void writeCount(DataOutputStream out, int count) throws IOException {
    if (count > MAX_COUNT) {
      throw new IOException("A count of " + count);
    }
    out.writeByte(count);
  }

  private TransactionState read(DataInputStream in) throws IOException {
    if (in.readByte() != VERSION) {
      throw new IOException("Another version");
    }
    String transaction = in.readUTF();
    String policy = in.readUTF();
    String source = in.readUTF();
    Instant expiresAt = readInstant(in);
    Optional<SubjectId> claimed =
        in.readBoolean() ? Optional.of(SubjectId.of(in.readUTF())) : Optional.empty();
    Standing standing = readStanding(in);
    List<Passed> passed = new ArrayList<>();
    for (int left = readCount(in); left > 0; left--) {
      passed.add(readPassed(in));
    }
    int present = readCount(in);
    List<Offer> offers = new ArrayList<>();
    for (int left = readCount(in); left > 0; left--) {
      FactorType factor = readFactor(in);
      Instant lockedUntil = readInstant(in);
      Optional<FactorStart> start =
          in.readBoolean() ? Optional.of(readStart(in)) : Optional.empty();
      offers.add(new Offer(factor, start, lockedUntil));
    }
    StepState step =
        new StepState(offers, readCount(in), readCount(in), readCount(in), readCount(in));
    return new TransactionState(
        transaction, policy, source, expiresAt, claimed, standing, passed, present, step);
  }

  private static FactorStart readStart(DataInputStream in) throws IOException {
    Map<String, String> parameters = new HashMap<>();
    for (int left = readCount(in); left > 0; left--) {
      parameters.put(in.readUTF(), in.readUTF());
    }
    return new FactorStart(parameters, readRemembered(in));
  }

  private static FactorState readRemembered(DataInputStream in) throws IOException {
    byte[] remembered = new byte[in.readUnsignedShort()];
    in.readFully(remembered);
    return FactorState.of(remembered);
  }

  private static Standing readStanding(DataInputStream in) throws IOException {
    boolean settled = in.readBoolean();
    boolean raised = in.readBoolean();
    String barred = in.readUTF();
    Optional<CredentialId> device =
        in.readBoolean() ? Optional.of(new CredentialId(in.readUTF())) : Optional.empty();
    Set<String> told = new HashSet<>();
    for (int left = readCount(in); left > 0; left--) {
      told.add(in.readUTF());
    }
    return new Standing(settled, raised, barred, device, told);
  }

  private Passed readPassed(DataInputStream in) throws IOException {
    int step = readCount(in);
    FactorType factor = readFactor(in);
    Instant at = readInstant(in);
    boolean anew = in.readBoolean();
    return new Passed(step, factor, at, anew, readRemembered(in));
  }

  private FactorType readFactor(DataInputStream in) throws IOException {
    FactorType type = types.get(in.readUTF());
    if (type == null) {
      throw new IOException("An unknown factor");
    }
    return type;
  }

  private static Instant readInstant(DataInputStream in) throws IOException {
    return Instant.ofEpochSecond(in.readLong(), in.readInt());
  }

  private static int readCount(DataInputStream in) throws IOException {
    int count = in.readByte();
    if (count < 0) {
      throw new IOException("A negative count");
    }
    return count;
  }
}
