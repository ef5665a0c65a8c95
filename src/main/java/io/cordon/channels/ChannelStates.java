package io.cordon.channels;

import io.cordon.platform.time.SqlTime;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Whether messages about requests get out, channel by channel. */
@Service
public class ChannelStates {
  /** For how long back failures are counted, and how many at most. */
  public static final Duration COUNTED = Duration.ofHours(24);
  public static final int MOST = 1_000;

  private static final String STATE =
      """
      select (select max(at) from request_reach where channel = :channel and delivered) as delivered,
             (select count(*) from (select 1 from request_reach where channel = :channel and not delivered and at > :since limit :most) failed) as failed""";

  private final JdbcClient jdbc;
  private final MeterRegistry meters;
  private final Clock clock;

  ChannelStates(JdbcClient jdbc, MeterRegistry meters, Clock clock) {
    this.jdbc = jdbc;
    this.meters = meters;
    this.clock = clock;
  }

  /**
   * A channel.
   *
   * @param channel TEAMS or PAGERDUTY
   * @param delivered when a message about a request last got out for the first time, UTC; null if never
   * @param failed requests asked in the last 24 hours of which nothing got out here, at most {@link #MOST}
   * @param resting whether this node calls it only now and then, because half of the last calls failed
   */
  public record State(String channel, Instant delivered, long failed, boolean resting) {}

  public List<State> now() {
    return Stream.of(Deliveries.TEAMS, Deliveries.PAGERDUTY).map(this::state).toList();
  }

  private State state(String channel) {
    return jdbc.sql(STATE).param("channel", channel).param("since", SqlTime.of(clock.instant().minus(COUNTED))).param("most", MOST)
        .query((row, number) -> new State(channel, SqlTime.read(row, "delivered"), row.getLong("failed"), isResting(channel))).single();
  }

  private boolean isResting(String channel) {
    Gauge open = meters.find("cordon.breaker.open").tag("service", channel.toLowerCase(Locale.ROOT)).gauge();
    return open != null && open.value() > 0;
  }
}
