package io.cordon.alerts.sources;

import io.cordon.alerts.AlertIntake;
import io.cordon.platform.sealed.SealedStore;
import io.cordon.testing.EngineClock;
import io.cordon.testing.PlayedWorld;
import io.cordon.testing.SettableClock;
import io.cordon.testing.TestSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What tests of the poller share: the real intake and a real database; only the source is played. */
@SpringBootTest
@Import(PlayedWorld.class)
@ExtendWith(EngineClock.class)
abstract class PolledSource {
  static final Duration INTERVAL = Duration.ofMinutes(1);
  static final Duration OVERLAP = Duration.ofMinutes(10);
  static final Duration LOOK_BACK = Duration.ofHours(1);

  @Autowired AlertIntake intake;
  @Autowired SealedStore sealed;
  @Autowired SettableClock clock;
  @Autowired JdbcClient jdbc;
  @Autowired DataSource database;

  final ScriptedSource source = new ScriptedSource("played-" + UUID.randomUUID());
  final String machine = (UUID.randomUUID().toString() + UUID.randomUUID()).replace("-", "").substring(0, 40);
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    TestSettings.register(registry, "sources");
  }

  AlertPoller poller(AlertIntake into) {
    SourceBook book = book();
    SourceMeters counted = new SourceMeters(meters, book, clock);
    return new AlertPoller(source, book, new PageTaker(into, sealed, book, counted), counted, clock, new AlertPoller.Rhythm(INTERVAL, OVERLAP, LOOK_BACK));
  }

  SourceBook book() {
    return new SourceBook(jdbc, clock);
  }

  Instant ago(int minutes) {
    return clock.instant().minus(Duration.ofMinutes(minutes));
  }

  String alert(Instant at) {
    String id = UUID.randomUUID().toString();
    source.has(row(id, "New"), at);
    return id;
  }

  String row(String id, String status) {
    return """
        {"SystemAlertId":"%s","AlertSeverity":"High","ProviderName":"MDATP","Status":"%s","Tactics":"Execution",
         "Entities":"[{\\"$id\\":\\"2\\",\\"MdatpDeviceId\\":\\"%s\\",\\"Type\\":\\"host\\"}]"}"""
        .formatted(id, status, machine);
  }

  List<String> dispositions(String id) {
    return jdbc.sql("select disposition from alert where system_alert_id = :id").param("id", id).query(String.class).list();
  }

  Instant watermark() {
    return book().progress(source.name()).orElseThrow().watermark();
  }

  String stored(String column) {
    return jdbc.sql("select " + column + " from alert_source where name = :name").param("name", source.name())
        .query((row, n) -> new String[] {row.getString(1)}).single()[0];
  }

  double taken(String disposition) {
    return meters.counter("cordon.alerts.taken", "source", source.name(), "disposition", disposition).count();
  }

  double age(String gauge) {
    return meters.get(gauge).tag("source", source.name()).timeGauge().value(TimeUnit.SECONDS);
  }
}
