package io.cordon.alerts;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** Counts how the intake takes alerts: how many a group has and how long it takes, and what it could not take. */
final class IntakeMeters {
  private final DistributionSummary alerts;
  private final Timer time;
  private final Counter apart;
  private final Counter failed;

  IntakeMeters(MeterRegistry registry) {
    alerts = DistributionSummary.builder("cordon.alerts.group").description("alerts that were taken together").register(registry);
    time = Timer.builder("cordon.alerts.group.time").description("time a group of alerts took together").register(registry);
    apart = Counter.builder("cordon.alerts.group.apart").description("groups that failed together, so that each alert was taken by itself").register(registry);
    failed = Counter.builder("cordon.alerts.failed").description("alerts that failed by themselves for a reason of ours").register(registry);
  }

  /** Does a group of so many alerts. */
  void group(int size, Runnable work) {
    alerts.record(size);
    time.record(work);
  }

  void apart() {
    apart.increment();
  }

  void failed(int count) {
    failed.increment(count);
  }
}
