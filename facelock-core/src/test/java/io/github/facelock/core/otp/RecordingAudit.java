package io.github.facelock.core.otp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.AuditLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An audit trail that a test can wait on. */
final class RecordingAudit implements AuditLog {

  private final BlockingQueue<AuditEvent> arrived = new LinkedBlockingQueue<>();
  private final List<AuditEvent> all = new ArrayList<>();

  @Override
  public synchronized void append(AuditEvent event) {
    all.add(event);
    arrived.add(event);
  }

  AuditEvent next() throws InterruptedException {
    AuditEvent event = arrived.poll(20, TimeUnit.SECONDS);
    assertThat(event).as("an event within 20 seconds").isNotNull();
    return event;
  }

  synchronized List<AuditEvent> all() {
    return List.copyOf(all);
  }
}
