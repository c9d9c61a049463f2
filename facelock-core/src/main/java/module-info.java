import org.jspecify.annotations.NullMarked;

/** The engine, and a default for every service interface. {@code FaceLock} is where to begin. */
@NullMarked
module io.github.facelock.core {
  requires transitive io.github.facelock.api;
  requires io.github.facelock.models;
  requires static transitive org.jspecify;
  requires com.github.benmanes.caffeine;
  requires com.google.i18n.phonenumbers.libphonenumber;
  requires com.google.zxing;
  requires com.microsoft.onnxruntime;
  requires com.nimbusds.jose.jwt;
  requires jakarta.mail;
  requires java.desktop;
  requires transitive java.sql;
  requires java.net.http;
  requires org.bouncycastle.provider;
  requires org.eclipse.angus.mail;
  requires org.slf4j;

  // Optional: Redis.
  requires static redis.clients.jedis;
  requires static org.apache.commons.pool2;
  // Optional: the embedded database.
  requires static com.h2database;

  // Optional: cameras, video and the fast decoder.
  requires static org.bytedeco.javacpp;
  requires static org.bytedeco.javacv;
  requires static org.bytedeco.ffmpeg;
  requires static org.bytedeco.opencv;

  exports io.github.facelock.core.admin;
  exports io.github.facelock.core.alert;
  exports io.github.facelock.core.audit;
  exports io.github.facelock.core.crypto;
  exports io.github.facelock.core.device;
  exports io.github.facelock.core.face;
  exports io.github.facelock.core.housekeeping;
  exports io.github.facelock.core.http;
  exports io.github.facelock.core.image;
  exports io.github.facelock.core.liveness;
  exports io.github.facelock.core.lockout;
  exports io.github.facelock.core.mail;
  exports io.github.facelock.core.match;
  exports io.github.facelock.core.migration;
  exports io.github.facelock.core.onnx;
  exports io.github.facelock.core.opencv;
  exports io.github.facelock.core.otp;
  exports io.github.facelock.core.password;
  exports io.github.facelock.core.presence;
  exports io.github.facelock.core.risk;
  exports io.github.facelock.core.store.jdbc;
  exports io.github.facelock.core.store.memory;
  exports io.github.facelock.core.store.redis;
  exports io.github.facelock.core.token;
  exports io.github.facelock.core.transaction;
  exports io.github.facelock.core.watchlist;
  exports io.github.facelock.core;
}
