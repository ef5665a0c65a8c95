package io.cordon.containment;

import io.cordon.containment.mde.Transcript;
import io.cordon.platform.sealed.SealedRef;
import io.cordon.platform.sealed.SealedStore;
import io.cordon.platform.time.SqlTime;
import java.time.Clock;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** How scripts ended. Their transcripts may hold anything and are sealed; here is what may be shown. */
public class StopResults {
  private final JdbcClient jdbc;
  private final SealedStore sealed;
  private final Clock clock;
  private final TransactionTemplate transaction;

  StopResults(JdbcClient jdbc, SealedStore sealed, Clock clock, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.sealed = sealed;
    this.clock = clock;
    this.transaction = transaction;
  }

  /**
   * How one ended.
   *
   * @param transcriptSha256 salted, of the sealed transcript
   */
  public record Result(int exitCode, int transcriptBytes, String transcriptSha256) {}

  /** How the script of this permit ended, once that was read. */
  public Optional<Result> find(String permitId) {
    return jdbc.sql("select exit_code, transcript_bytes, transcript_sha256 from stop_result where permit_id = :permit")
        .param("permit", permitId)
        .query(Result.class)
        .optional();
  }

  /** Seals a transcript and remembers how it ended; the first one counts. */
  void keep(String caseId, String permitId, Transcript transcript) {
    transaction.executeWithoutResult(status -> {
      jdbc.sql("select id from execution_permit where id = :id for update").param("id", permitId).query(String.class).single();
      if (find(permitId).isEmpty()) {
        SealedRef ref = sealed.seal(caseId, "transcript", transcript.raw());
        insert(permitId, transcript, ref);
      }
    });
  }

  private void insert(String permitId, Transcript transcript, SealedRef ref) {
    jdbc.sql(
            """
            insert into stop_result (permit_id, exit_code, transcript_bytes, transcript_sha256, read_at)
            values (:permit, :code, :bytes, :sha256, :at)""")
        .param("permit", permitId)
        .param("code", transcript.exitCode())
        .param("bytes", transcript.raw().length)
        .param("sha256", ref.sha256())
        .param("at", SqlTime.of(clock.instant()))
        .update();
  }
}
