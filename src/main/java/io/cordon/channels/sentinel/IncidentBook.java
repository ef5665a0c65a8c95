package io.cordon.channels.sentinel;

import io.cordon.platform.time.SqlTime;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which incidents a case belongs to, and what was written on them. */
@Repository
class IncidentBook {
  /** A case whose alerts came in this many incidents is commented on in no more. */
  private static final int MOST_INCIDENTS = 10;

  private final JdbcClient jdbc;
  private final Clock clock;

  IncidentBook(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  List<UUID> incidentsOf(String caseId) {
    return jdbc.sql("select incident_id from case_incident where case_id = :case order by incident_id limit :most")
        .param("case", caseId)
        .param("most", MOST_INCIDENTS)
        .query(UUID.class)
        .list();
  }

  boolean isWritten(UUID commentId) {
    return jdbc.sql("select exists (select 1 from sentinel_comment where comment_id = :id)").param("id", commentId).query(Boolean.class).single();
  }

  int commentsOn(UUID incidentId) {
    return jdbc.sql("select count(*) from sentinel_comment where incident_id = :id").param("id", incidentId).query(Integer.class).single();
  }

  void written(UUID commentId, UUID incidentId, String approvalId) {
    jdbc.sql(
            """
            insert into sentinel_comment (comment_id, incident_id, approval_id, written_at) values (:id, :incident, :approval, :at)
            on conflict do nothing""")
        .param("id", commentId)
        .param("incident", incidentId)
        .param("approval", approvalId)
        .param("at", SqlTime.of(clock.instant()))
        .update();
  }
}
