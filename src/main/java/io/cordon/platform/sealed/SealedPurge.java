package io.cordon.platform.sealed;

import io.cordon.platform.time.SqlTime;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Deletes sealed material with its salt: then nobody can show any more what a hash in the log was of. */
@Component
public class SealedPurge {
  private static final String GONE = " returning kind, sha256";

  private final JdbcClient jdbc;

  public SealedPurge(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What was deleted: its kind and the salted hash by which evidence refers to it. */
  public record Gone(String kind, String sha256) {}

  /** Deletes what is sealed of a case, at most this many, in the caller's transaction. */
  public List<Gone> ofCase(String caseId, int most) {
    return jdbc.sql("delete from sealed_material where id in (select id from sealed_material where case_id = ? limit ?)" + GONE)
        .params(caseId, most).query(Gone.class).list();
  }

  /** The same of what belongs to no case and was sealed before then. */
  public List<Gone> withoutCase(Instant before, int most) {
    return jdbc.sql("delete from sealed_material where id in (select id from sealed_material where case_id is null and sealed_at < ? limit ?)" + GONE)
        .params(SqlTime.of(before), most).query(Gone.class).list();
  }
}
