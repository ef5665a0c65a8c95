package io.cordon.containment.watch;

import io.cordon.platform.database.Claims;
import io.cordon.platform.time.SqlTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whose turn of all nodes it is to ask Defender, and since when. */
final class WatchTurn {
  /** The turn, until it lapses or is given back. */
  record Claim(String token, Instant watermark) {}

  private final JdbcClient jdbc;
  private final Clock clock;
  private final Claims claims;

  WatchTurn(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.claims = new Claims(jdbc, clock, "action_watch", "one");
  }

  /** The turn when one is due and nobody has it; the very first begins that long ago. */
  Optional<Claim> take(Duration lookBack) {
    Instant now = clock.instant();
    jdbc.sql("insert into action_watch (one, watermark, next_run) values (true, :from, :now) on conflict do nothing")
        .param("from", SqlTime.of(now.minus(lookBack)))
        .param("now", SqlTime.of(now))
        .update();
    return claims.take("true").map(claimed -> new Claim(claimed.token(), watermark()));
  }

  private Instant watermark() {
    return jdbc.sql("select watermark from action_watch where one").query((row, n) -> SqlTime.read(row, "watermark")).single();
  }

  /** Everything up to the new watermark was dealt with. */
  void done(Claim claim, Instant watermark, Instant nextRun) {
    giveBack(claim, watermark, nextRun, clock.instant());
  }

  /** Nothing is known since the watermark, which stays. */
  void failed(Claim claim, Instant nextRun) {
    giveBack(claim, null, nextRun, null);
  }

  private void giveBack(Claim claim, Instant watermark, Instant nextRun, Instant ok) {
    jdbc.sql(
            """
            update action_watch set watermark = coalesce(:watermark, watermark), next_run = :next, last_ok = coalesce(:ok, last_ok),
                   claimed_by = null, claimed_until = null
             where one and claimed_by = :token""")
        .param("watermark", SqlTime.of(watermark))
        .param("next", SqlTime.of(nextRun))
        .param("ok", SqlTime.of(ok))
        .param("token", claim.token())
        .update();
  }

  /** When Defender was last asked with success; empty before the first time. */
  Optional<Instant> lastOk() {
    return jdbc.sql("select last_ok from action_watch where one and last_ok is not null").query((row, n) -> SqlTime.read(row, "last_ok")).optional();
  }
}
