package io.cordon.alerts.sources;

import io.cordon.platform.database.Claims;
import io.cordon.platform.time.SqlTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How far each source was read, and which node reads it now. */
final class SourceBook {
  /** Services, queries and the database do not keep the same number of digits of a second. */
  private static final Duration ROUNDING = Duration.ofSeconds(1);

  /**
   * The right to read a source, until it lapses or is given back.
   *
   * @param cursor where the pass under way goes on; null when a new one begins
   * @param newest the newest alert that pass met; null for none
   * @param failures in a row, all for the reason of lastError
   */
  record Claim(String source, String token, Instant watermark, String cursor, Instant newest, int failures, String lastError) {}

  /** What the metrics show of a source; lastOk is null before it was first read to its end. */
  record Progress(Instant watermark, Instant lastOk) {}

  private final JdbcClient jdbc;
  private final Clock clock;
  private final Claims claims;

  SourceBook(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.claims = new Claims(jdbc, clock, "alert_source", "name");
  }

  /** Claims a source that is due and nobody else's. */
  Optional<Claim> claim(String source, Duration lookBack) {
    Instant now = clock.instant();
    jdbc.sql("insert into alert_source (name, watermark, next_run) values (:name, :watermark, :now) on conflict do nothing")
        .param("name", source)
        .param("watermark", SqlTime.of(now.minus(lookBack)))
        .param("now", SqlTime.of(now))
        .update();
    return claims.take(source).map(claimed -> claimed(source, claimed.token()));
  }

  private Claim claimed(String source, String token) {
    return jdbc.sql("select watermark, cursor, newest, failures, last_error from alert_source where name = :name")
        .param("name", source)
        .query((row, n) ->
            new Claim(source, token, SqlTime.read(row, "watermark"), row.getString("cursor"), SqlTime.read(row, "newest"),
                row.getInt("failures"), row.getString("last_error")))
        .single();
  }

  /** A page was taken and another follows; false when the claim is not ours any more. */
  boolean advance(Claim claim, String cursor, Instant newest) {
    return jdbc.sql(
            """
            update alert_source set cursor = :cursor, newest = :newest, claimed_until = :until, failures = 0, last_error = null
             where name = :name and claimed_by = :token""")
        .param("name", claim.source())
        .param("token", claim.token())
        .param("cursor", cursor)
        .param("newest", SqlTime.of(newest))
        .param("until", SqlTime.of(clock.instant().plus(Claims.LASTS)))
        .update() == 1;
  }

  /** The last page was taken: the watermark follows, and what is older than the overlap need not be remembered. */
  void finish(Claim claim, Instant watermark, Duration overlap, Instant nextRun) {
    int ours = jdbc.sql(
            """
            update alert_source set watermark = :watermark, cursor = null, newest = null, claimed_by = null, claimed_until = null,
                   next_run = :next, failures = 0, last_error = null, last_ok = :now
             where name = :name and claimed_by = :token""")
        .param("name", claim.source())
        .param("token", claim.token())
        .param("watermark", SqlTime.of(watermark))
        .param("next", SqlTime.of(nextRun))
        .param("now", SqlTime.of(clock.instant()))
        .update();
    if (ours == 1) {
      jdbc.sql("delete from alert_source_seen where source = :name and at < :before")
          .param("name", claim.source())
          .param("before", SqlTime.of(watermark.minus(overlap).minus(ROUNDING)))
          .update();
    }
  }

  /** Gives the claim back in the middle of a pass, which is due again at once. */
  void pause(Claim claim) {
    jdbc.sql("update alert_source set claimed_by = null, claimed_until = null where name = :name and claimed_by = :token")
        .param("name", claim.source())
        .param("token", claim.token())
        .update();
  }

  /** Gives the claim back after a failure; the pass goes on, or begins anew when its position is lost. */
  void fail(Claim claim, String code, boolean positionLost, Instant nextRun) {
    jdbc.sql(
            """
            update alert_source set claimed_by = null, claimed_until = null, next_run = :next, last_error = :code,
                   failures = case when last_error = :code then failures + 1 else 1 end,
                   cursor = case when :lost then null else cursor end, newest = case when :lost then null else newest end
             where name = :name and claimed_by = :token""")
        .param("name", claim.source())
        .param("token", claim.token())
        .param("code", code)
        .param("lost", positionLost)
        .param("next", SqlTime.of(nextRun))
        .update();
  }

  boolean isSeen(String source, String fingerprint) {
    return jdbc.sql("select exists (select 1 from alert_source_seen where source = :source and fingerprint = :fingerprint)")
        .param("source", source)
        .param("fingerprint", fingerprint)
        .query(Boolean.class)
        .single();
  }

  /** Remembers an alert that was taken; one without a readable time as of now. */
  void remember(String source, String fingerprint, Instant at) {
    jdbc.sql(
            """
            insert into alert_source_seen (source, fingerprint, at) values (:source, :fingerprint, :at)
            on conflict (source, fingerprint) do update set at = greatest(alert_source_seen.at, excluded.at)""")
        .param("source", source)
        .param("fingerprint", fingerprint)
        .param("at", SqlTime.of(at == null ? clock.instant() : at))
        .update();
  }

  Optional<Progress> progress(String source) {
    return jdbc.sql("select watermark, last_ok from alert_source where name = :name")
        .param("name", source)
        .query((row, n) -> new Progress(SqlTime.read(row, "watermark"), SqlTime.read(row, "last_ok")))
        .optional();
  }
}
