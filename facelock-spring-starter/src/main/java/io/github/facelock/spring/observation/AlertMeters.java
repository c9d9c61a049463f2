package io.github.facelock.spring.observation;

import io.github.facelock.core.alert.AlertDesk;
import io.github.facelock.spi.store.OutboxEntry;
import io.github.facelock.spi.store.OutboxStore;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Set;

/** Meters of alerts that wait. Thread-safe. */
final class AlertMeters implements MeterBinder {

  /** Counting further would cost more than it tells. */
  private static final int MOST = 1000;

  private final AlertDesk desk;
  private final OutboxStore outbox;

  AlertMeters(AlertDesk desk, OutboxStore outbox) {
    this.desk = desk;
    this.outbox = outbox;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("facelock.outbox.size", this, AlertMeters::waiting)
        .description("Alerts and notices that wait in the outbox, at most 1000")
        .register(registry);
    Gauge.builder("facelock.outbox.memory", desk, AlertDesk::waitingInMemory)
        .description("Alerts that wait in memory because the outbox failed")
        .register(registry);
    FunctionCounter.builder("facelock.alerts.lost", desk, AlertDesk::lost)
        .description("Alerts that neither the outbox nor the memory had room for")
        .register(registry);
  }

  private double waiting() {
    return outbox.list(Set.of(OutboxEntry.State.WAITING), 0, MOST).size();
  }
}
