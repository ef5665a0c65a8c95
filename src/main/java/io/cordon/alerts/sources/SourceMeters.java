package io.cordon.alerts.sources;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** What operations can see of the sources: alerts taken, failures, and how far behind each is. Only words of ours. */
final class SourceMeters {
  private final MeterRegistry registry;
  private final SourceBook book;
  private final Clock clock;

  SourceMeters(MeterRegistry registry, SourceBook book, Clock clock) {
    this.registry = registry;
    this.book = book;
    this.clock = clock;
  }

  /** Shows how old a source's watermark is and how long ago it was read to its end; the same on every node. */
  void watch(String source) {
    age("cordon.alerts.source.watermark.age", source, SourceBook.Progress::watermark);
    age("cordon.alerts.source.read.age", source, SourceBook.Progress::lastOk);
  }

  private void age(String name, String source, Function<SourceBook.Progress, Instant> moment) {
    TimeGauge.builder(name, () -> seconds(source, moment), TimeUnit.SECONDS).tag("source", source).register(registry);
  }

  private Number seconds(String source, Function<SourceBook.Progress, Instant> moment) {
    return book.progress(source).map(moment).<Number>map(at -> Duration.between(at, clock.instant()).toMillis() / 1000.0).orElse(Double.NaN);
  }

  void taken(String source, Enum<?> disposition) {
    registry.counter("cordon.alerts.taken", "source", source, "disposition", disposition.name().toLowerCase(Locale.ROOT)).increment();
  }

  void failed(String source, String code) {
    registry.counter("cordon.alerts.source.failures", "source", source, "code", code).increment();
  }
}
