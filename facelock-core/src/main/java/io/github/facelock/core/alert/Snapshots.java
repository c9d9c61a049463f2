package io.github.facelock.core.alert;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.face.Picture;
import io.github.facelock.core.crypto.KeyRing;
import io.github.facelock.core.image.JpegWriter;
import io.github.facelock.spi.Snapshot;
import io.github.facelock.spi.face.PictureDecoder;
import io.github.facelock.spi.store.SnapshotStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Pictures of alerts, sealed and bound to their alert. Thread-safe.
 *
 * <p>What a client sent is sealed at once as it came, which costs no more than its length, and is
 * decoded and encoded anew before anybody sees it: a request that raises an alert must not take
 * longer than one that raises none. Only the pixels survive that, at 640 pixels of the longer side:
 * no metadata, and nothing that a viewer could stumble over.
 */
final class Snapshots {

  private static final byte AS_IT_CAME = 0;
  private static final byte ENCODED_ANEW = 1;
  private static final int LONGER_SIDE = 640;
  // Sealing adds a key id, a nonce and a tag.
  private static final int MOST_BYTES = SnapshotStore.MAX_LENGTH - 128;

  private final SnapshotStore store;
  private final KeyRing keys;
  private final PictureDecoder decoder;

  Snapshots(SnapshotStore store, KeyRing keys, PictureDecoder decoder) {
    this.store = store;
    this.keys = keys;
    this.decoder = decoder;
  }

  void keep(String id, CapturedFrame frame, Instant expiresAt) {
    Optional<Picture> picture = frame.picture();
    if (picture.isPresent()) {
      put(id, ENCODED_ANEW, JpegWriter.encode(picture.get(), LONGER_SIDE), expiresAt);
    } else if (frame.encodedLength() < MOST_BYTES) {
      put(id, AS_IT_CAME, frame.encoded(), expiresAt);
    } else {
      anew(frame.encoded()).ifPresent(jpeg -> put(id, ENCODED_ANEW, jpeg, expiresAt));
    }
  }

  Optional<Snapshot> find(String id, Instant now) {
    Optional<byte[]> sealed = store.find(id, now);
    if (sealed.isEmpty()) {
      return Optional.empty();
    }
    byte[] kept;
    try {
      kept = keys.open(sealed.get(), place(id));
    } catch (FaceLockException.Key e) {
      return Optional.empty();
    }
    byte[] file = Arrays.copyOfRange(kept, 1, kept.length);
    Optional<byte[]> jpeg = kept[0] == ENCODED_ANEW ? Optional.of(file) : anew(file);
    return jpeg.map(Snapshot::ofJpeg);
  }

  /** Encodes anew what is kept as it came, so that no metadata stays longer than that. */
  void develop(String id, Instant now, Instant expiresAt) {
    find(id, now)
        .ifPresentOrElse(
            snapshot -> put(id, ENCODED_ANEW, snapshot.jpeg(), expiresAt), () -> store.delete(id));
  }

  boolean delete(String id) {
    return store.delete(id);
  }

  int deleteExpired(Instant now) {
    return store.deleteExpired(now);
  }

  private Optional<byte[]> anew(byte[] file) {
    return decoder.decode(file) instanceof PictureDecoder.Decoded.Usable usable
        ? Optional.of(JpegWriter.encode(usable.picture(), LONGER_SIDE))
        : Optional.empty();
  }

  private void put(String id, byte kind, byte[] file, Instant expiresAt) {
    byte[] kept = new byte[file.length + 1];
    kept[0] = kind;
    System.arraycopy(file, 0, kept, 1, file.length);
    store.put(id, keys.seal(kept, place(id)), expiresAt);
  }

  private static byte[] place(String id) {
    return ("snapshot/" + id).getBytes(StandardCharsets.UTF_8);
  }
}
