package io.cordon.channels;

import io.cordon.platform.time.SqlTime;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The pages about tasks and machines of a case that may be open, so that each can be resolved. */
@Repository
class TaskPageBook {
  /** What a page is about. */
  enum Subject {
    OVERDUE,
    SIGNS
  }

  private final JdbcClient jdbc;

  TaskPageBook(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Remembers that a page may be open, before it is sent. */
  void raising(String dedupKey, String caseId, Subject subject, Instant now) {
    jdbc.sql("insert into task_page (dedup_key, case_id, subject, raised_at) values (:key, :case, :subject, :at) on conflict do nothing")
        .param("key", dedupKey)
        .param("case", caseId)
        .param("subject", subject.name())
        .param("at", SqlTime.of(now))
        .update();
  }

  /**
   * A page that may be open.
   *
   * @param raisedAt when it was raised first, UTC
   */
  record Open(String dedupKey, Instant raisedAt) {}

  /** The pages that may be open, oldest first. */
  List<Open> open(String caseId, Subject subject) {
    return jdbc.sql("select dedup_key, raised_at from task_page where case_id = :case and subject = :subject order by raised_at, dedup_key")
        .param("case", caseId)
        .param("subject", subject.name())
        .query(Open.class)
        .list();
  }

  /** Forgets a page that was resolved. */
  void resolved(String dedupKey) {
    jdbc.sql("delete from task_page where dedup_key = :key").param("key", dedupKey).update();
  }
}
